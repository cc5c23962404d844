//! The lines of a long script: only those in sight are in the page.

use std::ops::Range;
use std::rc::Rc;

use yew::prelude::*;

use super::app::PartProps;
use super::past;
use super::rows::Rows;
use super::script::{is_shown, line, line_keys};
use super::state::{Dispatch, View};
use crate::tr;

/// Scripts of more lines than this are shown so.
pub(super) const FROM: usize = 500;
/// A line's height in px; the style sheet says the same.
const ROW: usize = 24;

/// The list.
pub(super) fn listing(view: &View, dispatch: &Dispatch) -> Html {
    html! { <Lines view={view.clone()} dispatch={dispatch.clone()} /> }
}

#[component]
fn Lines(PartProps { view, dispatch }: &PartProps) -> Html {
    let shown = {
        let view = view.clone();
        let count = view.session().lines().len();
        let deps = (view.session_address(), count, view.settings.lang);
        use_memo(deps, move |_| {
            let session = view.session();
            let (lines, lang) = (session.lines(), view.settings.lang.tag());
            (0..lines.len()).filter(|at| is_shown(lines, *at, lang)).collect::<Vec<usize>>()
        })
    };
    let current = past::current_line(view);
    let keep = current.and_then(|current| shown.binary_search(&current).ok());
    let count = shown.len();
    let make = {
        let (view, dispatch, shown) = (view.clone(), dispatch.clone(), Rc::clone(&shown));
        Callback::from(move |range: Range<usize>| {
            let lines = shown[range.start.min(shown.len())..range.end.min(shown.len())].iter();
            let lines = lines.map(|at| line(&view, &dispatch, (*at, &shown), current == Some(*at)));
            html! { <ol>{ for lines }</ol> }
        })
    };
    let label = tr!("big-script", n = count);
    html! { <Rows {count} row={ROW} class="script long" {label} {make} {keep} onkeydown={line_keys(view, dispatch, shown)} /> }
}
