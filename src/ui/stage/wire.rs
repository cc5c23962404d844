//! The wire: segments between two sockets, in the order in which they will arrive.

use yew::prelude::*;

use super::Draw;
use crate::scene::arrows::Thing;
use crate::tr;
use crate::ui::el::el;

/// The wire, if there is one.
pub(super) fn draw(draw: &Draw<'_>) -> Html {
    let Some(wire) = &draw.stage.wire else { return Html::default() };
    let chips = wire.segments.iter().filter_map(|(number, rect)| {
        let segment = draw.view.scene.segments.get(number)?;
        let from = draw.view.names.sock(segment.from);
        let to = segment.to.map(|to| draw.view.names.sock(to));
        let to = to.unwrap_or_else(|| tr!("stage-port", port = segment.port.to_string()));
        let flags = segment.flags.to_string().replace(" | ", "|");
        let ends = format!("{}→{}", from.trim_start_matches("fd "), to.trim_start_matches("fd "));
        let bytes = segment.bytes;
        let name = tr!(
            "stage-segment",
            number = number.to_string(),
            from = from,
            to = to,
            flags = flags.clone(),
            bytes = bytes
        );
        let data = if bytes > 0 { format!(" {bytes} B") } else { String::new() };
        let chip = draw.named(Thing::Sock(segment.from), &["segment"], name).key(*number);
        let chip = chip.at(*rect).child(el("b", &[]).text(&ends).html());
        Some(chip.text(&format!(" {flags}{data}")).html())
    });
    let more = if wire.more > 0 { tr!("stage-more", n = wire.more) } else { String::new() };
    let empty =
        if draw.view.scene.segments.is_empty() { tr!("stage-wire-empty") } else { String::new() };
    let line = el("div", &["wire"])
        .at(wire.rect)
        .child(el("b", &[]).text(&tr!("stage-wire")).html())
        .child(el("span", &["empty"]).text(&empty).html())
        .child(el("span", &["more"]).text(&more).html());
    el("div", &["layer"])
        .set("data-group", String::new())
        .set("role", "group".to_owned())
        .set("aria-label", tr!("stage-wire"))
        .child(line.html())
        .child(el("div", &["segments"]).children(chips.collect()).html())
        .html()
}
