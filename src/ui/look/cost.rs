//! What it cost: the counters of epoll, poll and select up to here, and what the same waits would have
//! cost with poll and with select.

use yew::prelude::*;

use crate::scene::inspect::twin::Twins;
use crate::tr;
use crate::trace::{Cost, Costs};
use crate::ui::app::PartProps;
use crate::ui::el::el;
use crate::ui::state::View;

/// The counters as far as they were folded.
#[derive(Default)]
struct Folded {
    session: usize,
    position: usize,
    costs: Costs,
    twins: Twins,
}

impl Folded {
    /// Folds on to the view's position, from the start if that lies behind.
    fn go(&mut self, view: &View) {
        let address = view.session_address();
        if self.session != address || self.position > view.position {
            *self = Folded { session: address, ..Folded::default() };
        }
        let session = view.session();
        for record in session.records().iter().take(view.position).skip(self.position) {
            self.costs.apply(&record.event);
            self.twins.apply(&record.event);
        }
        self.position = view.position;
    }
}

/// The panel.
#[component]
pub(super) fn CostPanel(PartProps { view, .. }: &PartProps) -> Html {
    let folded = use_mut_ref(Folded::default);
    let mut folded = folded.borrow_mut();
    folded.go(view);
    let costs = &folded.costs;
    let (poll, select) = folded.twins.totals();
    let waits = folded.twins.waits();
    let real = table(
        &tr!("counters-real"),
        &["epoll", "poll", "select"],
        [&costs.epoll, &costs.poll, &costs.select],
    );
    let heads = [tr!("counters-as-it-was"), tr!("counters-with-poll"), tr!("counters-with-select")];
    let twins = table(
        &tr!("counters-twins", waits = waits),
        &heads.each_ref().map(String::as_str),
        [&costs.epoll, &poll, &select],
    );
    let notes = [tr!("counters-model-1"), tr!("counters-model-2"), tr!("counters-model-3")];
    let notes = notes.iter().map(|note| el("li", &[]).text(note).html());
    html! {
        <div class="look-scroll" role="region" tabindex="0" aria-label={tr!("look-cost")}>
            { real }
            { twins }
            <details class="look-note">
                <summary>{ tr!("counters-model") }</summary>
                <ul>{ for notes }</ul>
            </details>
        </div>
    }
}

fn table(caption: &str, heads: &[&str; 3], costs: [&Cost; 3]) -> Html {
    let head = |text: &&str| el("th", &[]).set("scope", "col".to_owned()).text(text).html();
    let corner = el("td", &[]).html();
    let heads = el("tr", &[]).child(corner).children(heads.iter().map(head).collect()).html();
    let rows: Vec<Html> = rows().into_iter().map(|(name, of)| row(&name, costs.map(of))).collect();
    el("table", &["costs"])
        .child(el("caption", &[]).text(caption).html())
        .child(el("thead", &[]).child(heads).html())
        .child(el("tbody", &[]).children(rows).html())
        .html()
}

type Counter = fn(&Cost) -> u64;

fn rows() -> Vec<(String, Counter)> {
    vec![
        (tr!("counters-syscalls"), |cost| cost.syscalls),
        (tr!("counters-looked-at"), |cost| cost.looked_at),
        (tr!("counters-file-polls"), |cost| cost.file_polls),
        (tr!("counters-bytes-in"), |cost| cost.bytes_in),
        (tr!("counters-bytes-out"), |cost| cost.bytes_out),
        (tr!("counters-allocations"), |cost| cost.allocations),
        (tr!("counters-allocated"), |cost| cost.allocated_bytes),
        (tr!("counters-armed"), |cost| cost.armed),
        (tr!("counters-disarmed"), |cost| cost.disarmed),
        (tr!("counters-callbacks"), |cost| cost.callbacks),
        (tr!("counters-useful"), |cost| cost.wakeups_useful),
        (tr!("counters-spurious"), |cost| cost.wakeups_spurious),
    ]
}

fn row(name: &str, numbers: [u64; 3]) -> Html {
    let number = |number: &u64| {
        let class = if *number == 0 { "zero" } else { "" };
        el("td", &[class]).text(&grouped(*number)).html()
    };
    el("tr", &[])
        .child(el("th", &[]).set("scope", "row".to_owned()).text(name).html())
        .children(numbers.iter().map(number).collect())
        .html()
}

/// A number with narrow spaces between thousands.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    out
}
