//! Arguments of `poll`, `select` and `open`: lists of descriptors, timeouts, paths.

use super::{Args, from_to, kind_of};
use crate::kernel::abi::{Events, Fd, PollFd};
use crate::kernel::syscall::FdSets;
use crate::script::ast::{Spanned, Value};
use crate::tr;

/// One more than the highest descriptor that a set can hold, `FD_SETSIZE`.
const FD_SETSIZE: i128 = 1024;

impl Args<'_> {
    /// `struct pollfd *`: all of them, in place.
    pub(super) fn pollfds(&mut self) -> Vec<PollFd> {
        let Some(value) = self.rest.next() else { return Vec::new() };
        let Value::List(parts) = &value.node else {
            let message = tr!("script-no-descriptor-list", kind = kind_of(&value.node));
            let list = "[{rd, POLLIN}, {wr, POLLOUT}]";
            self.complain(value, message, tr!("script-a-list", list = list));
            return Vec::new();
        };
        parts.iter().filter_map(|part| self.pollfd(part)).collect()
    }

    fn pollfd(&mut self, value: &Spanned<Value>) -> Option<PollFd> {
        let parts = match &value.node {
            Value::Braces(parts) => parts.as_slice(),
            _ => &[],
        };
        let [fd, events] = parts else {
            let expected = tr!("script-a-pollfd", pollfd = "{rd, POLLIN}");
            let message = tr!("script-no-struct", name = "struct pollfd");
            self.complain(value, message, expected);
            return None;
        };
        let int = i128::from(i32::MIN)..=i128::from(u32::MAX);
        let fd = self.integer(fd, "int", int) as u32 as Fd;
        let short = i128::from(i16::MIN)..=i128::from(u16::MAX);
        let events = self.integer(events, "short", short) as u16;
        Some(PollFd { fd, events: Events::from_bits_retain(events.into()) })
    }

    /// Three `fd_set *`.
    pub(super) fn fd_sets(&mut self) -> FdSets {
        FdSets(Box::new([self.fd_set(), self.fd_set(), self.fd_set()]))
    }

    fn fd_set(&mut self) -> Option<Vec<Fd>> {
        let value = self.rest.next()?;
        match &value.node {
            Value::Null => None,
            Value::List(parts) => {
                let mut fds: Vec<Fd> =
                    parts.iter().filter_map(|part| self.fd_of_set(part)).collect();
                fds.sort_unstable();
                fds.dedup();
                Some(fds)
            }
            other => {
                let message = tr!("script-no-descriptor-set", kind = kind_of(other));
                self.complain(value, message, tr!("script-a-set"));
                None
            }
        }
    }

    fn fd_of_set(&mut self, value: &Spanned<Value>) -> Option<Fd> {
        let before = self.troubles.len();
        let fd = self.integer(value, "int", i128::from(i32::MIN)..=i128::from(u32::MAX));
        if (0..FD_SETSIZE).contains(&fd) {
            return i32::try_from(fd).ok();
        }
        if before == self.troubles.len() {
            let message = tr!("script-in-no-set", fd = fd.to_string());
            self.complain(value, message, from_to(0, FD_SETSIZE - 1));
        }
        None
    }

    /// `struct timeval *` in microseconds: a duration, rounded up; a number of milliseconds;
    /// `NULL` or -1 for ever.
    pub(super) fn micros_or_null(&mut self) -> Option<i64> {
        let value = self.rest.next()?;
        match &value.node {
            Value::Null => None,
            Value::Duration(duration) => {
                Some(i64::try_from(duration.as_ns().div_ceil(1000)).unwrap_or(i64::MAX))
            }
            _ => {
                let int = i128::from(i32::MIN)..=i128::from(u32::MAX);
                match self.integer(value, "int", int) as u32 as i32 {
                    -1 => None,
                    ms => Some(i64::from(ms) * 1000),
                }
            }
        }
    }

    /// A path.
    pub(super) fn path(&mut self) -> String {
        let expected = tr!("script-a-path");
        match self.rest.next() {
            Some(value @ Spanned { node: Value::Bytes(bytes), .. }) => {
                match String::from_utf8(bytes.clone()) {
                    Ok(path) if !path.contains('\0') => path,
                    _ => {
                        self.complain(value, tr!("script-no-path"), expected);
                        String::new()
                    }
                }
            }
            Some(value) => {
                let message = tr!("script-kind-no-path", kind = kind_of(&value.node));
                self.complain(value, message, expected);
                String::new()
            }
            None => String::new(),
        }
    }
}
