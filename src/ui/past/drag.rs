//! A line of the script dragged to another place by its number, with a mouse, a pen or a finger.
//! Buttons and keys do the same, see `line`.

use std::cell::{Cell, RefCell};

use gloo_timers::callback::Interval;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event, KeyboardEvent, PointerEvent};
use yew::prelude::*;

use super::{PastAction, Side, move_line};
use crate::session::LineKind;
use crate::session::history::lines::landing;
use crate::ui::script::is_shown;
use crate::ui::state::{Action, Dispatch, State};

/// While a line is held at an edge of the list, the list scrolls so often, in ms.
const SCROLL_MS: u32 = 40;
/// By so many px.
const SCROLL_PX: i32 = 12;
/// What counts as an edge, in px.
const EDGE_PX: f64 = 26.0;

/// What is listened to while a line is held.
const EVENTS: [&str; 4] = ["pointermove", "pointerup", "pointercancel", "keydown"];

/// A line on its way. Lines count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) struct Drag {
    from: usize,
    /// The line beside which it would go.
    over: usize,
    side: Side,
}

/// A line that is held, from the press on.
struct Held {
    from: usize,
    pointer: i32,
    list: Element,
    /// Where the pointer was last.
    y: i32,
    last: Option<Drag>,
    dispatch: Dispatch,
    handler: Closure<dyn Fn(Event)>,
    _timer: Interval,
}

thread_local! {
    static HELD: RefCell<Option<Held>> = const { RefCell::new(None) };
    /// The click that follows is the end of a drag.
    static ENDS: Cell<bool> = const { Cell::new(false) };
}

/// Begins with a press on a line's number.
pub(in crate::ui) fn grip(dispatch: &Dispatch, from: usize) -> Callback<PointerEvent> {
    let dispatch = dispatch.clone();
    Callback::from(move |event: PointerEvent| {
        ENDS.set(false);
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let list = target.and_then(|target| target.closest(".script").ok().flatten());
        if let (Some(list), 0, true) = (list, event.button(), event.is_primary()) {
            let held = Held::new(from, &event, list, dispatch.clone());
            HELD.replace(Some(held));
        }
    })
}

/// Whether a click is what a drag ends with.
pub(super) fn ends() -> bool {
    ENDS.replace(false)
}

/// How a line is drawn that is dragged, or beside which one would go.
pub(in crate::ui) fn class(state: &State, at: usize) -> &'static str {
    match state.past.drag {
        Some(drag) if drag.from == at => "dragged",
        Some(drag) if drag.over == at && drag.side == Side::Before => "drop-before",
        Some(drag) if drag.over == at => "drop-after",
        _ => "",
    }
}

/// Puts the line that is dragged where it would go.
pub(super) fn drop_here(state: &mut State) {
    let Some(Drag { from, over, side }) = state.past.drag.take() else { return };
    let is_after = side == Side::After;
    let to = landing(from, over, is_after, |line| is_with(state, over, line));
    if to != from {
        move_line(state, from, to);
    }
}

/// Whether a line says in another language what a remark says: both stay together.
pub(super) fn is_with(state: &State, remark: usize, line: usize) -> bool {
    let session = state.session();
    let lines = session.lines();
    let says = |line: usize| {
        let said = lines.get(line);
        said.is_some_and(|l| l.kind == LineKind::Comment && !l.text.trim().is_empty())
    };
    says(remark) && says(line) && !is_shown(lines, line, state.settings.lang.tag())
}

impl Held {
    fn new(from: usize, event: &PointerEvent, list: Element, dispatch: Dispatch) -> Held {
        let handler = Closure::<dyn Fn(Event)>::new(|event: Event| hear(&event));
        if let Some(window) = web_sys::window() {
            for name in EVENTS {
                let listener = handler.as_ref().unchecked_ref();
                let _ = window.add_event_listener_with_callback(name, listener);
            }
        }
        let timer = Interval::new(SCROLL_MS, || {
            HELD.with_borrow_mut(|held| held.as_mut().and_then(|held| held.look(true)));
        });
        let (pointer, y) = (event.pointer_id(), event.client_y());
        Held { from, pointer, list, y, last: None, dispatch, handler, _timer: timer }
    }

    /// Where the line would go now. At the edges the list scrolls, once one drags.
    fn look(&mut self, scrolls: bool) -> Option<()> {
        let area = self.list.get_bounding_client_rect();
        let y = f64::from(self.y);
        if scrolls {
            self.last?;
            let by = match () {
                () if y < area.top() + EDGE_PX => -SCROLL_PX,
                () if y > area.bottom() - EDGE_PX => SCROLL_PX,
                () => return None,
            };
            self.list.set_scroll_top(self.list.scroll_top() + by);
        }
        let y = y.clamp(area.top() + 2.0, area.bottom() - 2.0);
        let document = web_sys::window()?.document()?;
        let found = document.element_from_point((area.left() + 12.0) as f32, y as f32)?;
        let row = found.closest("li[data-at]").ok()??;
        let over: usize = row.get_attribute("data-at")?.parse().ok()?;
        let place = row.get_bounding_client_rect();
        let is_above = y < place.top() + place.height() / 2.0;
        let side = if is_above { Side::Before } else { Side::After };
        let drag = Drag { from: self.from, over, side };
        // Until it has left its own line it is a click.
        if self.last != Some(drag) && (self.last.is_some() || over != self.from) {
            self.last = Some(drag);
            self.dispatch.dispatch(Action::Past(PastAction::Drag(Some(drag))));
        }
        Some(())
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let Some(window) = web_sys::window() else { return };
        for name in EVENTS {
            let listener = self.handler.as_ref().unchecked_ref();
            let _ = window.remove_event_listener_with_callback(name, listener);
        }
    }
}

/// What happens while a line is held.
fn hear(event: &Event) {
    if let Some(key) = event.dyn_ref::<KeyboardEvent>() {
        if key.key() == "Escape" {
            let_go(PastAction::Drag(None));
        }
        return;
    }
    let Some(event) = event.dyn_ref::<PointerEvent>() else { return };
    let is_own = HELD.with_borrow_mut(|held| match held {
        Some(held) if held.pointer == event.pointer_id() => {
            held.y = event.client_y();
            held.look(false);
            true
        }
        _ => false,
    });
    match event.type_().as_str() {
        "pointerup" if is_own => let_go(PastAction::Drop),
        "pointercancel" if is_own => let_go(PastAction::Drag(None)),
        _ => {}
    }
}

fn let_go(action: PastAction) {
    let Some(held) = HELD.take() else { return };
    if held.last.is_some() {
        ENDS.set(true);
        held.dispatch.dispatch(Action::Past(action));
    }
}
