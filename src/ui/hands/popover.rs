//! What can be done with the item that is selected: another mask, or out with it.

use yew::prelude::*;

use super::forms::toggles;
use super::lines::Gesture;
use crate::kernel::abi::Events;
use crate::scene::Epitem;
use crate::scene::arrows::Thing;
use crate::scene::layout::Fixed;
use crate::ui::el::{Button, button, el, word_button};
use crate::ui::stage::Draw;
use crate::ui::state::Action;

const WIDTH: f32 = 252.0;

/// The box beside the selected node.
pub(in crate::ui) fn draw(draw: &Draw<'_>) -> Html {
    let Some(Thing::Item(epi)) = draw.view.selected else { return Html::default() };
    let (Some(node), Some(item)) = (draw.stage.node(epi), draw.view.scene.epitems.get(&epi)) else {
        return Html::default();
    };
    let metrics = &draw.stage.metrics;
    let x = (node.at.x - WIDTH / 2.0).clamp(4.0, (draw.stage.width - WIDTH - 4.0).max(4.0));
    let y = node.at.y + metrics.node_r + metrics.label + 6.0;
    let [x, y, w] = [x, y, WIDTH].map(Fixed);
    let close = Button {
        class: "btn".to_owned(),
        content: Html::from("×"),
        name: Some("close".to_owned()),
        ..Button::default()
    };
    let head = vec![
        el("b", &[]).text(&format!("epitem, fd {}", item.new.fd)).html(),
        el("span", &["grow"]).html(),
        word_button(draw.dispatch, "btn", "DEL", Action::Do(Gesture::Delete(epi))),
        button(draw.dispatch, Action::Select(None), close),
    ];
    let change = |bit: Events| Action::Do(Gesture::Change(epi, item.events ^ bit));
    let parts = vec![
        el("div", &["top"]).children(head).html(),
        toggles(draw.dispatch, item.events, &change),
        el("p", &[]).text(&hint(item)).html(),
    ];
    el("div", &["popover"])
        .set("style", format!("left:{x}px;top:{y}px;width:{w}px"))
        .set("role", "dialog".to_owned())
        .set("aria-label", format!("Item for fd {}", item.new.fd))
        .children(parts)
        .html()
}

fn hint(item: &Epitem) -> String {
    if item.is_disarmed() {
        return "Disarmed by EPOLLONESHOT; a MOD arms it again.".to_owned();
    }
    if item.events.contains(Events::EPOLLEXCLUSIVE) {
        return "An exclusive item cannot be modified: DEL and ADD are written instead.".to_owned();
    }
    format!("data {} · each toggle writes an EPOLL_CTL_MOD", item.data)
}
