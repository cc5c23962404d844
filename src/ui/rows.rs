//! A long list of which only the rows in sight, and a few more, are in the page.

use std::ops::Range;
use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use super::after::after_frame;
use super::el::join;

/// Rows made beyond what is in sight, above and below.
const MARGIN: usize = 4;

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

/// What of a list is in sight: known rather than asked for, which would make the browser lay the page
/// out at each step.
struct Sight {
    /// The first row, and how many.
    rows: (usize, usize),
    /// Which row was to be in sight last, of how many, in how many.
    shown: Option<(Option<usize>, usize, usize)>,
    /// The list is yet to be scrolled there.
    is_new: bool,
}

impl Default for Sight {
    fn default() -> Self {
        Sight { rows: (0, 60), shown: None, is_new: false }
    }
}

impl Sight {
    /// The rows in sight when this one is to be, of so many.
    fn follow(&mut self, keep: Option<usize>, count: usize) -> (usize, usize) {
        let (first, rows) = self.rows;
        let now = Some((keep, count, rows));
        let was = std::mem::replace(&mut self.shown, now);
        if let Some(at) = keep.filter(|_| was != now)
            && (at < first || (at == first && first > 0) || at + 1 >= first + rows)
        {
            self.rows.0 = at.saturating_sub(rows * 2 / 5).min((count + 1).saturating_sub(rows));
            self.is_new = true;
        }
        self.rows
    }
}

/// Draws it.
#[component]
pub(super) fn Rows(props: &RowsProps) -> Html {
    let RowsProps { count, row, class, label, make, keep, onkeydown, is_group } = props.clone();
    let list = use_node_ref();
    let (sight, redraw) = (use_mut_ref(Sight::default), use_force_update());
    let (first, rows) = sight.borrow_mut().follow(keep, count);
    let look = {
        let (list, sight) = (list.clone(), Rc::clone(&sight));
        move || {
            let Some(list) = list.cast::<Element>() else { return };
            let pixels = |value: i32| usize::try_from(value).unwrap_or_default();
            // By rows: not each pixel is worth drawing.
            let now = (pixels(list.scroll_top()) / row, pixels(list.client_height()).div_ceil(row));
            let was = std::mem::replace(&mut sight.borrow_mut().rows, now);
            if was != now {
                redraw.force_update();
            }
        }
    };
    {
        let (list, look, sight) = (list.clone(), look.clone(), Rc::clone(&sight));
        use_effect_with(count, move |_| after_frame(look));
        use_effect_with((keep, count, rows), move |_| {
            let new = std::mem::take(&mut sight.borrow_mut().is_new);
            if let (Some(list), true, Ok(y)) =
                (list.cast::<Element>(), new, i32::try_from(first * row))
            {
                list.set_scroll_top(y);
            }
        });
    }
    let onscroll = Callback::from(move |_: Event| look());
    let last = (first + rows + MARGIN).min(count);
    let first = first.min(count).saturating_sub(MARGIN);
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
