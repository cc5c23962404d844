//! The cause of the current event, drawn as an arrow; a dot runs along it.

use yew::prelude::*;

use super::Draw;
use crate::scene::arrows::{Arrow, arrows};
use crate::scene::layout::StageLayout;
use crate::trace::Event;

/// The arrows of an event, made anew for each event.
pub(super) fn draw(draw: &Draw<'_>, event: &Event, before: &StageLayout) -> Html {
    let all = arrows(event, &draw.view.names, before, draw.stage);
    let key = draw.view.position;
    let size = format!("width:{:.0}px;height:{:.0}px", draw.stage.width, draw.stage.height);
    html! {
        <svg class="arrows" {key} style={size} aria-hidden="true">{ for all.iter().map(arrow) }</svg>
    }
}

fn arrow(arrow: &Arrow) -> Html {
    let path = arrow.path();
    let at = arrow.label_at();
    let class = classes!("arrow", arrow.kind.class());
    let dot = format!("offset-path:path('{path}')");
    // The head points along the last piece of the curve.
    let angle = {
        let (dx, dy) = (arrow.to.x - arrow.from.x, arrow.to.y - arrow.from.y);
        if dy.abs() > dx.abs() * 0.6 { if dy < 0.0 { -90.0 } else { 90.0 } } else if dx > 0.0 { 20.0 } else { 160.0 }
    };
    let head = format!("translate({:.1} {:.1}) rotate({angle})", arrow.to.x, arrow.to.y);
    html! {
        <g {class}>
            <path d={path} />
            <path class="tip" d="M-8 -4.500L0 0L-8 4.500z" transform={head} />
            <circle r="5" style={dot} />
            if !arrow.label.is_empty() {
                <text x={format!("{:.1}", at.x)} y={format!("{:.1}", at.y - 5.0)}>{ &arrow.label }</text>
            }
        </g>
    }
}
