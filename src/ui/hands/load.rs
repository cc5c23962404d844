//! Workloads to choose from, with their numbers.

use yew::prelude::*;

use super::fields::{Shown, act_button, chosen, labelled, number, typed};
use super::{HandAction, with_lines};
use crate::session::workload::{Ask, Impossible, Workload};
use crate::tr;
use crate::ui::el::el;
use crate::ui::state::{Action, Dispatch, State, View};

const KIND: &str = "load";

struct Filled {
    kind: Workload,
    ask: Ask,
    /// Each number with its key, name, text and what is wrong with it.
    numbers: Vec<(String, String, String, Option<String>)>,
    impossible: Option<String>,
}

impl Filled {
    fn of(state: &State) -> Filled {
        let id = state.hands.text(KIND, "ticks");
        let kind = Workload::ALL.into_iter().find(|kind| kind.id() == id);
        let kind = kind.unwrap_or(Workload::Ticks);
        let mut ask = Ask::default();
        let mut numbers = Vec::new();
        for (what, range) in kind.takes() {
            let (slot, name) = match (*what, kind) {
                ("n", _) => (&mut ask.n, tr!("hands-load-n")),
                ("k", Workload::SlowReader) => (&mut ask.k, tr!("hands-load-k-read")),
                ("k", _) => (&mut ask.k, tr!("hands-load-k")),
                _ => (&mut ask.ticks, tr!("hands-load-t")),
            };
            let key = format!("load.{}.{what}", kind.id());
            let default = if kind == Workload::SlowReader && *what == "k" { 30 } else { *slot };
            let text = state.hands.text(&key, &default.to_string());
            let wrong = match number(&text, (*range.start()).into(), (*range.end()).into()) {
                Ok(number) => {
                    *slot = u32::try_from(number).unwrap_or(*slot);
                    None
                }
                Err(wrong) => Some(wrong),
            };
            numbers.push((key, name, text, wrong));
        }
        let impossible = kind.is_possible(ask).err().map(|why| match why {
            Impossible::MoreActive => tr!("hands-load-more-active"),
            Impossible::TooLong => tr!("hands-load-too-long", lines = kind.lines(ask)),
        });
        Filled { kind, ask, numbers, impossible }
    }

    fn wrong(&self) -> Option<String> {
        let at_field = self.numbers.iter().find_map(|(.., wrong)| wrong.clone());
        at_field.or_else(|| self.impossible.clone())
    }
}

/// The lines; none if something is wrong.
pub(super) fn lines(state: &State) -> Option<String> {
    let filled = Filled::of(state);
    if filled.wrong().is_some() {
        return None;
    }
    with_lines(state, |lines| {
        let name = lines.session.fresh_name("load");
        Some(filled.kind.script(filled.ask, &name, &lines.actor(), lines.free_port()))
    })
}

fn name(kind: Workload) -> String {
    match kind {
        Workload::Connections => tr!("hands-load-connections"),
        Workload::Ticks => tr!("hands-load-ticks"),
        Workload::Bursts => tr!("hands-load-bursts"),
        Workload::SlowReader => tr!("hands-load-slow-reader"),
        Workload::Firehose => tr!("hands-load-firehose"),
    }
}

fn about(kind: Workload) -> String {
    match kind {
        Workload::Connections => tr!("hands-load-connections-about"),
        Workload::Ticks => tr!("hands-load-ticks-about"),
        Workload::Bursts => tr!("hands-load-bursts-about"),
        Workload::SlowReader => tr!("hands-load-slow-reader-about"),
        Workload::Firehose => tr!("hands-load-firehose-about"),
    }
}

/// The form.
pub(super) fn form(view: &View, dispatch: &Dispatch) -> Vec<Html> {
    let filled = Filled::of(view);
    let kinds: Vec<_> =
        Workload::ALL.iter().map(|kind| (kind.id().to_owned(), name(*kind))).collect();
    let row = |children: Vec<Html>| el("div", &["row"]).children(children).html();
    let kind = Shown {
        key: KIND,
        name: tr!("hands-load-kind"),
        text: filled.kind.id().to_owned(),
        wrong: None,
        class: "grow",
    };
    let mut all = vec![
        row(vec![chosen(dispatch, kind, &kinds)]),
        el("p", &["about"]).text(&about(filled.kind)).html(),
    ];
    let field = |(key, name, text, wrong): &(String, String, String, Option<String>)| {
        let shown = Shown {
            key,
            name: name.clone(),
            text: text.clone(),
            wrong: wrong.clone(),
            class: "num",
        };
        labelled(name.clone(), typed(dispatch, shown))
    };
    all.push(row(filled.numbers.iter().map(field).collect()));
    if let Some(impossible) = &filled.impossible {
        let told = el("p", &["field-error"]).set("role", "status".to_owned());
        all.push(told.text(impossible).html());
    }
    let label = tr!("hands-load-add", lines = filled.kind.lines(filled.ask));
    let add = Action::Hand(HandAction::Load);
    all.push(row(vec![act_button(dispatch, "btn on", label, add, filled.wrong())]));
    all
}
