//! Forms that write script lines: the interest set, new descriptors, tasks and time, waiting, who runs,
//! any call, workloads.

use yew::prelude::*;

use super::fields::{Shown, act_button, chosen, folded, labelled, number, typed};
use super::{Lines, with_lines};
use crate::kernel::abi::{Events, Fd, SIGNALS};
use crate::scene::explain::kind_text;
use crate::script::parse;
use crate::session::gesture::{Attempt, Create, Gesture};
use crate::tr;
use crate::trace::event::{FileKind, TaskState};
use crate::ui::el::{Button, button, el, join, word_button};
use crate::ui::state::{Action, Dispatch, Field, State, View};

/// The toggles of a mask: what may be asked for, then how.
const TOGGLES: [(Events, &str); 13] = [
    (Events::EPOLLIN, "EPOLLIN"),
    (Events::EPOLLOUT, "EPOLLOUT"),
    (Events::EPOLLRDHUP, "EPOLLRDHUP"),
    (Events::EPOLLPRI, "EPOLLPRI"),
    (Events::EPOLLET, "EPOLLET"),
    (Events::EPOLLONESHOT, "EPOLLONESHOT"),
    (Events::EPOLLEXCLUSIVE, "EPOLLEXCLUSIVE"),
    (Events::EPOLLWAKEUP, "EPOLLWAKEUP"),
    (Events::EPOLLRDNORM, "EPOLLRDNORM"),
    (Events::EPOLLRDBAND, "EPOLLRDBAND"),
    (Events::EPOLLWRNORM, "EPOLLWRNORM"),
    (Events::EPOLLWRBAND, "EPOLLWRBAND"),
    (Events::EPOLLMSG, "EPOLLMSG"),
];

/// Those behind are seldom asked for.
const COMMON: usize = 8;

/// What is filled in, beside the fields.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ui) struct Form {
    mask: Events,
    /// The line of script being typed.
    pub(in crate::ui) line: String,
}

impl Default for Form {
    fn default() -> Self {
        Form { mask: Events::EPOLLIN, line: String::new() }
    }
}

impl Form {
    /// Takes what was typed.
    pub(in crate::ui) fn fill(&mut self, field: Field, value: String) {
        if field == Field::Line {
            self.line = value;
        }
    }

    /// Turns a bit of the mask over.
    pub(in crate::ui) fn toggle(&mut self, bit: Events) {
        self.mask ^= bit;
    }
}

fn is_epoll(kind: FileKind) -> bool {
    matches!(kind, FileKind::Eventpoll(_))
}

/// The value that was chosen if it is still there, else the other one.
fn pick(state: &State, key: &str, options: &[(String, String)], other: Option<usize>) -> String {
    let typed = state.hands.typed(key);
    let known = options.iter().find(|(value, _)| Some(value.as_str()) == typed);
    let found = known.or_else(|| options.get(other.unwrap_or_default()));
    found.map(|(value, _)| value.clone()).unwrap_or_default()
}

fn fd_options(lines: &Lines<'_>, wanted: impl Fn(FileKind) -> bool) -> Vec<(String, String)> {
    let option = |(fd, kind): (Fd, FileKind)| {
        let name = lines.session.name_of(fd).unwrap_or_default();
        (fd.to_string(), format!("fd {fd} {name} · {}", kind_text(kind)))
    };
    let (eps, files): (Vec<_>, Vec<_>) = lines
        .watchable()
        .into_iter()
        .filter(|(_, kind)| wanted(*kind))
        .partition(|f| is_epoll(f.1));
    files.into_iter().chain(eps).map(option).collect()
}

/// Who can make a call: the idle tasks, and a new one.
pub(super) fn who_options(lines: &Lines<'_>) -> Vec<(String, String)> {
    let new = lines.new_thread();
    let text = tr!("hands-who-new", name = new.as_str());
    let idle = lines.idle().into_iter().map(|name| (name.clone(), name));
    idle.chain(std::iter::once((new, text))).collect()
}

/// The newest file that is no instance.
fn newest(lines: &Lines<'_>, options: &[(String, String)]) -> Option<usize> {
    let fds = lines.watchable();
    let (fd, _) = fds.iter().rfind(|(_, kind)| !is_epoll(*kind))?;
    options.iter().position(|(value, _)| *value == fd.to_string())
}

/// What the form of the interest set holds.
struct Ctl {
    fds: Vec<(String, String)>,
    eps: Vec<(String, String)>,
    fd: String,
    ep: String,
    data: String,
    wrong: Option<String>,
}

impl Ctl {
    fn of(state: &State, lines: &Lines<'_>) -> Ctl {
        let (fds, eps) = (fd_options(lines, |_| true), fd_options(lines, is_epoll));
        let fd = pick(state, "ctl.fd", &fds, newest(lines, &fds));
        let ep = pick(state, "ctl.ep", &eps, None);
        let data = state.hands.text("ctl.data", "");
        let wrong = match data.trim() {
            "" => None,
            text if text.parse::<u64>().is_ok() => None,
            text if text.parse::<i128>().is_ok() => {
                Some(tr!("hands-bad-range", least = "0", most = u64::MAX.to_string()))
            }
            _ => Some(tr!("hands-bad-number")),
        };
        Ctl { fds, eps, fd, ep, data, wrong }
    }
}

/// The `epoll_ctl` line.
pub(in crate::ui) fn ctl(state: &State, lines: &Lines<'_>, op: &str) -> Option<String> {
    let ctl = Ctl::of(state, lines);
    if ctl.wrong.is_some() {
        return None;
    }
    let (ep, fd): (Fd, Fd) = (ctl.ep.parse().ok()?, ctl.fd.parse().ok()?);
    let data = ctl.data.trim().parse().ok();
    let data = data.unwrap_or_else(|| u64::try_from(fd).unwrap_or_default());
    Some(lines.ctl(ep, op, fd, state.form.mask, data))
}

/// What the form of waiting holds.
struct Waits {
    call: String,
    whos: Vec<(String, String)>,
    who: String,
    whats: Vec<(String, String)>,
    what: String,
    max: (String, Option<String>),
    timeout: (String, Option<String>),
}

impl Waits {
    fn of(state: &State, lines: &Lines<'_>) -> Waits {
        let call = state.hands.text("wait.call", "epoll_wait");
        let is_ep = call == "epoll_wait";
        let whos = who_options(lines);
        let who = pick(state, "wait.who", &whos, None);
        let whats = if is_ep {
            fd_options(lines, is_epoll)
        } else {
            let all = (String::new(), tr!("hands-wait-all"));
            std::iter::once(all).chain(fd_options(lines, |_| true)).collect()
        };
        let what = pick(state, "wait.on", &whats, None);
        let checked = |key: &str, default: &str, least: i64, most: i64| {
            let text = state.hands.text(key, default);
            let wrong = number(&text, least, most).err();
            (text, wrong)
        };
        let max = checked("wait.max", "8", 1, 178_956_970);
        let timeout = checked("wait.timeout", "-1", -1, i32::MAX.into());
        Waits { call, whos, who, whats, what, max, timeout }
    }

    fn wrong(&self) -> Option<String> {
        let max = self.max.1.clone().filter(|_| self.call == "epoll_wait");
        let nothing = self.whats.is_empty().then(|| tr!("hands-off-no-fds"));
        max.or_else(|| self.timeout.1.clone()).or(nothing)
    }
}

/// The line that waits.
pub(in crate::ui) fn wait(state: &State, lines: &Lines<'_>) -> Option<String> {
    let form = Waits::of(state, lines);
    if form.wrong().is_some() {
        return None;
    }
    let (who, timeout) = (&form.who, form.timeout.0.trim());
    let fd = |text: &str| text.parse().map_or_else(|_| text.to_owned(), |fd: Fd| lines.fd(fd));
    let fds = || -> Vec<String> {
        let all = form.whats.iter().filter(|(value, _)| !value.is_empty());
        let chosen = all.filter(|(value, _)| form.what.is_empty() || *value == form.what);
        chosen.map(|(value, _)| fd(value)).collect()
    };
    Some(match form.call.as_str() {
        "poll" => {
            let fds: Vec<_> = fds().iter().map(|fd| format!("{{{fd}, POLLIN}}")).collect();
            format!("{who}: poll([{}], {timeout}) -> _", fds.join(", "))
        }
        "select" => format!("{who}: select([{}], [], [], {timeout}) -> _", fds().join(", ")),
        _ => {
            let max = form.max.0.trim();
            format!("{who}: epoll_wait({}, {max}, {timeout}) -> _", fd(&form.what))
        }
    })
}

/// The toggles of a mask; each does what `action` says.
pub(in crate::ui) fn toggles(
    dispatch: &Dispatch,
    mask: Events,
    action: &dyn Fn(Events) -> Action,
) -> Html {
    let chip = |(bit, name): (Events, &'static str)| {
        let on = mask.contains(bit);
        let class = join(&["chip", if on { "on" } else { "" }]);
        let content = Html::from(name);
        let key = Some(u64::from(bit.bits()));
        button(
            dispatch,
            action(bit),
            Button { key, class, content, pressed: Some(on), ..Button::default() },
        )
    };
    let (common, rare) = TOGGLES.split_at(COMMON);
    let chips = |some: &[(Events, &'static str)]| row(some.iter().copied().map(chip).collect());
    let more = el("details", &["more-flags"])
        .child(el("summary", &[]).text(&tr!("hands-mask-more")).html())
        .child(chips(rare));
    el("div", &["mask"])
        .set("role", "group".to_owned())
        .set("aria-label", tr!("hands-mask"))
        .child(chips(common))
        .child(more.html())
        .html()
}

fn row(children: Vec<Html>) -> Html {
    el("div", &["row"]).children(children).html()
}

/// A part's heading.
pub(super) fn title(text: &str) -> Html {
    el("h2", &[]).text(text).html()
}

fn choice(key: &'static str, name: String, text: &str, class: &'static str) -> Shown<'static> {
    Shown { key, name, text: text.to_owned(), wrong: None, class }
}

/// New descriptors.
pub(super) fn create(dispatch: &Dispatch) -> Vec<Html> {
    let button =
        |what: Create| word_button(dispatch, "btn", what.name(), Action::Do(Gesture::Create(what)));
    vec![title(&tr!("hands-new")), row(Create::FILES.map(button).into())]
}

/// What is watched, and for what.
pub(super) fn interest(view: &View, dispatch: &Dispatch) -> Vec<Html> {
    let ctl = with_lines(view, |lines| Ctl::of(view, lines));
    let off = if ctl.eps.is_empty() { Some(tr!("hands-off-all-watch")) } else { ctl.wrong.clone() };
    let op = |op: &'static str| {
        let (class, word) = if op == "ADD" { ("btn on", "epoll_ctl ADD") } else { ("btn", op) };
        act_button(dispatch, class, word.to_owned(), Action::Ctl(op), off.clone())
    };
    let data = Shown {
        key: "ctl.data",
        name: format!("{}: {}", tr!("hands-data"), tr!("hands-data-hint")),
        text: ctl.data.clone(),
        wrong: ctl.wrong.clone(),
        class: "num",
    };
    let mut ops: Vec<Html> = ["ADD", "MOD", "DEL"].map(op).into();
    ops.push(labelled(tr!("hands-data"), typed(dispatch, data)));
    let fd = choice("ctl.fd", tr!("hands-descriptor"), &ctl.fd, "grow");
    let ep = choice("ctl.ep", tr!("hands-instance"), &ctl.ep, "");
    vec![
        title(&tr!("hands-set")),
        row(vec![chosen(dispatch, fd, &ctl.fds), chosen(dispatch, ep, &ctl.eps)]),
        toggles(dispatch, view.form.mask, &Action::Toggle),
        row(ops),
    ]
}

/// Waiting.
pub(super) fn waits(view: &View, dispatch: &Dispatch) -> Vec<Html> {
    let form = with_lines(view, |lines| Waits::of(view, lines));
    let same = |text: &str| (text.to_owned(), text.to_owned());
    let calls = ["epoll_wait", "poll", "select"].map(same);
    let number = |key: &'static str, name: String, (text, wrong): &(String, Option<String>)| {
        let shown = Shown { key, name, text: text.clone(), wrong: wrong.clone(), class: "num" };
        typed(dispatch, shown)
    };
    let who = choice("wait.who", tr!("hands-who"), &form.who, "");
    let call = choice("wait.call", tr!("hands-wait-call"), &form.call, "");
    let what = choice("wait.on", tr!("hands-wait-on"), &form.what, "grow");
    let mut limits = Vec::new();
    if form.call == "epoll_wait" {
        let field = number("wait.max", tr!("hands-field-max"), &form.max);
        limits.push(labelled(tr!("hands-max"), field));
    }
    let field = number("wait.timeout", tr!("hands-field-timeout"), &form.timeout);
    limits.push(labelled(tr!("hands-ms"), field));
    limits.push(act_button(dispatch, "btn", form.call.clone(), Action::Wait, form.wrong()));
    vec![
        title(&tr!("hands-wait")),
        row(vec![
            chosen(dispatch, who, &form.whos),
            chosen(dispatch, call, &calls),
            chosen(dispatch, what, &form.whats),
        ]),
        row(limits),
    ]
}

/// Tasks and time.
pub(super) fn tasks(view: &View, dispatch: &Dispatch) -> Vec<Html> {
    let act = |word: String, gesture: Gesture| {
        act_button(dispatch, "btn", word, Action::Do(gesture), None)
    };
    let clock =
        |text: &str, by: &str| act(tr!("hands-clock", by = text), Gesture::Advance(by.to_owned()));
    let mut first = vec![
        act(tr!("hands-thread"), Gesture::Create(Create::Thread)),
        act(tr!("hands-process"), Gesture::Create(Create::Process)),
        clock("10 ms", "10ms"),
        clock("1 s", "1s"),
    ];
    let stopped = view.scene.tasks.values().filter(|t| matches!(t.state, TaskState::Stopped(_)));
    first.extend(stopped.map(|task| {
        let word = format!("continue {}", task.name);
        act(word, Gesture::Lines(format!("{}: continue", task.name)))
    }));
    let by = view.hands.text("clock", "100ms");
    let is_duration =
        parse(&format!("advance {}", by.trim())).1.is_empty() && !by.trim().is_empty();
    let wrong = (!is_duration).then(|| tr!("hands-bad-duration"));
    let shown = Shown {
        key: "clock",
        name: tr!("hands-advance-by"),
        text: by.clone(),
        wrong: wrong.clone(),
        class: "num",
    };
    let go = Action::Do(Gesture::Advance(by.trim().to_owned()));
    let time =
        vec![typed(dispatch, shown), act_button(dispatch, "btn", tr!("hands-advance"), go, wrong)];
    vec![
        title(&tr!("hands-tasks")),
        row(first),
        folded(tr!("hands-signal"), vec![row(signal(view, dispatch))]),
        folded(tr!("hands-advance"), vec![row(time)]),
    ]
}

/// A signal to a task.
fn signal(view: &View, dispatch: &Dispatch) -> Vec<Html> {
    let alive = view.scene.tasks.values().filter(|task| task.state != TaskState::Dead);
    let tasks: Vec<_> = alive.map(|task| (task.name.clone(), task.name.clone())).collect();
    let signals: Vec<_> =
        SIGNALS.iter().map(|(name, _)| ((*name).to_owned(), (*name).to_owned())).collect();
    let task = pick(view, "signal.to", &tasks, None);
    let usr1 = signals.iter().position(|(name, _)| name == "SIGUSR1");
    let signal = pick(view, "signal", &signals, usr1);
    let call = format!("kill({task}, {signal})");
    let off = with_lines(view, |lines| match lines.by_another(&call) {
        Attempt::Off(why) => Some(why),
        _ => tasks.is_empty().then(|| tr!("hands-off-all-busy")),
    });
    let send = Action::Do(Gesture::Call(None, call));
    vec![
        chosen(dispatch, choice("signal", tr!("hands-signal"), &signal, ""), &signals),
        chosen(dispatch, choice("signal.to", tr!("hands-who"), &task, ""), &tasks),
        act_button(dispatch, "btn", tr!("hands-send"), send, off),
    ]
}
