//! What can be typed at a place.

use crate::kernel::abi::{CONSTANTS, Errno, Events, SIGNALS};
use crate::script::{Script, parse};
use crate::session::hints::{HINTS, Hint};
use crate::session::lower::usage;

use super::context::{Context, context, line_around, trailing};
use super::{Choice, Completion, Kind, Piece, bound, tasks};

/// The keys of metadata that mean something.
const KEYS: &[&str] = &[
    "title",
    "title.zh",
    "about",
    "about.zh",
    "lesson",
    "sim-only",
    "source",
    "max_user_watches",
    "rlimit_nofile",
    "cap_block_suspend",
    "cap_net_admin",
];

/// What can be typed at a place of the text, in bytes; nothing in a comment or a string.
pub fn complete(source: &str, at: usize) -> Option<Completion> {
    let at = source.floor_char_boundary(at);
    let line = line_around(source, at);
    let number = source[..line.start].bytes().filter(|byte| *byte == b'\n').count() as u32 + 1;
    let before = &source[line.start..at];
    let from = at - trailing(before);
    let (script, _) = parse(source);
    let known = Known { script: &script, line: number };
    let choices = match context(before) {
        Context::Silent => return None,
        Context::Key => KEYS.iter().map(|key| plain(key, Kind::Key, format!("{key} = "))).collect(),
        Context::Start => known.starts(),
        Context::Call => known.calls(),
        Context::Argument { call, number, in_braces } => known.arguments(&call, number, in_braces),
        Context::Result { call, in_braces } => known.results(call.as_deref(), in_braces),
        Context::Point { call } => points(&call),
    };
    let typed = &source[from..at];
    let fits = |choice: &Choice| {
        choice.label.len() >= typed.len()
            && choice.label.as_bytes()[..typed.len()].eq_ignore_ascii_case(typed.as_bytes())
    };
    // What begins with what is typed comes first; the editor matches parts of words, too.
    let (mut first, rest): (Vec<_>, Vec<_>) = choices.into_iter().partition(fits);
    first.extend(rest);
    Some(Completion { range: from..at, choices: first })
}

fn plain(label: &str, kind: Kind, text: String) -> Choice {
    Choice { label: label.to_owned(), kind, detail: String::new(), pieces: vec![Piece::Text(text)] }
}

fn same(label: &str, kind: Kind) -> Choice {
    plain(label, kind, label.to_owned())
}

/// What the text says elsewhere.
struct Known<'a> {
    script: &'a Script,
    line: u32,
}

impl Known<'_> {
    fn tasks(&self) -> Vec<String> {
        let mut names: Vec<String> =
            tasks(self.script).into_iter().map(|(name, _)| name.to_owned()).collect();
        if !names.iter().any(|name| name == "main") {
            names.insert(0, "main".to_owned());
        }
        names
    }

    fn names(&self) -> Vec<String> {
        bound(self.script, self.line).iter().rev().map(|bound| bound.name.to_owned()).collect()
    }

    fn starts(&self) -> Vec<Choice> {
        let task = |name: &String| plain(name, Kind::Task, format!("{name}: "));
        let mut all: Vec<_> = self.tasks().iter().map(task).collect();
        all.push(plain("advance", Kind::Word, "advance ".to_owned()));
        all
    }

    fn calls(&self) -> Vec<Choice> {
        let mut all: Vec<_> = HINTS.iter().map(|hint| self.call(hint)).collect();
        all.push(same("continue", Kind::Word));
        all
    }

    /// A call with fields for its arguments.
    fn call(&self, hint: &Hint) -> Choice {
        let names = bound(self.script, self.line);
        let ep = names.iter().rfind(|bound| bound.is_ep).map_or("ep", |bound| bound.name);
        let fd = names.iter().rfind(|bound| !bound.is_ep).map_or("fd", |bound| bound.name);
        let tasks = self.tasks();
        let task = tasks.last().map_or("main", String::as_str);
        let mut pieces = vec![Piece::Text(format!("{}(", hint.name))];
        for (number, default) in hint.defaults().enumerate() {
            if number > 0 {
                pieces.push(Piece::Text(", ".to_owned()));
            }
            let text = default.replace("$ep", ep).replace("$fd", fd);
            pieces.push(Piece::Field(text.replace("$task", task).replace("$new", "P")));
        }
        pieces.push(Piece::Text(")".to_owned()));
        let usage = usage(hint.name).unwrap_or_default();
        let detail = usage[hint.name.len()..].to_owned();
        Choice { label: hint.name.to_owned(), kind: Kind::Call, detail, pieces }
    }

    fn arguments(&self, call: &str, number: usize, in_braces: bool) -> Vec<Choice> {
        let names = self.names().into_iter().map(|name| same(&name, Kind::Name));
        let tasks = self.tasks().into_iter().map(|name| same(&name, Kind::Task));
        let constants = constants(groups(call, number, in_braces));
        match (call, number) {
            ("kill" | "run", 0) => tasks.collect(),
            ("hold" | "release", 0) => {
                tasks.chain(std::iter::once(same("WOKEN", Kind::Word))).collect()
            }
            ("inject", 0) => ["EFAULT", "ENOMEM", "ENFILE"].map(|e| same(e, Kind::Error)).to_vec(),
            ("signal", 1) => {
                ["handler", "SIG_IGN", "SIG_DFL"].map(|word| same(word, Kind::Word)).to_vec()
            }
            // A descriptor comes first; behind it what can be said of it.
            (_, 0) if !in_braces => names.chain(constants).collect(),
            _ if constants.is_empty() => names.collect(),
            _ => constants.into_iter().chain(names).collect(),
        }
    }

    fn results(&self, call: Option<&str>, in_braces: bool) -> Vec<Choice> {
        if in_braces {
            return constants(&["EPOLL", "!EPOLL_CTL"]);
        }
        let mut all = vec![same("blocks", Kind::Word)];
        let own: Vec<_> = call.and_then(Hint::of).map_or(Vec::new(), |hint| {
            hint.errors.split_whitespace().filter_map(Errno::from_name).collect()
        });
        all.extend(own.iter().map(|errno| error(*errno)));
        all.extend(self.names().iter().map(|name| same(name, Kind::Name)));
        let rest = Errno::ALL.iter().filter(|errno| !own.contains(errno));
        all.extend(rest.map(|errno| error(*errno)));
        all
    }
}

fn error(errno: Errno) -> Choice {
    let detail = errno.text().to_owned();
    Choice { detail, ..same(errno.name(), Kind::Error) }
}

fn points(call: &str) -> Vec<Choice> {
    let points = Hint::of(call).map_or(&[][..], Hint::points);
    points.iter().map(|point| same(point.name(), Kind::Word)).collect()
}

/// The constants whose names begin with one of the prefixes, in the order of these; a prefix with `!`
/// in front takes away.
fn constants(prefixes: &[&str]) -> Vec<Choice> {
    let events = Events::all().iter_names().map(|(name, _)| name);
    let others = CONSTANTS.iter().chain(SIGNALS).map(|(name, _)| *name);
    let all: Vec<&str> = events.chain(others).collect();
    let is_out = |name: &str| {
        prefixes.iter().filter_map(|p| p.strip_prefix('!')).any(|prefix| name.starts_with(prefix))
    };
    let mut out: Vec<&str> = Vec::new();
    for prefix in prefixes.iter().filter(|prefix| !prefix.starts_with('!')) {
        let fits = |name: &&&str| name.starts_with(prefix) && !is_out(name);
        let new: Vec<&str> =
            all.iter().filter(fits).copied().filter(|name| !out.contains(name)).collect();
        out.extend(new);
    }
    out.into_iter().map(|name| same(name, Kind::Constant)).collect()
}

/// Which constants an argument takes, by the beginnings of their names.
fn groups(call: &str, number: usize, in_braces: bool) -> &'static [&'static str] {
    match (call, number) {
        ("epoll_ctl", 1) => &["EPOLL_CTL_"],
        ("epoll_ctl", 3) if in_braces => &["EPOLL", "!EPOLL_CTL", "!EPOLL_CLOEXEC"],
        ("epoll_create1", 0) => &["EPOLL_CLOEXEC"],
        ("poll" | "ppoll", 0) if in_braces => &["POLL", "!POLLFREE"],
        ("socket", 0) => &["AF_"],
        ("socketpair", 0) => &["AF_UNIX"],
        ("socket" | "socketpair", 1) => &["SOCK_"],
        ("accept4", 1) => &["SOCK_NONBLOCK", "SOCK_CLOEXEC"],
        ("pipe2", 0) => &["O_NONBLOCK", "O_CLOEXEC", "O_DIRECT"],
        ("eventfd", 1) => &["EFD_"],
        ("timerfd_create", 0) => &["TFD_"],
        ("signalfd", 1) => &["SFD_"],
        ("recv" | "send", 2) => &["MSG_"],
        ("shutdown", 1) => &["SHUT_"],
        ("setsockopt" | "getsockopt", 1) => &["SO_"],
        ("fcntl", 1) => &["F_"],
        ("fcntl", 2) => &["O_", "FD_"],
        ("open", 1) => &["O_"],
        ("ioctl", 1) => &["EPIOC"],
        ("sigprocmask", 0) => &["SIG_"],
        ("signal" | "signalfd", 0)
        | ("kill" | "sigprocmask", 1)
        | ("ppoll", 2)
        | ("epoll_pwait" | "epoll_pwait2", 3)
        | ("pselect", 4) => &["SIG", "!SIG_"],
        _ => &[],
    }
}
