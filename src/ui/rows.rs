//! A long list of which only the rows in sight, and a few more, are in the page.

use std::ops::Range;

use web_sys::Element;
use yew::prelude::*;

use super::after::after_frame;
use super::el::join;

/// Rows made beyond what is in sight, above and below.
const MARGIN: usize = 8;

/// A long list.
#[derive(Clone, Properties, PartialEq)]
pub(super) struct RowsProps {
    /// How many rows there are.
    pub(super) count: usize,
    /// A row's height in px; the style sheet says the same.
    pub(super) row: usize,
    /// Classes of the part that scrolls.
    pub(super) class: &'static str,
    /// What the list is called, and how much of it there is.
    pub(super) label: String,
    /// Makes the rows with these numbers.
    pub(super) make: Callback<Range<usize>, Html>,
    /// The row that is to be in sight whenever it changes.
    #[prop_or_default]
    pub(super) keep: Option<usize>,
    /// What the list does with keys.
    #[prop_or_default]
    pub(super) onkeydown: Callback<KeyboardEvent>,
    /// The arrow keys go through its rows, as on stage.
    #[prop_or_default]
    pub(super) is_group: bool,
}

/// Draws it.
#[component]
pub(super) fn Rows(props: &RowsProps) -> Html {
    let RowsProps { count, row, class, label, make, keep, onkeydown, is_group } = props.clone();
    let list = use_node_ref();
    let sight = use_state_eq(|| (0, 700));
    let look = {
        let (list, sight) = (list.clone(), sight.clone());
        move || {
            let Some(list) = list.cast::<Element>() else { return };
            let pixels = |value: i32| usize::try_from(value).unwrap_or_default();
            // By rows: not each pixel is worth drawing.
            let first = pixels(list.scroll_top()) / row;
            sight.set((first, pixels(list.client_height()).div_ceil(row)));
        }
    };
    {
        let (list, look) = (list.clone(), look.clone());
        use_effect_with(count, move |_| after_frame(look));
        // By what is known of the list: asking it would make the browser lay the page out.
        let (first, rows) = *sight;
        use_effect_with((keep, count, rows), move |(keep, _, _)| {
            if let (Some(list), Some(at)) = (list.cast::<Element>(), *keep)
                && (at < first || (at == first && first > 0) || at + 1 >= first + rows)
                && let Ok(y) = i32::try_from((at * row).saturating_sub(rows * row * 2 / 5))
            {
                list.set_scroll_top(y);
            }
        });
    }
    let onscroll = Callback::from(move |_: Event| look());
    let first = sight.0.min(count).saturating_sub(MARGIN);
    let last = (sight.0 + sight.1 + MARGIN).min(count);
    let rows = make.emit(first..last.max(first));
    let style = format!("height:{}px;padding-top:{}px", count * row, first * row);
    let group = is_group.then_some("");
    html! {
        <div class={join(&["rows-window", class])} ref={list} {onscroll} {onkeydown} tabindex="0"
            role="group" aria-label={label} data-group={group}>
            <div class="rows-all" {style}>{ rows }</div>
        </div>
    }
}
