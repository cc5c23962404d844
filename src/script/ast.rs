//! What a scenario says, statement by statement, with the place of every part in the source.
//!
//! The tree is close to the text: it knows nothing about which calls exist or what a name stands
//! for. That is found out when a statement runs (`session::lower`), so that a script with a call
//! that some kernel does not know can still be read, shown and edited.

use std::ops::Range;

/// A place in the source: bytes from the start of the text.
pub type Span = Range<usize>;

/// A part of the tree with its place in the source. Two parts are equal if they say the same;
/// where they stand does not count.
#[derive(Clone, Debug)]
pub struct Spanned<T> {
    /// What stands there.
    pub node: T,
    /// Where it stands.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// `node`, which stands at `span`.
    pub fn new(node: T, span: Span) -> Self {
        Spanned { node, span }
    }
}

/// A part that was made, not read, and so has no place in any source: its span is `0..0`.
impl<T> From<T> for Spanned<T> {
    fn from(node: T) -> Self {
        Spanned::new(node, 0..0)
    }
}

impl<T: PartialEq> PartialEq for Spanned<T> {
    fn eq(&self, other: &Self) -> bool {
        self.node == other.node
    }
}

impl<T> std::ops::Deref for Spanned<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.node
    }
}

/// A whole scenario: one entry a source line, so that comments and blank lines survive editing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Script {
    /// The lines in order; line number = index + 1.
    pub lines: Vec<Line>,
}

impl Script {
    /// The value of the first metadata line with this key; empty if the line gives none.
    pub fn metadata(&self, key: &str) -> Option<&str> {
        self.lines.iter().find_map(|line| match line.content.as_deref()? {
            Content::Metadata { key: this, value } if this == key => Some(value.as_str()),
            _ => None,
        })
    }

    /// The statements in order, each with the line on which it stands.
    pub fn statements(&self) -> impl Iterator<Item = (&Line, &Statement)> {
        self.lines.iter().filter_map(|line| match line.content.as_deref()? {
            Content::Statement(statement) => Some((line, statement)),
            Content::Metadata { .. } => None,
        })
    }
}

/// One line of a scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Which line of the source, counted from 1.
    pub number: u32,
    /// What it says; `None` for a blank line, a comment alone, or a line that could not be read.
    pub content: Option<Spanned<Content>>,
    /// The comment at its end, without the `#` and the white space around it.
    pub comment: Option<String>,
}

/// What a line that is not blank says.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    expect(clippy::large_enum_variant, reason = "nearly all lines are statements")
)]
pub enum Content {
    /// `#: key = value`
    Metadata {
        /// The key, such as `title` or `title.zh`.
        key: String,
        /// The rest of the line, trimmed.
        value: String,
    },
    /// Anything that does something.
    Statement(Statement),
}

/// A statement.
#[derive(Clone, Debug, PartialEq)]
pub enum Statement {
    /// `T: [binding =] call(…) [@ point] [-> expected]`
    Call {
        /// The task that makes the call.
        task: Spanned<String>,
        /// The names that its result is bound to.
        binding: Binding,
        /// The call itself.
        call: Spanned<Call>,
        /// The preemption point at which the task is stopped inside the call.
        stop_at: Option<Spanned<String>>,
        /// What the call must give.
        expected: Option<Spanned<Expected>>,
    },
    /// `T: continue`: a task that was stopped at a preemption point goes on.
    Continue {
        /// The stopped task.
        task: Spanned<String>,
    },
    /// `T => expected`: what the call on which `T` was blocked must by now have given.
    Check {
        /// The task.
        task: Spanned<String>,
        /// What it must have got.
        expected: Spanned<Expected>,
    },
    /// `advance D`: the clock moves on.
    Advance {
        /// By how much, in nanoseconds.
        by_ns: Spanned<u64>,
    },
}

/// What a call's result is bound to.
#[derive(Clone, Debug, PartialEq)]
pub enum Binding {
    /// Nothing.
    None,
    /// `x = …`
    One(Spanned<String>),
    /// `[a, b] = …`
    Two(Spanned<String>, Spanned<String>),
}

/// `name(arguments)`, as in C.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// The call's name; any name is allowed here.
    pub name: Spanned<String>,
    /// Its arguments in C's order.
    pub args: Vec<Spanned<Value>>,
}

/// What stands behind `->` or `=>`.
#[derive(Clone, Debug, PartialEq)]
pub enum Expected {
    /// `_`: anything, an error and a block too.
    Anything,
    /// `blocks`
    Blocks,
    /// A value; a single name that is an error's (`EAGAIN`) is that error.
    Value(Value),
}

/// A value as written.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Names and integers joined by `|`; one alone is the common case: `7`, `ep`, `EPOLLIN|0x10`.
    /// Never empty.
    Or(Vec<Spanned<Term>>),
    /// `"abc\n"`: bytes, escapes already undone.
    Bytes(Vec<u8>),
    /// `100ms`
    Duration(Duration),
    /// `[a, b, …]`
    List(Vec<Spanned<Value>>),
    /// `{a, b, …}`: an event, a `poll` entry, the three sets of `select`.
    Braces(Vec<Spanned<Value>>),
    /// `NULL`
    Null,
}

/// A name or an integer inside a [`Value::Or`].
#[derive(Clone, Debug, PartialEq)]
pub enum Term {
    /// A bound variable or a constant of C.
    Name(String),
    /// An integer.
    Int(Int),
}

/// An integer with the base it was written in. The value fits every argument of every call:
/// from −2^63 to 2^64 − 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Int {
    /// Its value.
    pub value: i128,
    /// The base that it is written in.
    pub base: Base,
}

/// The base in which an integer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    /// `255`
    Decimal,
    /// `0xff`
    Hexadecimal,
}

/// A length of time as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duration {
    /// How many units.
    pub count: u64,
    /// The unit.
    pub unit: Unit,
}

impl Duration {
    /// In the largest unit that needs no fraction.
    pub fn from_ns(ns: u64) -> Self {
        let units = [Unit::Seconds, Unit::Milliseconds, Unit::Microseconds];
        let fits = |unit: &Unit| ns > 0 && ns.is_multiple_of(unit.ns());
        let unit = units.into_iter().find(fits).unwrap_or(Unit::Nanoseconds);
        Duration { count: ns / unit.ns(), unit }
    }

    /// In nanoseconds; the parser refuses durations for which this would not fit in 63 bits.
    pub fn as_ns(self) -> u64 {
        self.count * self.unit.ns()
    }
}

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// `ns`
    Nanoseconds,
    /// `us`
    Microseconds,
    /// `ms`
    Milliseconds,
    /// `s`
    Seconds,
}

impl Unit {
    /// Nanoseconds in one.
    pub fn ns(self) -> u64 {
        match self {
            Unit::Nanoseconds => 1,
            Unit::Microseconds => 1_000,
            Unit::Milliseconds => 1_000_000,
            Unit::Seconds => 1_000_000_000,
        }
    }
}
