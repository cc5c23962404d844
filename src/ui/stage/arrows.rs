//! The cause of the current event, drawn as an arrow; a dot runs along it.

use yew::prelude::*;

use super::Draw;
use crate::scene::arrows::{Arrow, arrows};
use crate::scene::layout::{Fixed, StageLayout};
use crate::trace::Event;
use crate::ui::el::el;

/// The arrows of an event, made anew for each event.
pub(super) fn draw(draw: &Draw<'_>, event: &Event, before: &StageLayout) -> Html {
    let all = arrows(event, &draw.view.names, before, draw.stage);
    let [w, h] = [draw.stage.width, draw.stage.height].map(Fixed);
    let drawn = el("svg", &["arrows"]).set("aria-hidden", "true".to_owned());
    let drawn =
        drawn.set("style", format!("width:{w}px;height:{h}px")).key(draw.view.position as u64);
    // The key counts only among siblings: the wrapper makes it the only one.
    el("div", &["causes"])
        .children(vec![drawn.children(all.iter().map(arrow).collect()).html()])
        .html()
}

fn arrow(arrow: &Arrow) -> Html {
    let path = arrow.path();
    let at = arrow.label_at();
    let [x, y, turn] = [arrow.to.x, arrow.to.y, arrow.arrival_degrees()].map(Fixed);
    let tip = el("path", &["tip"])
        .set("d", "M-8 -4.5L0 0L-8 4.5z".to_owned())
        .set("transform", format!("translate({x} {y}) rotate({turn})"));
    let dot = el("circle", &[])
        .set("r", "5".to_owned())
        .set("style", format!("offset-path:path('{path}')"));
    let text = el("text", &[])
        .set("x", Fixed(at.x).to_string())
        .set("y", Fixed(at.y - 5.0).to_string())
        .text(&arrow.label);
    let line = el("path", &[]).set("d", path);
    let parts = vec![line.html(), tip.html(), dot.html(), text.html()];
    el("g", &["arrow", arrow.kind.class()]).children(parts).html()
}
