//! The list of events, "inside the kernel": only the rows in sight are drawn.

use web_sys::Element;
use yew::prelude::*;

use super::app::PartProps;
use super::state::{Action, Dispatch, View};
use crate::scene::explain::brief;
use crate::trace::{Context, Event as KernelEvent, EventKind};

/// A row's height in px; the style sheet says the same.
const ROW: f64 = 21.0;
/// Rows drawn beyond what is in sight, above and below.
const MARGIN: usize = 12;

/// The list.
#[component]
pub(super) fn Inside(PartProps { view, dispatch }: &PartProps) -> Html {
    let list = use_node_ref();
    let scroll = use_state(|| (0.0, 700.0));
    let onscroll = {
        let (list, scroll) = (list.clone(), scroll.clone());
        Callback::from(move |_: Event| {
            if let Some(list) = list.cast::<Element>() {
                scroll.set((f64::from(list.scroll_top()), f64::from(list.client_height())));
            }
        })
    };
    {
        let list = list.clone();
        let at = view.position.saturating_sub(view.start);
        use_effect_with((view.position, view.settings.tab), move |_| {
            if let Some(list) = list.cast::<Element>() {
                keep_in_sight(&list, at);
            }
        });
    }
    let count = view.len() - view.start;
    let first = ((scroll.0 / ROW) as usize).saturating_sub(MARGIN).min(count);
    let last = (((scroll.0 + scroll.1) / ROW) as usize + MARGIN).min(count);
    let session = view.session();
    let rows = session.records()[view.start + first..view.start + last].iter().enumerate();
    let rows = rows.map(|(n, record)| row(view, dispatch, view.start + first + n, &record.event));
    html! {
        <>
            <h2>{ "Inside the kernel" }</h2>
            <div class="trace" ref={list} {onscroll} tabindex="0" role="region" aria-label="Events">
                <ol style={format!("height:{}px", count as f64 * ROW)}>{ for rows }</ol>
            </div>
        </>
    }
}

fn keep_in_sight(list: &Element, row: usize) {
    let y = row as f64 * ROW;
    let (top, height) = (f64::from(list.scroll_top()), f64::from(list.client_height()));
    if y < top + 4.0 * ROW || y > top + height * 0.7 {
        list.set_scroll_top((y - height * 0.45).max(0.0) as i32);
    }
}

fn row(view: &View, dispatch: &Dispatch, at: usize, event: &KernelEvent) -> Html {
    let row = view.rows[at];
    let now = at + 1 == view.position;
    let class = classes!(
        "ev",
        colour(&event.kind),
        row.detail.then_some("detail"),
        now.then_some("now"),
        (at >= view.position).then_some("later")
    );
    let dispatch = dispatch.clone();
    let onclick = move |_| dispatch.dispatch(Action::Go(at + 1));
    let top = (at - view.start) as f64 * ROW;
    let style = format!("top:{top}px;padding-left:{}px", 12 + 11 * u32::from(row.depth.min(8)));
    let whose = match event.by {
        Context::Task(task) => row.turn.then(|| view.names.task(task)),
        Context::Hardirq => row.turn.then(|| "irq".to_owned()),
        Context::Boot => None,
    };
    let text = brief(event, &view.names);
    html! {
        <li key={at} {class} {style} aria-current={now.then_some("step")} {onclick} title={event.func.name()}>
            if let Some(whose) = whose {
                <em>{ whose }{ " " }</em>
            }
            { text }
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
