//! The stage as tables; of long ones a page at a time.

use yew::prelude::*;

use crate::scene::inspect::tables::{PAGE, Table, TableRow, tables};
use crate::tr;
use crate::ui::app::PartProps;
use crate::ui::el::{Button, button, el, join};
use crate::ui::state::{Action, Dispatch, View};

/// The panel.
pub(super) fn panel(view: &View, dispatch: &Dispatch) -> Html {
    html! { <Tables view={view.clone()} dispatch={dispatch.clone()} /> }
}

#[component]
fn Tables(PartProps { view, dispatch }: &PartProps) -> Html {
    // The first row shown of each table.
    let firsts = use_state(Vec::<usize>::new);
    let tables = tables(&view.scene, &view.before, &view.names, &firsts);
    let tables = tables.iter().enumerate().map(|(at, table)| {
        html! { <>{ pager(&firsts, at, table) }{ self::table(view, dispatch, table) }</> }
    });
    html! {
        <div class="look-scroll" role="region" tabindex="0" aria-label={tr!("look-tables")}>
            { for tables }
        </div>
    }
}

/// Which rows are shown, and the ways to the others.
fn pager(firsts: &UseStateHandle<Vec<usize>>, at: usize, table: &Table) -> Html {
    if table.len <= PAGE {
        return Html::default();
    }
    let to = |first: Option<usize>, sign: &'static str, name: String| {
        let firsts = firsts.clone();
        let is_off = first.is_none();
        let onclick = Callback::from(move |_: MouseEvent| {
            let mut all = (*firsts).clone();
            all.resize(all.len().max(at + 1), 0);
            all[at] = first.unwrap_or(all[at]);
            firsts.set(all);
        });
        html! {
            <button type="button" class="btn" title={name.clone()} aria-label={name} disabled={is_off} {onclick}>{ sign }</button>
        }
    };
    let end = (table.first + PAGE).min(table.len);
    let before = (table.first > 0).then(|| table.first.saturating_sub(PAGE));
    let after = (end < table.len).then_some(end);
    let last = (table.len - 1) / PAGE * PAGE;
    let shown = tr!("big-rows", from = table.first + 1, to = end, n = table.len);
    html! {
        <div class="pager" role="group" aria-label={table.caption.clone()}>
            { to(before.map(|_| 0), "|◂", tr!("big-rows-first")) }
            { to(before, "◂", tr!("big-rows-before")) }
            <span role="status">{ shown }</span>
            { to(after, "▸", tr!("big-rows-after")) }
            { to(after.map(|_| last), "▸|", tr!("big-rows-last")) }
        </div>
    }
}

fn table(view: &View, dispatch: &Dispatch, table: &Table) -> Html {
    let caption = el("caption", &[]).text(&table.caption).html();
    if table.rows.is_empty() {
        let none = el("td", &[]).text(&tr!("inspector-table-none")).html();
        let row = el("tr", &[]).child(none).html();
        let body = el("tbody", &[]).child(row).html();
        return el("table", &["stage-table"]).child(caption).child(body).html();
    }
    let head = |text: &String| el("th", &[]).set("scope", "col".to_owned()).text(text).html();
    let heads = el("tr", &[]).children(table.head.iter().map(head).collect()).html();
    let rows = table.rows.iter().map(|row| self::row(view, dispatch, row)).collect();
    el("table", &["stage-table"])
        .child(caption)
        .child(el("thead", &[]).child(heads).html())
        .child(el("tbody", &[]).children(rows).html())
        .html()
}

fn row(view: &View, dispatch: &Dispatch, row: &TableRow) -> Html {
    let is_selected = view.selected == Some(row.thing);
    let cell = |(at, text): (usize, &String)| {
        let changed = row.changed.get(at).copied().unwrap_or_default();
        let content = match at {
            0 => {
                let looks = Button {
                    class: "obj".to_owned(),
                    content: Html::from(text.clone()),
                    pressed: Some(is_selected),
                    ..Button::default()
                };
                let to = if is_selected { None } else { Some(row.thing) };
                button(dispatch, Action::Select(to), looks)
            }
            _ => Html::from(text.clone()),
        };
        let tag = if at == 0 { "th" } else { "td" };
        let mut cell = el(tag, &[if changed { "changed" } else { "" }]);
        if at == 0 {
            cell = cell.set("scope", "row".to_owned());
        }
        if changed {
            let mark = el("span", &["mark"]).set("aria-hidden", "true".to_owned()).text("● ");
            let word = el("span", &["sr"]).text(&format!("{} ", tr!("look-changed"))).html();
            cell = cell.child(mark.html()).child(word);
        }
        cell.child(content).html()
    };
    let class = join(&[if is_selected { "chosen" } else { "" }]);
    el("tr", &[])
        .set("class", class)
        .children(row.cells.iter().enumerate().map(cell).collect())
        .html()
}
