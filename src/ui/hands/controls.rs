//! What can be done with a file or a task without opening its menu: the far end's buttons on a card,
//! and the handle that opens the rest.

use yew::prelude::*;

use super::fields::act_button;
use super::with_lines;
use crate::kernel::ids::{FileKey, TaskKey};
use crate::scene::arrows::Thing;
use crate::session::gesture::{Act, Attempt, Gesture, Lines};
use crate::tr;
use crate::trace::event::FileKind;
use crate::ui::el::{El, el};
use crate::ui::stage::Draw;
use crate::ui::state::Action;

/// The acts that a card of this kind has room for.
fn acts(lines: &Lines<'_>, key: FileKey, kind: FileKind) -> &'static [Act] {
    match kind {
        FileKind::Eventfd { .. } => &[Act::Count, Act::Drain],
        FileKind::Timerfd { .. } => &[Act::Arm, Act::Drain],
        FileKind::Signalfd { .. } => &[Act::Drain],
        FileKind::PipeRead(_) | FileKind::PipeWrite(_) => &[Act::Data, Act::Drain, Act::FarClose],
        FileKind::UnixStream(_) => &[Act::Data, Act::Drain, Act::Fin],
        FileKind::Tcp(_) => match lines.attempt(Thing::File(key), Act::Connect, &[]) {
            Attempt::Foreign => &[Act::Data, Act::Drain, Act::Fin, Act::Rst],
            _ => &[Act::Connect, Act::ConnectMany, Act::Accept],
        },
        FileKind::Dgram(_) => &[Act::Data, Act::Drain],
        FileKind::Null | FileKind::Path(_) | FileKind::Eventpoll(_) => &[],
    }
}

fn word(act: Act, kind: FileKind) -> String {
    match (act, kind) {
        (Act::Count, _) => "+ 1".to_owned(),
        (Act::ConnectMany, _) => "× 10".to_owned(),
        (Act::Drain, FileKind::Eventfd { .. } | FileKind::Timerfd { .. }) => tr!("hands-act-read"),
        (Act::FarClose, _) => "close".to_owned(),
        _ => act.label(),
    }
}

/// Buttons of the far end: each writes a script line. `place` puts the row where it belongs.
pub(in crate::ui) fn controls(draw: &Draw<'_>, key: FileKey, place: impl FnOnce(El) -> El) -> Html {
    let Some(file) = draw.view.scene.files.get(&key) else { return Html::default() };
    let kind = file.new.kind;
    let all = with_lines(draw.view, |lines| {
        let one = |act: &Act| {
            let off = match lines.attempt(Thing::File(key), *act, &[]) {
                Attempt::Lines(_) => None,
                Attempt::Off(why) => Some(why),
                Attempt::Foreign => return None,
            };
            let gesture = Gesture::Do(Thing::File(key), *act, Vec::new());
            Some(act_button(draw.dispatch, "", word(*act, kind), Action::Do(gesture), off))
        };
        acts(lines, key, kind).iter().filter_map(one).collect()
    });
    place(el("div", &["controls"])).children(all).html()
}

/// Lets a task run that is kept from the processor; the script's end is where that can be said.
pub(in crate::ui) fn turn(draw: &Draw<'_>, key: TaskKey) -> Option<Html> {
    if draw.view.position < draw.view.len() {
        return None;
    }
    let thing = Thing::Task(key);
    let off = match with_lines(draw.view, |lines| lines.attempt(thing, Act::Run, &[])) {
        Attempt::Lines(_) => None,
        Attempt::Off(why) => Some(why),
        Attempt::Foreign => return None,
    };
    let act = Action::Do(Gesture::Do(thing, Act::Run, Vec::new()));
    Some(act_button(draw.dispatch, "run-card", Act::Run.label(), act, off))
}
