//! The inspector: the structures of what is selected, field by field; else the current event.

use yew::prelude::*;

use super::LookAction;
use crate::scene::arrows::Thing;
use crate::scene::explain::brief;
use crate::scene::inspect::{
    Bit, Part, Row, changes, glossary, inspect, machine, numbers, text_of, variant,
};
use crate::tr;
use crate::trace::Context;
use crate::ui::el::{Button, button, el, join, word_button};
use crate::ui::state::{Action, Dispatch, View};

/// The panel.
pub(super) fn panel(view: &View, dispatch: &Dispatch) -> Html {
    let body = match view.selected {
        Some(thing) => object(view, dispatch, thing),
        None => event(view, dispatch),
    };
    let note = el("p", &["look-note"]).text(&tr!("look-layout-note")).html();
    html! {
        <div class="look-scroll inspector" role="region" tabindex="0" aria-label={tr!("look-object")}>
            { body }
            { note }
        </div>
    }
}

fn object(view: &View, dispatch: &Dispatch, thing: Thing) -> Html {
    let now = inspect(thing, &view.scene, &view.names);
    let parts = changes(now, &inspect(thing, &view.before, &view.names));
    let is_new = parts.first().is_some_and(|part| part.is_new);
    let rows = parts.iter().flat_map(|part| &part.rows);
    let count = rows.filter(|row| row.before.is_some()).count();
    let summary = if is_new { tr!("look-new") } else { tr!("look-changes", count = count) };
    let close = word_button(dispatch, "btn", &tr!("look-close"), Action::Select(None));
    let only = view.look.only_changes;
    let only = Button {
        class: join(&["chip", if only { "on" } else { "" }]),
        content: Html::from(tr!("look-only-changes")),
        pressed: Some(only),
        ..Button::default()
    };
    let head = el("div", &["look-head"])
        .child(el("p", &[]).set("role", "status".to_owned()).text(&summary).html())
        .child(button(dispatch, Action::Look(LookAction::OnlyChanges), only))
        .child(close)
        .html();
    let parts = parts.iter().map(|part| self::part(view, dispatch, part)).collect();
    el("div", &[]).child(head).children(parts).html()
}

/// A structure as a table.
fn part(view: &View, dispatch: &Dispatch, part: &Part) -> Html {
    let structure = part.structure;
    let size = match structure.size() {
        Some(size) => tr!("look-bytes", count = size),
        None => tr!("look-partial"),
    };
    let old = if structure.old.is_empty() {
        Html::default()
    } else {
        el("small", &[]).text(&tr!("look-in-4x", name = structure.old)).html()
    };
    let short = structure.name.trim_start_matches("struct ");
    let name = if short == "machine" {
        el("code", &[]).text(&part.whose).html()
    } else {
        source(&ident_address(short), structure.name)
    };
    let whose = if short == "machine" { String::new() } else { part.whose.clone() };
    let caption = el("caption", &[])
        .child(name)
        .text(" ")
        .child(el("b", &[]).text(&whose).html())
        .text(" ")
        .child(el("small", &[]).text(&size).html())
        .child(old)
        .html();
    let only = view.look.only_changes;
    let rows = part.rows.iter().filter(|row| !only || part.is_new || row.before.is_some());
    let rows: Vec<Html> = rows.map(|row| self::row(dispatch, part, row)).collect();
    let head = |id: String| el("th", &[]).set("scope", "col".to_owned()).text(&id).html();
    let heads = vec![head(tr!("look-offset")), head(tr!("look-field")), head(tr!("look-value"))];
    let heads = el("tr", &[]).children(heads).html();
    el("table", &["fields"])
        .child(caption)
        .child(el("thead", &[]).child(heads).html())
        .child(el("tbody", &[]).children(rows).html())
        .html()
}

fn row(dispatch: &Dispatch, part: &Part, row: &Row) -> Html {
    let field = row.field;
    let offset = row.place.map_or_else(String::new, |place| place.offset.to_string());
    let mut name =
        el("th", &[]).set("scope", "row".to_owned()).child(el("code", &[]).text(field.name).html());
    if let Some(term) = glossary::of_field(field.name) {
        let looks = Button {
            class: "ask-term".to_owned(),
            content: Html::from("?"),
            name: Some(tr!("look-term", name = field.name)),
            ..Button::default()
        };
        name = name.child(button(dispatch, Action::Look(LookAction::Term(term.id)), looks));
    }
    let size = row.place.map_or_else(String::new, |place| format!(" · {} B", place.size));
    name = name.child(el("small", &[]).text(&format!("{}{size}", field.ty)).html());
    if !field.old.is_empty() {
        name = name.child(el("small", &["old"]).text(&tr!("look-in-4x", name = field.old)).html());
    }
    let mut value = el("td", &["value"]);
    if let Some(before) = &row.before {
        let word = el("span", &["sr"]).text(&format!("{} ", tr!("look-was"))).html();
        let old = el("del", &[]).text(&text_of(before)).html();
        value = value.child(word).child(old).text(" → ");
    }
    value = match row.value.is_empty() {
        true => value.child(el("i", &[]).set("title", tr!("look-unmodelled")).text("–").html()),
        false => value.child(value_html(dispatch, &row.value)),
    };
    let class = join(&[
        if row.before.is_some() { "changed" } else { "" },
        if part.is_new { "new" } else { "" },
        if row.value.is_empty() { "absent" } else { "" },
    ]);
    el("tr", &[])
        .set("class", class)
        .child(el("td", &["offset"]).text(&offset).html())
        .child(name.html())
        .child(value.html())
        .html()
}

/// A value, with other objects as buttons that select them.
pub(super) fn value_html(dispatch: &Dispatch, value: &[Bit]) -> Html {
    let bit = |bit: &Bit| match bit {
        Bit::Text(text) => el("span", &[]).text(text).html(),
        Bit::Link(text, thing) => word_button(dispatch, "obj", text, Action::Select(Some(*thing))),
    };
    el("span", &["bits"]).children(value.iter().map(bit).collect()).html()
}

/// The current event.
fn event(view: &View, dispatch: &Dispatch) -> Html {
    let hint = el("p", &["look-note"]).text(&tr!("look-nothing")).html();
    let world = changes(machine(&view.scene, &view.names), &machine(&view.before, &view.names));
    let world: Vec<Html> = world.iter().map(|part| self::part(view, dispatch, part)).collect();
    let Some(event) = view.current().filter(|_| view.position > view.start) else {
        let none = el("p", &["look-note"]).text(&tr!("look-no-event")).html();
        return el("div", &[]).child(hint).child(none).children(world).html();
    };
    let func = event.func();
    let sources = el("span", &["bits"])
        .child(source(&ident_address(func.name()), &format!("{}()", func.name())))
        .child(source(&file_address(func.file()), func.file()))
        .html();
    let context = match event.by().context() {
        Context::Task(task) => el("span", &["bits"])
            .text(&tr!("look-context-task"))
            .child(word_button(
                dispatch,
                "obj",
                &view.names.task(task),
                Action::Select(Some(Thing::Task(task))),
            ))
            .html(),
        Context::Hardirq => Html::from(tr!("look-context-hardirq")),
        Context::Softirq => Html::from(tr!("look-context-softirq")),
        Context::Boot => Html::from(tr!("look-context-boot")),
    };
    let kind = el("code", &[]).text(&variant(&event.kind)).html();
    let mut rows = vec![
        pair(&tr!("look-kind"), kind),
        pair(&tr!("look-function"), sources),
        pair(&tr!("look-context"), context),
    ];
    for number in numbers(&event.kind, &view.scene, &view.names) {
        let value = value_html(dispatch, &number.value);
        rows.push(pair(&number.name, value));
    }
    rows.push(pair(&tr!("look-cause"), cause(view, dispatch)));
    let at = view.position - view.start;
    let caption = el("caption", &[]).child(el("b", &[]).text(&tr!("look-event", at = at)).html());
    let table = el("table", &["fields", "event"])
        .child(caption.html())
        .child(el("tbody", &[]).children(rows).html())
        .html();
    el("div", &[]).child(table).child(hint).children(world).html()
}

fn pair(name: &str, value: Html) -> Html {
    el("tr", &[])
        .child(el("th", &[]).set("scope", "row".to_owned()).text(name).html())
        .child(el("td", &["value"]).child(value).html())
        .html()
}

/// The event that led to the current one.
fn cause(view: &View, dispatch: &Dispatch) -> Html {
    let session = view.session();
    let records = session.records();
    let cause = view.position.checked_sub(1).and_then(|at| records.get(at)?.cause());
    let at = cause.and_then(|cause| usize::try_from(cause).ok()).filter(|at| *at >= view.start);
    match at.and_then(|at| Some((at, records.get(at)?))) {
        Some((at, record)) => {
            let text = brief(&record.event, &view.names);
            let text = format!("{}: {text}", tr!("look-event", at = at + 1 - view.start));
            word_button(dispatch, "obj", &text, Action::Go(at + 1))
        }
        None => Html::from(tr!("look-cause-none")),
    }
}

/// A link into the kernel source.
pub(super) fn source(address: &str, text: &str) -> Html {
    el("a", &["source"])
        .set("href", address.to_owned())
        .set("target", "_blank".to_owned())
        .set("rel", "noopener".to_owned())
        .text(text)
        .html()
}

/// Where an identifier is looked up.
pub(in crate::ui) fn ident_address(name: &str) -> String {
    format!("https://elixir.bootlin.com/linux/v6.18/C/ident/{name}")
}

/// Where a file is read.
pub(super) fn file_address(file: &str) -> String {
    format!("https://elixir.bootlin.com/linux/v6.18/source/{file}")
}
