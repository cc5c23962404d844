//! The list of events, "inside the kernel": only the rows in sight are drawn.

use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use super::find::FindBox;
use crate::scene::explain::brief;
use crate::scene::inspect::find;
use crate::scene::slots::Slots;
use crate::tr;
use crate::trace::{Context, Event as KernelEvent, EventKind};
use crate::ui::app::PartProps;
use crate::ui::el::{el, join};
use crate::ui::size::use_size;
use crate::ui::state::{Action, Dispatch, View};

/// A row's height in px; the style sheet says the same.
const ROW: usize = 21;
/// Rows drawn beyond what is in sight, above and below.
const MARGIN: usize = 4;

/// The list.
#[component]
pub(in crate::ui) fn Inside(PartProps { view, dispatch }: &PartProps) -> Html {
    let list = use_node_ref();
    let (_, height) = use_size(&list);
    let height = if height > 0.0 { height as usize } else { 700 };
    let (sight, redraw) = (use_mut_ref(Sight::default), use_force_update());
    let slots = use_mut_ref(Slots::default);
    let count = view.len() - view.start;
    let at = view.position.saturating_sub(view.start);
    let scroll = sight.borrow_mut().follow((at, height), count);
    let onscroll = {
        let (list, sight) = (list.clone(), Rc::clone(&sight));
        Callback::from(move |_: Event| {
            let Some(list) = list.cast::<Element>() else { return };
            let top = usize::try_from(list.scroll_top()).unwrap_or_default();
            let was = std::mem::replace(&mut sight.borrow_mut().top, top);
            if was != top {
                redraw.force_update();
            }
        })
    };
    {
        let (list, sight) = (list.clone(), Rc::clone(&sight));
        use_effect_with((view.position, height), move |_| {
            let new = std::mem::take(&mut sight.borrow_mut().is_new);
            if let (Some(list), true) = (list.cast::<Element>(), new) {
                list.set_scroll_top(i32::try_from(scroll).unwrap_or(i32::MAX));
            }
        });
    }
    let found = {
        let words = view.look.find.clone();
        let view = view.clone();
        let deps = (words.clone(), view.len(), view.settings.lang, view.session_address());
        use_memo(deps, move |_| found(&view, words.as_deref()))
    };
    let first = (scroll / ROW).saturating_sub(MARGIN).min(count);
    let last = ((scroll + height) / ROW + MARGIN).min(count);
    let session = view.session();
    let shown: Vec<usize> = (view.start + first..view.start + last).collect();
    let keys = slots.borrow_mut().give(&shown, |_| false);
    let rows = shown.iter().zip(keys).map(|(at, slot)| {
        let is_found = found.binary_search(at).is_ok();
        row(view, dispatch, (*at, slot.key), &session.records()[*at].event, is_found)
    });
    html! {
        <>
            if view.look.find.is_some() {
                <FindBox view={view.clone()} dispatch={dispatch.clone()} found={found.clone()} />
            }
            <div class="trace" ref={list} {onscroll} tabindex="0" role="region" aria-label={tr!("look-event-list")}>
                <ol style={format!("height:{}px", count * ROW)}>{ for rows }</ol>
            </div>
        </>
    }
}

/// The places of the events that are looked for.
fn found(view: &View, words: Option<&str>) -> Vec<usize> {
    let session = view.session();
    let events = session.records().iter().map(|record| &record.event);
    words.map(|words| find(events, &view.names, words)).unwrap_or_default()
}

/// What of the list is in sight: known rather than asked for, which would make the browser lay the page
/// out at each step.
#[derive(Default)]
struct Sight {
    /// How far it is scrolled; px.
    top: usize,
    /// The row that was to be in sight last, and in how many px.
    shown: Option<(usize, usize)>,
    /// The list is yet to be scrolled there.
    is_new: bool,
}

impl Sight {
    /// How far the list is scrolled when this row is to be in sight, in so many px: as it is, if the row is
    /// there already or was before somebody scrolled on.
    fn follow(&mut self, now: (usize, usize), count: usize) -> usize {
        let was = self.shown.replace(now);
        let (y, height) = (now.0 * ROW, now.1);
        let (is_above, is_below) = (y < self.top + 3 * ROW, y + 3 * ROW > self.top + height);
        if was != Some(now) && (is_above || is_below) {
            // Like turning a page, so that it is not turned at each step; more is seen of where one goes.
            let is_near = y + height > self.top && y < self.top + 2 * height;
            let above = match (is_near, is_above) {
                (false, _) => height * 45 / 100,
                (_, true) => height * 75 / 100,
                (_, false) => height * 25 / 100,
            };
            let most = (count * ROW).saturating_sub(height);
            self.top = y.saturating_sub(above).min(most);
            self.is_new = true;
        }
        self.top
    }
}

fn row(
    view: &View,
    dispatch: &Dispatch,
    (at, key): (usize, u64),
    event: &KernelEvent,
    is_found: bool,
) -> Html {
    let row = view.rows[at];
    let now = at + 1 == view.position;
    let class = join(&[
        "ev",
        colour(&event.kind),
        if row.detail { "detail" } else { "" },
        if now { "now" } else { "" },
        if is_found { "hit" } else { "" },
        if at >= view.position { "later" } else { "" },
    ]);
    let dispatch = dispatch.clone();
    let onclick = Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::Go(at + 1)));
    let top = (at - view.start) * ROW;
    let style = format!("top:{top}px;padding-left:{}px", 12 + 11 * u32::from(row.depth.min(8)));
    let whose = match event.by().context() {
        Context::Task(task) if row.turn => format!("{} ", view.names.task(task)),
        Context::Hardirq if row.turn => "irq ".to_owned(),
        _ => String::new(),
    };
    let whose = el("em", &[]).text(&whose).html();
    let text = brief(event, &view.names);
    html! {
        <li {key} {class} {style} aria-current={now.then_some("step")} {onclick} title={event.func().name()}>
            { whose }{ text }
        </li>
    }
}

fn colour(kind: &EventKind) -> &'static str {
    match kind {
        EventKind::SyscallEnter { .. } | EventKind::SyscallExit { .. } => "user",
        EventKind::Callback { .. }
        | EventKind::WakeEntry { .. }
        | EventKind::PwqNew { .. }
        | EventKind::ItemPoll { .. } => "call",
        EventKind::Wakeup { .. }
        | EventKind::WakeBegin { .. }
        | EventKind::WakeEnd { .. }
        | EventKind::WakeVerdict { .. } => "wake",
        EventKind::ReadyLink { .. }
        | EventKind::ReadyUnlink { .. }
        | EventKind::ScanStart { .. }
        | EventKind::ScanDone { .. }
        | EventKind::OvflistPush { .. }
        | EventKind::OvflistPop { .. }
        | EventKind::CopyOut { .. }
        | EventKind::EdgeNotRequeued { .. } => "ready",
        EventKind::SkbQueue { .. }
        | EventKind::SkbTake { .. }
        | EventKind::PipePush { .. }
        | EventKind::PipeMerge { .. }
        | EventKind::PipeTake { .. }
        | EventKind::EventfdCount { .. } => "wire",
        _ => "",
    }
}
