//! Forms that write script lines: `epoll_ctl`, `epoll_wait`, new descriptors and threads, the clock.

use yew::prelude::*;

use super::lines::{Gesture, Lines};
use crate::kernel::abi::{Events, Fd};
use crate::scene::explain::kind_text;
use crate::trace::event::{FileKind, TaskState};
use crate::ui::el::{Button, button, el, input, join, select, word_button};
use crate::ui::state::{Action, Dispatch, Field, State, View};

/// The toggles of a mask.
const TOGGLES: [(Events, &str); 5] = [
    (Events::EPOLLIN, "EPOLLIN"),
    (Events::EPOLLOUT, "EPOLLOUT"),
    (Events::EPOLLET, "EPOLLET"),
    (Events::EPOLLONESHOT, "EPOLLONESHOT"),
    (Events::EPOLLEXCLUSIVE, "EPOLLEXCLUSIVE"),
];

/// What is filled in; `None` means what stands there by itself.
#[derive(Clone, Debug)]
pub(in crate::ui) struct Form {
    fd: Option<Fd>,
    ep: Option<Fd>,
    mask: Events,
    who: Option<String>,
    wait_ep: Option<Fd>,
    max: String,
    timeout: String,
    /// The line of script being typed.
    pub(in crate::ui) line: String,
}

impl Default for Form {
    fn default() -> Self {
        Form {
            fd: None,
            ep: None,
            mask: Events::EPOLLIN,
            who: None,
            wait_ep: None,
            max: "8".to_owned(),
            timeout: "-1".to_owned(),
            line: String::new(),
        }
    }
}

impl Form {
    /// Takes what was typed or chosen.
    pub(in crate::ui) fn fill(&mut self, field: Field, value: String) {
        match field {
            Field::Fd => self.fd = value.parse().ok(),
            Field::Ep => self.ep = value.parse().ok(),
            Field::Who => self.who = Some(value),
            Field::WaitEp => self.wait_ep = value.parse().ok(),
            Field::Max => self.max = value,
            Field::Timeout => self.timeout = value,
            Field::Line => self.line = value,
            Field::Lesson | Field::Speed | Field::Draft | Field::Position => {}
        }
    }

    /// Turns a bit of the mask over.
    pub(in crate::ui) fn toggle(&mut self, bit: Events) {
        self.mask ^= bit;
    }

    /// The `epoll_ctl` line.
    pub(in crate::ui) fn ctl(&self, lines: &Lines<'_>, op: &str) -> Option<String> {
        let choices = Choices::new(lines);
        let (ep, fd) = (choices.ep(self.ep)?, choices.fd(self.fd)?);
        Some(lines.ctl(ep, op, fd, self.mask, u64::try_from(fd).unwrap_or_default()))
    }

    /// The `epoll_wait` line.
    pub(in crate::ui) fn wait(&self, lines: &Lines<'_>) -> Option<String> {
        let choices = Choices::new(lines);
        let ep = lines.fd(choices.ep(self.wait_ep)?);
        let who = choices.who(self.who.as_deref());
        let number = |text: &str, other: i32| text.trim().parse().unwrap_or(other);
        let (max, timeout) = (number(&self.max, 8), number(&self.timeout, -1));
        Some(format!("{who}: epoll_wait({ep}, {max}, {timeout}) -> _"))
    }
}

/// What there is to choose from.
struct Choices {
    fds: Vec<(Fd, FileKind)>,
    who: Vec<String>,
}

fn is_epoll(kind: FileKind) -> bool {
    matches!(kind, FileKind::Eventpoll(_))
}

impl Choices {
    fn new(lines: &Lines<'_>) -> Choices {
        let (files, eps): (Vec<_>, Vec<_>) =
            lines.watchable().into_iter().partition(|(_, kind)| !is_epoll(*kind));
        let mut who = lines.idle();
        who.push(lines.new_thread());
        Choices { fds: files.into_iter().chain(eps).collect(), who }
    }

    /// The chosen descriptor if it is still there, else the newest that is no epoll instance.
    fn fd(&self, chosen: Option<Fd>) -> Option<Fd> {
        let newest = || self.fds.iter().rfind(|(_, kind)| !is_epoll(*kind)).or(self.fds.first());
        self.fds.iter().find(|(fd, _)| Some(*fd) == chosen).or_else(newest).map(|(fd, _)| *fd)
    }

    /// The chosen instance if it is still there, else the first.
    fn ep(&self, chosen: Option<Fd>) -> Option<Fd> {
        let mut eps = self.fds.iter().filter(|(_, kind)| is_epoll(*kind));
        let first = eps.clone().next();
        eps.find(|(fd, _)| Some(*fd) == chosen).or(first).map(|(fd, _)| *fd)
    }

    /// The chosen task if it is idle, else the first that is.
    fn who(&self, chosen: Option<&str>) -> String {
        let found = self.who.iter().find(|name| Some(name.as_str()) == chosen);
        found.or(self.who.first()).cloned().unwrap_or_default()
    }

    fn fd_options(&self, view: &View, wanted: fn(FileKind) -> bool) -> Vec<(String, String)> {
        let session = view.session();
        let option = |(fd, kind): &(Fd, FileKind)| {
            let name = session.name_of(*fd).unwrap_or_default();
            (fd.to_string(), format!("fd {fd} {name} · {}", kind_text(*kind)))
        };
        self.fds.iter().filter(|(_, kind)| wanted(*kind)).map(option).collect()
    }

    fn who_options(&self) -> Vec<(String, String)> {
        let last = self.who.len() - 1;
        let text = |n: usize, name: &str| {
            if n == last { format!("{name} (new)") } else { name.to_owned() }
        };
        self.who.iter().enumerate().map(|(n, name)| (name.clone(), text(n, name))).collect()
    }
}

/// Calls `write` with what the session looks like at its end.
pub(in crate::ui) fn with_lines<T>(state: &State, write: impl FnOnce(&Lines<'_>) -> T) -> T {
    let session = state.session();
    let last = session.records().len();
    if state.position == last {
        return write(&Lines { session: &session, scene: &state.scene });
    }
    let scene = session.scene_at(last);
    write(&Lines { session: &session, scene: &scene })
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
    row(TOGGLES.into_iter().map(chip).collect())
}

fn row(children: Vec<Html>) -> Html {
    el("div", &["row"]).children(children).html()
}

fn title(text: &str) -> Html {
    el("h2", &[]).text(text).html()
}

/// All the forms.
pub(in crate::ui) fn forms(view: &View, dispatch: &Dispatch) -> Html {
    let choices = with_lines(view, Choices::new);
    let form = &view.form;
    let text = |fd: Option<Fd>| fd.map_or_else(String::new, |fd| fd.to_string());
    let eps = choices.fd_options(view, is_epoll);
    let fds = choices.fd_options(view, |_| true);
    let op = |op: &'static str| {
        let (class, word) = if op == "ADD" { ("btn on", "epoll_ctl ADD") } else { ("btn", op) };
        word_button(dispatch, class, word, Action::Ctl(op))
    };
    let create =
        |kind: &'static str| word_button(dispatch, "btn", kind, Action::Do(Gesture::Create(kind)));
    let labelled =
        |text: &'static str, field: Html| el("label", &[]).text(text).child(field).html();
    let ctl = vec![
        select(dispatch, ("sel grow", "Descriptor"), Field::Fd, fds, &text(choices.fd(form.fd))),
        select(
            dispatch,
            ("sel", "epoll instance"),
            Field::Ep,
            eps.clone(),
            &text(choices.ep(form.ep)),
        ),
    ];
    let who = choices.who(form.who.as_deref());
    let wait = vec![
        select(dispatch, ("sel", "Task"), Field::Who, choices.who_options(), &who),
        select(
            dispatch,
            ("sel grow", "Wait on"),
            Field::WaitEp,
            eps,
            &text(choices.ep(form.wait_ep)),
        ),
    ];
    let number = |name: &'static str| ("field num", name, "number");
    let limits = vec![
        labelled("max ", input(dispatch, number("max events"), Field::Max, form.max.clone())),
        labelled(
            "ms ",
            input(dispatch, number("timeout in ms"), Field::Timeout, form.timeout.clone()),
        ),
        word_button(dispatch, "btn", "epoll_wait", Action::Wait),
    ];
    let all = vec![
        title("Add to the interest set"),
        row(ctl),
        toggles(dispatch, form.mask, &Action::Toggle),
        row(["ADD", "MOD", "DEL"].map(op).into()),
        title("New descriptor"),
        row(["eventfd", "pipe", "socketpair", "epoll"].map(create).into()),
        title("Wait"),
        row(wait),
        row(limits),
        title("Tasks and time"),
        row(tasks(view, dispatch)),
    ];
    el("div", &["forms"]).children(all).html()
}

fn tasks(view: &View, dispatch: &Dispatch) -> Vec<Html> {
    let act =
        |word: &str, gesture: Gesture| word_button(dispatch, "btn", word, Action::Do(gesture));
    let mut all = vec![
        act("+ thread", Gesture::Thread),
        act("clock + 10 ms", Gesture::Advance("10ms")),
        act("+ 1 s", Gesture::Advance("1s")),
    ];
    let stopped = view.scene.tasks.values().filter(|t| matches!(t.state, TaskState::Stopped(_)));
    all.extend(
        stopped.map(|task| {
            act(&format!("continue {}", task.name), Gesture::Continue(task.name.clone()))
        }),
    );
    all
}
