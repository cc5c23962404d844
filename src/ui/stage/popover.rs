//! What can be done with the item that is selected: another mask, or out with it.

use yew::prelude::*;

use super::Draw;
use crate::kernel::abi::Events;
use crate::kernel::ids::EpitemKey;
use crate::scene::Epitem;
use crate::ui::forms::{TOGGLES, with_lines};
use crate::ui::state::Action;

const WIDTH: f32 = 252.0;

/// The box beside the selected node.
pub(super) fn draw(draw: &Draw<'_>) -> Html {
    let Some(epi) = draw.view.selected else { return Html::default() };
    let (Some(node), Some(item)) = (draw.stage.node(epi), draw.view.scene.epitems.get(&epi)) else {
        return Html::default();
    };
    let radius = draw.stage.metrics.node_r;
    let x = (node.at.x - WIDTH / 2.0).clamp(4.0, (draw.stage.width - WIDTH - 4.0).max(4.0));
    let y = node.at.y + radius + draw.stage.metrics.label + 6.0;
    let style = format!("left:{x:.0}px;top:{y:.0}px;width:{WIDTH}px");
    let close = {
        let dispatch = draw.dispatch.clone();
        move |_| dispatch.dispatch(Action::Select(None))
    };
    let delete = {
        let (view, dispatch) = (draw.view.clone(), draw.dispatch.clone());
        move |_| {
            let line = with_lines(&view, |lines| {
                let item = lines.scene.epitems.get(&epi)?;
                Some(lines.ctl(
                    lines.ep_fd(item.new.ep)?,
                    "DEL",
                    item.new.fd,
                    item.events,
                    item.data,
                ))
            });
            if let Some(line) = line {
                dispatch.dispatch(Action::Append(line));
            }
        }
    };
    html! {
        <div class="popover" {style} role="dialog" aria-label={format!("Item for fd {}", item.new.fd)}>
            <div class="top"><b>{ format!("epitem, fd {}", item.new.fd) }</b>
                <span class="grow"></span>
                <button type="button" class="btn" onclick={delete}>{ "DEL" }</button>
                <button type="button" class="btn" aria-label="close" onclick={close}>{ "×" }</button>
            </div>
            <div class="row">{ for TOGGLES.into_iter().map(|toggle| chip(draw, epi, item, toggle)) }</div>
            <p>{ hint(item) }</p>
        </div>
    }
}

fn chip(
    draw: &Draw<'_>,
    epi: EpitemKey,
    item: &Epitem,
    (bit, name): (Events, &'static str),
) -> Html {
    let on = item.events.contains(bit);
    let mask = item.events ^ bit;
    let (view, dispatch) = (draw.view.clone(), draw.dispatch.clone());
    let onclick = move |_| {
        if let Some(lines) = with_lines(&view, |lines| lines.change(epi, mask)) {
            dispatch.dispatch(Action::Append(lines));
        }
    };
    html! {
        <button type="button" class={classes!("chip", on.then_some("on"))} aria-pressed={on.to_string()} {onclick}>{ name }</button>
    }
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
