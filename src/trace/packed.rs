//! Calls and their results as events carry them: those that are made most take no memory of their
//! own.
//!
//! A trace has a call every few dozen events, and allocating twice for each took a tenth of the
//! time. To read one, ask for the whole ([`Call::get`], [`Outcome::get`]); it is stored as the whole,
//! too.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::kernel::abi::{EpollEvent, Errno, Events, Fd};
use crate::kernel::ids::TaskKey;
use crate::kernel::syscall::{Reply, SysResult, Syscall, WriteData};

/// A [`TaskKey`] in four bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "TaskKey", into = "TaskKey")]
pub struct TaskNumber(u32);

impl TaskNumber {
    /// The task.
    pub fn key(self) -> TaskKey {
        TaskKey::from_index(self.0)
    }
}

impl From<TaskKey> for TaskNumber {
    #[inline]
    fn from(task: TaskKey) -> TaskNumber {
        TaskNumber(task.index())
    }
}

impl From<TaskNumber> for TaskKey {
    fn from(number: TaskNumber) -> TaskKey {
        number.key()
    }
}

/// A [`Syscall`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "Syscall", into = "Syscall")]
pub struct Call(Packed);

#[derive(Clone, Debug, PartialEq)]
enum Packed {
    EpollCtl { epfd: Fd, op: u8, fd: Fd, events: Events, data: u64 },
    EpollWait { epfd: Fd, maxevents: i32, timeout_ms: i32 },
    Read { fd: Fd, count: u64 },
    WriteNumber { fd: Fd, number: u64 },
    Other(Box<Syscall>),
}

/// A [`SysResult`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "SysResult", into = "SysResult")]
pub struct Outcome(PackedResult);

#[derive(Clone, Debug, PartialEq)]
enum PackedResult {
    Int(i64),
    Counter(u64),
    Failed(Errno),
    /// One event, as it stands in the program's array.
    Event {
        events: Events,
        data: u64,
    },
    Other(Box<SysResult>),
}

impl Call {
    /// The call.
    pub fn get(&self) -> Cow<'_, Syscall> {
        Cow::Owned(match self.0 {
            Packed::EpollCtl { epfd, op, fd, events, data } => {
                let event = Some(EpollEvent { events, data });
                Syscall::EpollCtl { epfd, op: op.into(), fd, event }
            }
            Packed::EpollWait { epfd, maxevents, timeout_ms } => {
                Syscall::EpollWait { epfd, maxevents, timeout_ms }
            }
            Packed::Read { fd, count } => Syscall::Read { fd, count },
            Packed::WriteNumber { fd, number } => {
                Syscall::Write { fd, data: WriteData::Number(number) }
            }
            Packed::Other(ref call) => return Cow::Borrowed(call),
        })
    }
}

impl From<&Syscall> for Call {
    #[inline]
    fn from(call: &Syscall) -> Call {
        Call(match *call {
            Syscall::EpollCtl { epfd, op: op @ 0..=255, fd, event: Some(event) } => {
                let EpollEvent { events, data } = event;
                Packed::EpollCtl { epfd, op: op.to_le_bytes()[0], fd, events, data }
            }
            Syscall::EpollWait { epfd, maxevents, timeout_ms } => {
                Packed::EpollWait { epfd, maxevents, timeout_ms }
            }
            Syscall::Read { fd, count } => Packed::Read { fd, count },
            Syscall::Write { fd, data: WriteData::Number(number) } => {
                Packed::WriteNumber { fd, number }
            }
            ref call => Packed::Other(boxed(call)),
        })
    }
}

impl From<Syscall> for Call {
    fn from(call: Syscall) -> Call {
        Call::from(&call)
    }
}

impl From<Call> for Syscall {
    fn from(call: Call) -> Syscall {
        call.get().into_owned()
    }
}

impl Outcome {
    /// The result.
    pub fn get(&self) -> Cow<'_, SysResult> {
        Cow::Owned(match self.0 {
            PackedResult::Int(number) => Ok(Reply::Int(number)),
            PackedResult::Counter(number) => Ok(Reply::Counter(number)),
            PackedResult::Failed(errno) => Err(errno),
            PackedResult::Event { events, data } => {
                Ok(Reply::Events(vec![EpollEvent { events, data }]))
            }
            PackedResult::Other(ref result) => return Cow::Borrowed(result),
        })
    }
}

impl From<&SysResult> for Outcome {
    #[inline]
    fn from(result: &SysResult) -> Outcome {
        Outcome(match *result {
            Ok(Reply::Int(number)) => PackedResult::Int(number),
            Ok(Reply::Counter(number)) => PackedResult::Counter(number),
            Err(errno) => PackedResult::Failed(errno),
            Ok(Reply::Events(ref found)) if let [EpollEvent { events, data }] = found[..] => {
                PackedResult::Event { events, data }
            }
            ref result => PackedResult::Other(boxed(result)),
        })
    }
}

impl From<SysResult> for Outcome {
    fn from(result: SysResult) -> Outcome {
        Outcome::from(&result)
    }
}

impl From<Outcome> for SysResult {
    fn from(outcome: Outcome) -> SysResult {
        outcome.get().into_owned()
    }
}

#[inline(never)]
fn boxed<T: Clone>(whole: &T) -> Box<T> {
    Box::new(whole.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_packed_comes_back() {
        let event = Some(EpollEvent { events: Events::EPOLLIN, data: u64::MAX });
        let calls = [
            Syscall::EpollCtl { epfd: 3, op: 3, fd: -1, event },
            Syscall::EpollCtl { epfd: 3, op: 256, fd: 4, event },
            Syscall::EpollCtl { epfd: 3, op: -1, fd: 4, event },
            Syscall::EpollCtl { epfd: 3, op: 2, fd: 4, event: None },
            Syscall::EpollWait { epfd: 3, maxevents: -1, timeout_ms: 7 },
            Syscall::Read { fd: 4, count: 8 },
            Syscall::Write { fd: 4, data: WriteData::Number(1) },
            Syscall::Write { fd: 4, data: WriteData::Bytes(vec![1]) },
            Syscall::Exit,
        ];
        for call in calls {
            assert_eq!(*Call::from(&call).get(), call);
        }
        let events = |count| Reply::Events(vec![EpollEvent::default(); count]);
        let numbers = [Reply::Int(-1), Reply::Counter(1), Reply::Bytes(vec![0])];
        let replies = numbers.into_iter().chain([0, 1, 2].map(events)).map(Ok);
        for result in replies.chain([Err(Errno::EAGAIN)]) {
            assert_eq!(*Outcome::from(&result).get(), result);
        }
    }
}
