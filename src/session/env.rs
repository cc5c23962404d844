//! What the names of a scenario stand for while it runs.

use std::collections::{BTreeMap, BTreeSet};

use crate::kernel::abi::constant;
use crate::script::Diagnostic;
use crate::script::ast::{Spanned, Term};
use crate::tr;

/// Why a statement could not be carried out, or an expectation not be judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The scenario is wrong.
    Error(Diagnostic),
    /// The scenario may be right, but what this place needs did not come about earlier.
    Missing(Diagnostic),
}

/// Variables with their values. Every task sees all of them: they are only numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Env {
    variables: BTreeMap<String, Variable>,
    /// The names of each value: thousands of descriptors have one, and are asked for it.
    by_value: BTreeMap<i128, BTreeSet<String>>,
    tasks: Vec<String>,
    /// All names that were given a value, in that order.
    bound: Vec<String>,
    /// Where in `bound` each value was given to a name.
    bound_to: BTreeMap<i128, Vec<usize>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Variable {
    Value(i128),
    Unbound(Unbound),
}

/// Why a variable that a line binds has no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unbound {
    /// The call on this line has not returned.
    Blocked(u32),
    /// The call on this line failed or could not be made.
    Failed(u32),
}

impl Env {
    /// Takes note of a new task; tasks are numbered from 0.
    pub fn add_task(&mut self, name: &str) {
        self.tasks.push(name.to_owned());
    }

    /// The number of the task of this name.
    pub fn task(&self, name: &str) -> Option<usize> {
        self.tasks.iter().position(|task| task == name)
    }

    /// Gives a variable a value.
    pub fn bind(&mut self, name: &str, value: i128) {
        self.set(name, Variable::Value(value));
        self.by_value.entry(value).or_default().insert(name.to_owned());
        self.bound_to.entry(value).or_default().push(self.bound.len());
        self.bound.push(name.to_owned());
    }

    /// How often a name was given a value.
    pub fn bound(&self) -> usize {
        self.bound.len()
    }

    /// The name that was last given this value, among the first `bound` times that one was given.
    pub fn name_bound_to(&self, value: i128, bound: usize) -> Option<&str> {
        let places = self.bound_to.get(&value)?;
        let last = places.partition_point(|place| *place < bound).checked_sub(1)?;
        Some(&self.bound[places[last]])
    }

    /// Takes a variable's value away, if it had one.
    pub fn unbind(&mut self, name: &str, why: Unbound) {
        self.set(name, Variable::Unbound(why));
    }

    fn set(&mut self, name: &str, new: Variable) {
        let before = self.variables.insert(name.to_owned(), new);
        if let Some(Variable::Value(value)) = before
            && let Some(names) = self.by_value.get_mut(&value)
        {
            names.remove(name);
        }
    }

    /// The first name, in alphabetical order, that has this value.
    pub fn name_of(&self, value: i128) -> Option<&str> {
        self.by_value.get(&value)?.first().map(String::as_str)
    }

    /// The value of a variable.
    pub fn get(&self, name: &str) -> Option<i128> {
        match self.variables.get(name)? {
            Variable::Value(value) => Some(*value),
            Variable::Unbound(_) => None,
        }
    }

    /// All variables that have a value, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, i128)> {
        self.variables.keys().filter_map(|name| Some((name.as_str(), self.get(name)?)))
    }

    /// All names that lines have bound, whether they have a value or not.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.variables.keys().map(String::as_str)
    }

    /// Whether a line has bound this name, even if it has no value now.
    pub fn is_variable(&self, name: &str) -> bool {
        self.variables.contains_key(name)
    }

    /// The value of terms joined by `|`. Names are variables first, then constants of C.
    pub fn eval(&self, terms: &[Spanned<Term>]) -> Result<i128, Trouble> {
        terms.iter().try_fold(0, |bits, term| Ok(bits | self.eval_term(term)?))
    }

    fn eval_term(&self, term: &Spanned<Term>) -> Result<i128, Trouble> {
        let name = match &term.node {
            Term::Int(int) => return Ok(int.value),
            Term::Name(name) => name,
        };
        let diagnostic =
            |message, expected: String| Diagnostic::new(term.span.clone(), message, expected);
        match (self.variables.get(name), constant(name)) {
            (Some(Variable::Value(value)), _) => Ok(*value),
            (Some(Variable::Unbound(why)), _) => Err(Trouble::Missing(match why {
                Unbound::Blocked(line) => diagnostic(
                    tr!("script-value-not-yet", name = name.as_str(), line = *line),
                    tr!("script-returned-name"),
                ),
                Unbound::Failed(line) => diagnostic(
                    tr!("script-value-never", name = name.as_str(), line = *line),
                    String::new(),
                ),
            })),
            (None, Some(value)) => Ok(value.into()),
            (None, None) => Err(Trouble::Error(diagnostic(
                tr!("script-nothing-named", name = name.as_str()),
                tr!("script-bound-or-constant"),
            ))),
        }
    }
}
