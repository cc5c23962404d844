//! The scheduler in people's hands: who runs next, and whether segments arrive.

use yew::prelude::*;

use super::fields::{act_button, switch};
use super::with_lines;
use crate::session::gesture::{Attempt, Gesture};
use crate::tr;
use crate::ui::el::el;
use crate::ui::state::{Action, Dispatch, View};

/// The form.
pub(super) fn form(view: &View, dispatch: &Dispatch) -> Vec<Html> {
    let (is_on, is_net_held, on_the_way, waiting, busy) = with_lines(view, |lines| {
        let machine = lines.session.machine();
        let busy = match lines.by_another("nop()") {
            Attempt::Off(why) => Some(why),
            _ => None,
        };
        let on_the_way = lines.scene.segments.len();
        (
            machine.holds_woken(),
            machine.kernel().holds_segments(),
            on_the_way,
            lines.kept_waiting(),
            busy,
        )
    });
    let call = |text: &str| Action::Do(Gesture::Call(None, text.to_owned()));
    let turn = call(if is_on { "release(WOKEN)" } else { "hold(WOKEN)" });
    let row = |children: Vec<Html>| el("div", &["row"]).children(children).html();
    let mut all = vec![row(vec![switch(dispatch, tr!("hands-turns-switch"), is_on, turn)])];
    let about = match (is_on, waiting.is_empty()) {
        (false, true) => tr!("hands-turns-off"),
        (true, true) => tr!("hands-turns-nobody"),
        _ => tr!("hands-turns-on"),
    };
    all.push(el("p", &["about"]).text(&about).html());
    if !waiting.is_empty() {
        let run = |(_, name): &(_, String)| {
            let label = tr!("hands-turns-run", task = name.as_str());
            act_button(dispatch, "btn run", label, call(&format!("run({name})")), busy.clone())
        };
        all.push(row(waiting.iter().map(run).collect()));
    }
    let net = call(if is_net_held { "deliver()" } else { "hold()" });
    let mut segments = vec![switch(dispatch, tr!("hands-net-switch"), is_net_held, net)];
    let on_way = tr!("hands-net-way", count = on_the_way);
    if is_net_held {
        let off = (on_the_way == 0).then(|| on_way.clone()).or(busy);
        let label = tr!("hands-net-deliver");
        segments.push(act_button(dispatch, "btn", label, call("deliver(1)"), off));
    }
    all.push(row(segments));
    if is_net_held {
        all.push(el("p", &["about"]).text(&on_way).html());
    }
    all
}
