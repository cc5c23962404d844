//! What can be done with a thing: the acts, the fields that some of them have, and when they are off.

use std::ops::RangeInclusive;

use crate::kernel::abi::SIGNALS;
use crate::scene::arrows::Thing;
use crate::tr;
use crate::trace::event::Point;

use super::Lines;

/// Something that can be done with a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each is described by its message `hands-act-…`")]
pub enum Act {
    // Files.
    Data,
    Oob,
    Count,
    Drain,
    Read,
    Fin,
    Rst,
    FarClose,
    Connect,
    ConnectMany,
    Accept,
    Arm,
    Disarm,
    Nonblock,
    Lowat,
    Sndbuf,
    Rcvbuf,
    PipeSize,
    Watch,
    Dup,
    Close,
    // Items.
    Rearm,
    Del,
    // Tasks.
    Wait,
    StopAt,
    PollAll,
    SelectAll,
    ReadFd,
    Continue,
    Run,
    Hold,
    Release,
    Kill,
    Mask,
    Unmask,
    Fork,
    Thread,
    Exit,
    // Instances.
    WaitHere,
    Params,
}

/// What came of trying.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// The lines that do it.
    Lines(String),
    /// Not now, and why.
    Off(String),
    /// It makes no sense for such a thing.
    Foreign,
}

/// Something to fill in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Field {
    /// Its message is `hands-field-…`.
    pub id: &'static str,
    /// What it takes.
    pub kind: Kind,
    /// What stands there at first.
    pub default: &'static str,
}

/// What a field takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// A number within bounds.
    Number(i64, i64),
    /// The name of a signal.
    Signal,
    /// A preemption point of `epoll_wait`.
    Point,
    /// A descriptor.
    Fd,
}

const fn number(id: &'static str, default: &'static str, range: RangeInclusive<i64>) -> Field {
    Field { id, kind: Kind::Number(*range.start(), *range.end()), default }
}

const MAX: Field = number("max", "8", 1..=178_956_970);
const TIMEOUT: Field = number("timeout", "-1", -1..=2_147_483_647);
const SIGNAL: Field = Field { id: "signal", kind: Kind::Signal, default: "SIGUSR1" };
const POINT: Field = Field { id: "point", kind: Kind::Point, default: "before_sleep" };
const FD: Field = Field { id: "fd", kind: Kind::Fd, default: "" };
const BYTES: RangeInclusive<i64> = 1..=1_000_000;

impl Act {
    /// All of them, in the order in which menus show them.
    pub const ALL: [Act; 40] = [
        Act::Data,
        Act::Oob,
        Act::Count,
        Act::Drain,
        Act::Read,
        Act::Fin,
        Act::Rst,
        Act::FarClose,
        Act::Connect,
        Act::ConnectMany,
        Act::Accept,
        Act::Arm,
        Act::Disarm,
        Act::Nonblock,
        Act::Lowat,
        Act::Sndbuf,
        Act::Rcvbuf,
        Act::PipeSize,
        Act::Rearm,
        Act::Del,
        Act::Continue,
        Act::Run,
        Act::Hold,
        Act::Release,
        Act::Wait,
        Act::StopAt,
        Act::PollAll,
        Act::SelectAll,
        Act::ReadFd,
        Act::Kill,
        Act::Mask,
        Act::Unmask,
        Act::Fork,
        Act::Thread,
        Act::Exit,
        Act::WaitHere,
        Act::Params,
        Act::Watch,
        Act::Dup,
        Act::Close,
    ];

    /// What it is called.
    pub fn label(self) -> String {
        match self {
            Act::Data => tr!("hands-act-data"),
            Act::Oob => tr!("hands-act-oob"),
            Act::Count => tr!("hands-act-count"),
            Act::Drain => tr!("hands-act-drain"),
            Act::Read => tr!("hands-act-read"),
            Act::Fin => "FIN".to_owned(),
            Act::Rst => "RST".to_owned(),
            Act::FarClose => tr!("hands-act-far-close"),
            Act::Connect => tr!("hands-act-connect"),
            Act::ConnectMany => tr!("hands-act-connect-many"),
            Act::Accept => "accept".to_owned(),
            Act::Arm => tr!("hands-act-arm"),
            Act::Disarm => tr!("hands-act-disarm"),
            Act::Nonblock => "O_NONBLOCK".to_owned(),
            Act::Lowat => "SO_RCVLOWAT".to_owned(),
            Act::Sndbuf => "SO_SNDBUF".to_owned(),
            Act::Rcvbuf => "SO_RCVBUF".to_owned(),
            Act::PipeSize => "F_SETPIPE_SZ".to_owned(),
            Act::Watch => tr!("hands-act-watch"),
            Act::Dup => "dup".to_owned(),
            Act::Close => "close".to_owned(),
            Act::Rearm => tr!("hands-act-rearm"),
            Act::Del => "DEL".to_owned(),
            Act::Wait | Act::WaitHere => "epoll_wait".to_owned(),
            Act::StopAt => tr!("hands-act-stop-at"),
            Act::PollAll => tr!("hands-act-poll"),
            Act::SelectAll => tr!("hands-act-select"),
            Act::ReadFd => "read".to_owned(),
            Act::Continue => tr!("hands-act-continue"),
            Act::Run => tr!("hands-act-run"),
            Act::Hold => tr!("hands-act-hold"),
            Act::Release => tr!("hands-act-release"),
            Act::Kill => tr!("hands-act-kill"),
            Act::Mask => tr!("hands-act-mask"),
            Act::Unmask => tr!("hands-act-unmask"),
            Act::Fork => "fork".to_owned(),
            Act::Thread => tr!("hands-act-thread"),
            Act::Exit => "exit".to_owned(),
            Act::Params => "EPIOCSPARAMS".to_owned(),
        }
    }

    /// What there is to fill in.
    pub fn fields(self) -> &'static [Field] {
        match self {
            Act::Data => &[const { number("bytes", "5", BYTES) }],
            Act::Count => &[const { number("value", "1", 0..=i64::MAX) }],
            Act::Read => &[const { number("bytes", "2", 0..=1_000_000) }],
            Act::ConnectMany => &[const { number("times", "10", 1..=200) }],
            Act::Arm => &[
                const { number("initial", "10", 1..=86_400_000) },
                const { number("interval", "0", 0..=86_400_000) },
            ],
            Act::Lowat | Act::Sndbuf | Act::Rcvbuf => {
                &[const { number("value", "1024", 1..=1_073_741_823) }]
            }
            Act::PipeSize => &[const { number("bytes", "4096", 0..=1_048_576) }],
            Act::Wait | Act::WaitHere => &[MAX, TIMEOUT],
            Act::StopAt => &[POINT, MAX, TIMEOUT],
            Act::PollAll | Act::SelectAll => &[TIMEOUT],
            Act::ReadFd => &[FD, const { number("bytes", "64", 0..=1_000_000) }],
            Act::Kill | Act::Mask | Act::Unmask => &[SIGNAL],
            Act::Params => &[
                const { number("usecs", "50", 0..=2_147_483_647) },
                const { number("budget", "8", 0..=65_535) },
                const { number("prefer", "0", 0..=1) },
            ],
            _ => &[],
        }
    }
}

/// A field's text as the script has it.
///
/// # Errors
/// What is wrong with it, to be told at the field.
pub fn checked(field: &Field, text: &str) -> Result<String, String> {
    let text = text.trim();
    match field.kind {
        Kind::Number(least, most) => match text.parse::<i128>() {
            Ok(number) if (i128::from(least)..=i128::from(most)).contains(&number) => {
                Ok(number.to_string())
            }
            Ok(_) => {
                Err(tr!("hands-bad-range", least = least.to_string(), most = most.to_string()))
            }
            Err(_) => Err(tr!("hands-bad-number")),
        },
        Kind::Signal => known(SIGNALS.iter().any(|(name, _)| *name == text), text),
        Kind::Point => known(Point::from_name(text).is_some(), text),
        Kind::Fd => known(!text.is_empty(), text),
    }
}

fn known(is_known: bool, text: &str) -> Result<String, String> {
    if is_known { Ok(text.to_owned()) } else { Err(tr!("hands-bad-choice")) }
}

impl Lines<'_> {
    /// Tries an act on a thing, with what its fields hold; fields that are missing hold their
    /// defaults.
    pub fn attempt(&self, thing: Thing, act: Act, values: &[String]) -> Attempt {
        let fields = act.fields().iter().enumerate();
        let text = |n: usize, field: &Field| values.get(n).cloned().unwrap_or(field.default.into());
        let checked: Result<Vec<String>, String> =
            fields.map(|(n, field)| checked(field, &text(n, field))).collect();
        let values = match checked {
            Ok(values) => values,
            Err(wrong) => return Attempt::Off(wrong),
        };
        match thing {
            Thing::File(file) => self.on_a_file(file, act, &values),
            Thing::Item(epi) => self.on_an_item(epi, act),
            Thing::Task(task) => self.on_a_task(task, act, &values),
            Thing::Ep(ep) => self.on_an_instance(ep, act, &values),
            _ => match self.subject(thing) {
                Some(subject) if subject != thing => self.attempt(subject, act, &values),
                _ => Attempt::Foreign,
            },
        }
    }

    /// What `Delete` does with a thing: out of its set, or closed.
    pub fn delete(&self, thing: Thing) -> Option<Act> {
        match self.subject(thing)? {
            Thing::Item(_) => Some(Act::Del),
            Thing::File(_) | Thing::Ep(_) => Some(Act::Close),
            _ => None,
        }
    }
}
