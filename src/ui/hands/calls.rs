//! Any call: chosen from the format's table, its arguments filled in, checked before it is made.

use yew::prelude::*;

use super::fields::{Shown, act_button, chosen, labelled, typed};
use super::{HandAction, Lines, with_lines};
use crate::script::ast::{Content, Statement};
use crate::script::{Diagnostic, parse};
use crate::session::env::Trouble;
use crate::session::hints::{HINTS, Hint};
use crate::session::lower::{lower, usage};
use crate::tr;
use crate::ui::el::el;
use crate::ui::state::{Action, Dispatch, State, View};

/// Under which the chosen call is kept.
pub(super) const CALL: &str = "call";

/// What the form holds.
struct Filled {
    hint: &'static Hint,
    who: String,
    /// Parameters with what stands in them.
    args: Vec<(String, String)>,
    binds: Vec<String>,
    point: String,
}

impl Filled {
    fn of(state: &State, lines: &Lines<'_>) -> Filled {
        let hands = &state.hands;
        let name = hands.text(CALL, "epoll_wait");
        let hint = Hint::of(&name).unwrap_or(&HINTS[0]);
        let fds = lines.watchable();
        let is_ep = |kind| matches!(kind, crate::trace::event::FileKind::Eventpoll(_));
        let ep = fds.iter().find(|(_, kind)| is_ep(*kind)).map(|(fd, _)| lines.fd(*fd));
        let fd = fds.iter().rfind(|(_, kind)| !is_ep(*kind)).map(|(fd, _)| lines.fd(*fd));
        let mut tasks = lines.scene.tasks.values().map(|task| task.name.as_str());
        let task = tasks.next_back().unwrap_or("main");
        let fill = |arg: &str| {
            arg.replace("$ep", ep.as_deref().unwrap_or("3"))
                .replace("$fd", fd.as_deref().unwrap_or("0"))
                .replace("$task", task)
                .replace("$new", &lines.new_thread())
        };
        let usage = usage(hint.name).unwrap_or_default();
        let params = usage.split_once('(').map_or("", |(_, rest)| rest.trim_end_matches(')'));
        let mut params = split(params).into_iter();
        let args = hint.defaults().enumerate().map(|(n, default)| {
            let param = params.next().unwrap_or_default();
            (param, hands.text(&format!("call.{n}"), &fill(default)))
        });
        let bind = |(n, prefix): (usize, &&str)| {
            hands.text(&format!("call.bind{n}"), &lines.session.fresh_name(prefix))
        };
        let args = args.collect();
        let binds = hint.binds.iter().enumerate().map(bind).collect();
        let who = hands.text("who", &lines.actor());
        let is_there = lines.idle().contains(&who);
        let who = if is_there { who } else { lines.actor() };
        Filled { hint, who, args, binds, point: hands.text("call.point", "") }
    }

    /// The statement, and where each argument stands in it.
    fn text(&self) -> (String, Vec<std::ops::Range<usize>>) {
        let mut text = format!("{}: ", self.who);
        match &self.binds[..] {
            [] => {}
            [one] if one.trim().is_empty() => {}
            [one] => text += &format!("{} = ", one.trim()),
            all => text += &format!("[{}] = ", all.join(", ")),
        }
        text += &format!("{}(", self.hint.name);
        let mut places = Vec::new();
        for (n, (_, arg)) in self.args.iter().enumerate() {
            if n > 0 {
                text += ", ";
            }
            let start = text.len();
            text += arg.trim();
            places.push(start..text.len());
        }
        text.push(')');
        if !self.point.is_empty() {
            text += &format!(" @ {}", self.point);
        }
        text += " -> _";
        (text, places)
    }

    /// What is wrong with each argument, and with anything else.
    fn wrong(&self, lines: &Lines<'_>) -> (Vec<Option<String>>, Option<String>) {
        let (text, places) = self.text();
        let (script, mut diagnostics) = parse(&text);
        let content = script.lines.first().and_then(|line| line.content.as_ref());
        if let Some(Content::Statement(Statement::Call { call, .. })) = content.map(|c| &c.node)
            && diagnostics.is_empty()
            && let Err(troubles) = lower(call, lines.session.env())
        {
            let told = |trouble| match trouble {
                Trouble::Error(diagnostic) | Trouble::Missing(diagnostic) => diagnostic,
            };
            diagnostics.extend(troubles.into_iter().map(told));
        }
        let mut at = vec![None; places.len()];
        let mut rest = None;
        for diagnostic in diagnostics {
            let start = diagnostic.span.start;
            let place = places.iter().position(|p| (p.start..=p.end).contains(&start));
            let text = told(&diagnostic);
            match place.and_then(|n| at.get_mut(n)) {
                Some(slot) => *slot = slot.take().or(Some(text)),
                None => rest = rest.or(Some(text)),
            }
        }
        (at, rest)
    }
}

fn told(diagnostic: &Diagnostic) -> String {
    let (message, expected) = (diagnostic.message.as_str(), diagnostic.expected.as_str());
    if expected.is_empty() {
        return message.to_owned();
    }
    tr!("hands-any-expected", message = message, expected = expected)
}

/// Parameters, divided by commas that stand in no brackets.
fn split(params: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut depth = 0;
    for c in params.chars() {
        match c {
            '{' | '[' => depth += 1,
            '}' | ']' => depth -= 1,
            _ => {}
        }
        match (c, out.last_mut()) {
            (',', _) if depth == 0 => out.push(String::new()),
            (c, Some(last)) => last.push(c),
            _ => {}
        }
    }
    out.iter().map(|param| param.trim().to_owned()).collect()
}

/// The line of script; none if something is wrong.
pub(super) fn line(state: &State) -> Option<String> {
    with_lines(state, |lines| {
        let filled = Filled::of(state, lines);
        let (at, rest) = filled.wrong(lines);
        let is_fine = rest.is_none() && at.iter().all(Option::is_none);
        is_fine.then(|| filled.text().0)
    })
}

fn shown<'a>(
    key: &'a str,
    name: String,
    text: &str,
    wrong: Option<String>,
    class: &'static str,
) -> Shown<'a> {
    Shown { key, name, text: text.to_owned(), wrong, class }
}

/// The form.
pub(super) fn form(view: &View, dispatch: &Dispatch) -> Vec<Html> {
    let (filled, (wrong, rest), who) = with_lines(view, |lines| {
        let filled = Filled::of(view, lines);
        let wrong = filled.wrong(lines);
        (filled, wrong, super::forms::who_options(lines))
    });
    let row = |children: Vec<Html>| el("div", &["row"]).children(children).html();
    let calls: Vec<_> =
        HINTS.iter().map(|hint| (hint.name.to_owned(), hint.name.to_owned())).collect();
    let mut all = vec![row(vec![
        chosen(dispatch, shown("who", tr!("hands-who"), &filled.who, None, "who"), &who),
        chosen(
            dispatch,
            shown(CALL, tr!("hands-any-call"), filled.hint.name, None, "grow"),
            &calls,
        ),
    ])];
    for (n, ((param, text), wrong)) in filled.args.iter().zip(&wrong).enumerate() {
        let key = format!("call.{n}");
        let name = tr!("hands-any-arg", call = filled.hint.name, arg = param.as_str());
        let field = typed(dispatch, shown(&key, name, text, wrong.clone(), "mono"));
        all.push(row(vec![labelled(param.clone(), field)]));
    }
    for (n, text) in filled.binds.iter().enumerate() {
        let key = format!("call.bind{n}");
        let name = tr!("hands-any-bind");
        let field = typed(dispatch, shown(&key, name.clone(), text, None, "mono"));
        all.push(row(vec![labelled(name, field)]));
    }
    if !filled.hint.points().is_empty() {
        let none = (String::new(), tr!("hands-any-point-none"));
        let points = filled.hint.points().iter();
        let points = points.map(|point| (point.name().to_owned(), point.name().to_owned()));
        let points: Vec<_> = std::iter::once(none).chain(points).collect();
        let name = tr!("hands-any-point");
        let select = chosen(
            dispatch,
            shown("call.point", name.clone(), &filled.point, None, "grow"),
            &points,
        );
        all.push(row(vec![labelled(name, select)]));
    }
    let errors = filled.hint.errors.replace(' ', ", ");
    let errors = if errors.is_empty() {
        tr!("hands-any-no-errors")
    } else {
        tr!("hands-any-errors", errors = errors)
    };
    all.push(el("p", &["about"]).text(&errors).html());
    if let Some(rest) = &rest {
        let told = el("p", &["field-error"]).set("role", "status".to_owned());
        all.push(told.text(rest).html());
    }
    let off = rest.or_else(|| wrong.into_iter().flatten().next());
    let action = Action::Hand(HandAction::Call);
    all.push(row(vec![act_button(dispatch, "btn on", tr!("hands-any-run"), action, off)]));
    all
}
