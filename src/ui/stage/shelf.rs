//! The frame in which many files scroll.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use super::Draw;
use crate::kernel::ids::FileKey;
use crate::scene::Names;
use crate::scene::arrows::Thing;
use crate::scene::layout::{Fixed, Shelf};
use crate::scene::slots::Slots;
use crate::tr;
use crate::trace::{Event as KernelEvent, EventKind};
use crate::ui::el::place;

/// What was brought into sight: at which position, and with what selected.
type Shown = (usize, Option<Thing>);

/// How far the shelf is scrolled, and who must know when it was.
#[derive(Clone)]
pub(super) struct Scroll {
    pub(super) top: Rc<Cell<f32>>,
    /// What was last brought into sight: at which position, and with what selected.
    pub(super) shown: Rc<Cell<Option<Shown>>>,
    /// The first row of a long drawer that is made.
    pub(super) row: Rc<Cell<usize>>,
    /// Which card each file in sight has.
    pub(super) slots: Rc<RefCell<Slots<FileKey>>>,
    pub(super) redraw: UseForceUpdateHandle,
}

impl Scroll {
    /// Makes the rows of a long drawer from this one on.
    pub(super) fn show_row(&self, row: usize) {
        if self.row.replace(row) != row {
            self.redraw.force_update();
        }
    }
}

impl PartialEq for Scroll {
    fn eq(&self, other: &Scroll) -> bool {
        Rc::ptr_eq(&self.top, &other.top)
    }
}

/// The shelf's scrolling, kept from one drawing to the next.
#[hook]
pub(super) fn use_scroll() -> Scroll {
    let top = use_memo((), |()| Cell::new(0.0));
    let shown = use_memo((), |()| Cell::new(None));
    let row = use_memo((), |()| Cell::new(0));
    let slots = use_mut_ref(Slots::default);
    Scroll { top, shown, row, slots, redraw: use_force_update() }
}

/// The file that a moment is about, if that is said by more than a comparison on the way.
pub(super) fn file_of(
    event: Option<&KernelEvent>,
    lit: &[Thing],
    names: &Names,
) -> Option<FileKey> {
    if let Some(EventKind::ItemPoll { epi, .. } | EventKind::Callback { epi, .. }) =
        event.map(|event| &event.kind)
    {
        return names.item(*epi).map(|item| item.file);
    }
    lit.iter().find_map(|thing| file_of_thing(*thing, names))
}

/// The file that a thing is, or stands with.
pub(super) fn file_of_thing(thing: Thing, names: &Names) -> Option<FileKey> {
    match thing {
        Thing::File(file) => Some(file),
        Thing::Entry(entry) => names.queue_file(names.entry(entry)?.0),
        _ => None,
    }
}

/// The file on whose card the keyboard's focus is, by its id on stage.
pub(super) fn focused() -> Option<String> {
    let active = web_sys::window()?.document()?.active_element()?;
    active.closest(".shelf .file").ok()??.get_attribute("data-thing")
}

#[derive(Clone, Properties, PartialEq)]
struct FrameProps {
    shelf: Shelf,
    scroll: Scroll,
    cards: Html,
}

/// The frame with its cards, which stand where they would if all were there.
pub(super) fn frame(draw: &Draw<'_>, shelf: &Shelf, cards: Html) -> Html {
    html! { <Frame key="shelf" shelf={shelf.clone()} scroll={draw.scroll.clone()} {cards} /> }
}

#[component]
fn Frame(FrameProps { shelf, scroll, cards }: &FrameProps) -> Html {
    let node = use_node_ref();
    // Noted, for asking would make the browser lay the page out at once.
    let noted = use_mut_ref(|| 0.0_f32);
    {
        let (node, noted) = (node.clone(), Rc::clone(&noted));
        use_effect_with(shelf.top, move |top| {
            let was = noted.replace(*top);
            if let (Some(node), true) = (node.cast::<Element>(), (was - *top).abs() > 1.5) {
                node.set_scroll_top(*top as i32);
            }
        });
    }
    let onscroll = {
        let (node, scroll) = (node.clone(), scroll.clone());
        Callback::from(move |_: Event| {
            let Some(node) = node.cast::<Element>() else { return };
            let top = node.scroll_top() as f32;
            noted.replace(top);
            if (top - scroll.top.get()).abs() > 1.5 {
                scroll.top.set(top);
                scroll.redraw.force_update();
            }
        })
    };
    let (from, to) = shelf.seen();
    let label = tr!("big-files", from = from, to = to, n = shelf.files.len());
    let mut rect = shelf.rect;
    // The scroll bar stands beside the cards.
    rect.w += 14.0;
    let style = place(rect);
    let all = format!("height:{}px", Fixed(shelf.content_h));
    html! {
        <>
            <div class="shelf" {style} ref={node} {onscroll} tabindex="0" role="group"
                data-group="" aria-label={label.clone()}>
                <div class="shelf-all" style={all}>{ cards.clone() }</div>
            </div>
            <p class="shelf-count" aria-hidden="true" style={format!("transform:translate({}px,{}px)", Fixed(rect.x), Fixed(rect.y - 26.0))}>{ label }</p>
        </>
    }
}
