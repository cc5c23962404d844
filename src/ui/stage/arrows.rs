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
    let head = format!(
        "translate({:.1} {:.1}) rotate({:.0})",
        arrow.to.x,
        arrow.to.y,
        arrow.arrival_degrees()
    );
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
