//! The menu of what is selected: all that can be done with it, and what belongs to it.
//!
//! It stands beside the thing, never over it; on a small page it is a sheet at the bottom.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};
use yew::prelude::*;

use super::fields::{act_button, of_act};
use super::forms::toggles;
use super::{HandAction, with_lines};
use crate::kernel::abi::Events;
use crate::scene::Epitem;
use crate::scene::arrows::Thing;
use crate::scene::beside::beside;
use crate::scene::explain::kind_text;
use crate::scene::layout::{Fixed, Rect};
use crate::session::gesture::{Act, Attempt, Gesture, Kind, Lines};
use crate::tr;
use crate::ui::el::{Button, button, el};
use crate::ui::stage::Draw;
use crate::ui::state::{Action, Dispatch, View};

/// The menu, if it is open.
pub(in crate::ui) fn draw(draw: &Draw<'_>) -> Html {
    let view = draw.view;
    let Some(thing) = view.selected.filter(|_| view.hands.menu) else { return Html::default() };
    let Some(subject) = with_lines(view, |lines| lines.subject(thing)) else {
        return Html::default();
    };
    let at = draw.stage.place(thing).or_else(|| draw.stage.place(subject)).unwrap_or_default();
    let at = [at.x, at.y, at.w, at.h].map(f64::from).map(|side| side as i32);
    html! { <Menu key="menu" view={view.clone()} dispatch={draw.dispatch.clone()} {thing} {subject} {at} /> }
}

#[derive(Properties, PartialEq)]
struct MenuProps {
    view: View,
    dispatch: Dispatch,
    thing: Thing,
    subject: Thing,
    /// The thing's place on the canvas: x, y, width, height.
    at: [i32; 4],
}

/// The menu: it takes the focus, and gives it back.
#[component]
fn Menu(MenuProps { view, dispatch, thing, subject, at }: &MenuProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with(*thing, move |_| {
            let before = focused();
            let menu = node.cast::<HtmlElement>();
            if let Some(menu) = &menu {
                let _ = menu.focus();
                bring_up(menu);
            }
            move || {
                // Only if the focus went with the menu: somebody may have gone on elsewhere.
                let is_lost = focused().is_none_or(|element| {
                    element.tag_name() == "BODY"
                        || menu.as_ref().is_some_and(|menu| menu.contains(Some(&element)))
                });
                if let (true, Some(before)) = (is_lost, before) {
                    let _ = before.focus();
                }
            }
        });
    }
    {
        let node = node.clone();
        use_effect(move || {
            if let Some(menu) = node.cast::<HtmlElement>() {
                put(&menu);
            }
        });
    }
    let onkeydown = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                event.stop_propagation();
                event.prevent_default();
                dispatch.dispatch(Action::Hand(HandAction::Close));
            }
        })
    };
    let (name, body) = with_lines(view, |lines| {
        let name = name(lines, *subject);
        (name, body(view, dispatch, lines, (*thing, *subject)))
    });
    let close = Button {
        class: "btn close".to_owned(),
        content: Html::from("×"),
        name: Some(tr!("hands-close-menu")),
        ..Button::default()
    };
    let at = at.map(|side| side.to_string()).join(" ");
    html! {
        <div class="popover" role="dialog" tabindex="-1" ref={node} aria-label={tr!("hands-actions", what = name.as_str())}
            data-at={at} {onkeydown}>
            <div class="top"><b>{ name.as_str() }</b><span class="grow"></span>
                { button(dispatch, Action::Hand(HandAction::Close), close) }</div>
            { body }
        </div>
    }
}

fn focused() -> Option<HtmlElement> {
    let document = web_sys::window()?.document()?;
    document.active_element()?.dyn_into::<HtmlElement>().ok()
}

/// Where the menu is a sheet: scrolls the stage so that the thing stands above it.
fn bring_up(menu: &HtmlElement) {
    let width = web_sys::window().and_then(|window| window.inner_width().ok());
    let is_sheet = width.and_then(|width| width.as_f64()).is_some_and(|width| width < 700.0);
    let at = menu.get_attribute("data-at").unwrap_or_default();
    let y = at.split(' ').nth(1).and_then(|y| y.parse::<i32>().ok());
    let stage: Option<Element> = menu.closest(".stage").ok().flatten();
    if let (true, Some(y), Some(stage)) = (is_sheet, y, stage) {
        stage.set_scroll_top((y - 24).max(0));
    }
}

/// Puts the menu beside its thing, within what is to be seen of the stage. A sheet stays a sheet.
fn put(menu: &HtmlElement) {
    let sides = menu.get_attribute("data-at").unwrap_or_default();
    let mut sides = sides.split(' ').map(|side| side.parse::<f32>().unwrap_or_default());
    let mut side = || sides.next().unwrap_or_default();
    let thing = Rect { x: side(), y: side(), w: side(), h: side() };
    let canvas: Option<Element> = menu.closest(".canvas").ok().flatten();
    let stage: Option<Element> = menu.closest(".stage").ok().flatten();
    let (Some(canvas), Some(stage)) = (canvas, stage) else { return };
    let (inner, outer) = (canvas.get_bounding_client_rect(), stage.get_bounding_client_rect());
    let seen = Rect {
        x: (outer.left() - inner.left()) as f32,
        y: (outer.top() - inner.top()) as f32,
        w: stage.client_width() as f32,
        h: stage.client_height() as f32,
    };
    let size = (menu.offset_width() as f32, menu.scroll_height() as f32 + 2.0);
    let place = beside(thing, size, seen);
    let [x, y, room] = [place.x, place.y, place.height].map(Fixed);
    let _ = menu.set_attribute("style", &format!("--x:{x}px;--y:{y}px;--room:{room}px"));
}

/// What a thing is called.
fn name(lines: &Lines<'_>, thing: Thing) -> String {
    let scene = lines.scene;
    match thing {
        Thing::Task(task) => {
            let name = scene.tasks.get(&task).map(|task| task.name.clone()).unwrap_or_default();
            tr!("hands-task", name = name)
        }
        Thing::Item(epi) => {
            let fd = scene.epitems.get(&epi).map_or(-1, |item| item.new.fd);
            tr!("hands-item", fd = fd)
        }
        Thing::File(file) => {
            let kind = scene.files.get(&file).map(|file| kind_text(file.new.kind));
            let kind = kind.unwrap_or_default();
            match lines.fd_of(file) {
                Some((_, fd)) => tr!("hands-file", fd = fd, kind = kind),
                None => tr!("hands-file-unheld", kind = kind),
            }
        }
        Thing::Ep(ep) => {
            let fd = lines.ep_fd(ep).map_or_else(|| "—".to_owned(), |fd| fd.to_string());
            tr!("hands-ep", fd = fd)
        }
        _ => String::new(),
    }
}

fn body(
    view: &View,
    dispatch: &Dispatch,
    lines: &Lines<'_>,
    (thing, subject): (Thing, Thing),
) -> Vec<Html> {
    let mut all = Vec::new();
    if let Thing::Item(epi) = subject
        && let Some(item) = lines.scene.epitems.get(&epi)
    {
        let change = |bit: Events| Action::Do(Gesture::Change(epi, item.events ^ bit));
        all.push(toggles(dispatch, item.events, &change));
        all.push(el("p", &[]).text(&hint(item)).html());
    }
    let rows: Vec<Html> =
        Act::ALL.iter().filter_map(|act| self::act(view, dispatch, lines, subject, *act)).collect();
    all.push(el("div", &["acts"]).children(rows).html());
    let mut members = lines.members(thing);
    if thing != subject {
        members.extend(lines.members(subject));
    }
    members.retain(|member| lines.subject(*member).is_some());
    if !members.is_empty() {
        let title = if thing == subject { tr!("hands-belongs") } else { tr!("hands-here") };
        all.push(el("h4", &[]).text(&title).html());
        let go = |member: &Thing| {
            let action = Action::Hand(HandAction::Open(*member));
            act_button(dispatch, "btn link-to", name(lines, *member), action, None)
        };
        all.push(el("div", &["row"]).children(members.iter().take(12).map(go).collect()).html());
    }
    all
}

/// An act with what there is to fill in for it.
fn act(
    view: &View,
    dispatch: &Dispatch,
    lines: &Lines<'_>,
    thing: Thing,
    act: Act,
) -> Option<Html> {
    let mut values = Vec::new();
    let mut fields = Vec::new();
    if lines.attempt(thing, act, &[]) == Attempt::Foreign {
        return None;
    }
    for (n, field) in act.fields().iter().enumerate() {
        let key = format!("{act:?}-{n}");
        let text = view.hands.text(&key, field.default);
        let what = field_name(field.id);
        let name = tr!("hands-field-of", act = act.label(), field = what);
        let (html, text) = of_act(dispatch, lines, field, (&key, name, &text));
        fields.push(html);
        if matches!(field.kind, Kind::Number(..)) {
            let unit = el("span", &["unit"]).set("aria-hidden", "true".to_owned());
            fields.push(unit.text(&unit_of(field.id)).html());
        }
        values.push(text);
    }
    let off = match lines.attempt(thing, act, &values) {
        Attempt::Lines(_) => None,
        Attempt::Off(why) => Some(why),
        Attempt::Foreign => return None,
    };
    let action = Action::Do(Gesture::Do(thing, act, values));
    let button = act_button(dispatch, "btn", act.label(), action, off);
    let class = if fields.is_empty() { "act" } else { "act filled" };
    Some(el("span", &[class]).child(button).children(fields).html())
}

/// What stands behind a number.
fn unit_of(id: &str) -> String {
    match id {
        "value" => String::new(),
        "max" => tr!("hands-max"),
        "timeout" => tr!("hands-ms"),
        id => field_name(id),
    }
}

fn field_name(id: &str) -> String {
    match id {
        "bytes" => tr!("hands-field-bytes"),
        "value" => tr!("hands-field-value"),
        "times" => tr!("hands-field-times"),
        "initial" => tr!("hands-field-initial"),
        "interval" => tr!("hands-field-interval"),
        "max" => tr!("hands-field-max"),
        "timeout" => tr!("hands-field-timeout"),
        "signal" => tr!("hands-field-signal"),
        "point" => tr!("hands-field-point"),
        "fd" => tr!("hands-field-fd"),
        "usecs" => tr!("hands-field-usecs"),
        "budget" => tr!("hands-field-budget"),
        _ => tr!("hands-field-prefer"),
    }
}

fn hint(item: &Epitem) -> String {
    if item.is_disarmed() {
        return tr!("hands-hint-disarmed");
    }
    if item.events.contains(Events::EPOLLEXCLUSIVE) {
        return tr!("hands-hint-exclusive");
    }
    let data = item.data.to_string();
    format!("{} {}", tr!("hands-hint-mod", data = data), tr!("hands-hint-to-exclusive"))
}
