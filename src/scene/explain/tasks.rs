//! What is said about tasks, calls, signals and time.

use crate::kernel::abi::signal_name;
use crate::kernel::syscall::{Reply, SysResult, Syscall, Whom};
use crate::session::strace::{call_text, result_text};
use crate::tr;
use crate::trace::event::{EventKind, SignalEnd, SignalFate, TaskState};

use super::words::{place_text, state_name, state_text, yes};
use super::{Cx, Said, time_text};

impl Cx<'_> {
    pub(super) fn tasks(&self) -> Option<Said> {
        let n = self.names;
        Some(match &self.event.kind {
            EventKind::ProcessNew { .. } => say!("event-process-new"),
            EventKind::TaskNew(new) => say!("event-task-new", task = new.name.to_string()),
            EventKind::SyscallEnter { task, call } => {
                let call = &*call.get();
                say!(
                    "event-syscall-enter",
                    task = n.task(task.key()),
                    name = call.name(),
                    call = call_text(call),
                    intent = intent(call)
                )
            }
            EventKind::SyscallExit { task, result } => self.exit(n.task(*task), &result.get()),
            EventKind::TaskState { task, state } => say!(
                "event-task-state",
                task = n.task(*task),
                own = yes(self.event.by().task() == Some(*task)),
                state = state_name(*state),
                word = state_text(*state),
                point = match state {
                    TaskState::Stopped(point) => point.name(),
                    _ => "",
                },
                place = match state {
                    TaskState::Stopped(point) => place_text(*point),
                    _ => String::new(),
                }
            ),
            EventKind::Wakeup { task, woken } => {
                say!("event-wakeup", task = n.task(*task), woken = yes(*woken))
            }
            EventKind::Leave => say!("event-leave", func = self.event.func().name()),
            EventKind::CopyFromUser { bytes, .. } => {
                say!("event-copy-from-user", bytes = *bytes, who = self.who())
            }
            EventKind::CopyToUser { bytes, .. } => {
                say!("event-copy-to-user", bytes = *bytes, who = self.who())
            }
            _ => return self.time().or_else(|| self.signals()),
        })
    }

    fn exit(&self, task: String, result: &SysResult) -> Said {
        let (kind, count, error, reason) = match result {
            Ok(Reply::Events(events)) if events.is_empty() => ("empty", 0, "", ""),
            Ok(Reply::Events(events)) => ("events", events.len(), "", ""),
            Ok(_) => ("other", 0, "", ""),
            Err(errno) => ("error", 0, errno.name(), errno.text()),
        };
        say!(
            "event-syscall-exit",
            task = task,
            kind = kind,
            count = count,
            error = error,
            reason = reason,
            result = result_text(result)
        )
    }

    fn time(&self) -> Option<Said> {
        let n = self.names;
        Some(match &self.event.kind {
            EventKind::Clock { now_ns } => say!("event-clock", time = time_text(*now_ns)),
            EventKind::TimerArm { task, expires_ns, slack_ns } => say!(
                "event-timer-arm",
                task = n.task(*task),
                time = time_text(*expires_ns),
                slack = time_text(*slack_ns)
            ),
            EventKind::TimerFire { task } => say!("event-timer-fire", task = n.task(*task)),
            EventKind::TimerCancel { task } => say!("event-timer-cancel", task = n.task(*task)),
            _ => return None,
        })
    }

    fn signals(&self) -> Option<Said> {
        let n = self.names;
        Some(match &self.event.kind {
            EventKind::SignalAction { sig, handler, .. } => say!(
                "event-signal-action",
                signal = signal_name(*sig),
                handler = handler.to_string()
            ),
            EventKind::SignalfdQueue { .. } => say!("event-signalfd-queue"),
            EventKind::SignalMask { task, blocked } => {
                say!("event-signal-mask", task = n.task(*task), blocked = blocked.to_string())
            }
            EventKind::SignalSend { task, sig, fate } => say!(
                "event-signal-send",
                task = n.task(*task),
                signal = signal_name(*sig),
                fate = match fate {
                    SignalFate::Queued => "queued",
                    SignalFate::Merged => "merged",
                    SignalFate::Ignored => "ignored",
                }
            ),
            EventKind::SignalDequeue { task, sig, end } => say!(
                "event-signal-dequeue",
                task = n.task(*task),
                signal = signal_name(*sig),
                end = match end {
                    SignalEnd::Handled => "handled",
                    SignalEnd::Read => "read",
                    SignalEnd::Discarded => "discarded",
                }
            ),
            _ => return None,
        })
    }
}

/// What a call is made for, as a sentence.
fn intent(call: &Syscall) -> String {
    let which = match call {
        Syscall::EpollCtl { op: 1, .. } => "add",
        Syscall::EpollCtl { op: 2, .. } => "delete",
        Syscall::EpollCtl { op: 3, .. } => "modify",
        Syscall::EpollWait { timeout_ms: 0, .. } => "now",
        Syscall::EpollWait { timeout_ms, .. } if *timeout_ms < 0 => "for-ever",
        Syscall::Schedule { whom: Whom::Woken, .. } => "woken",
        Syscall::Schedule { .. } => "task",
        _ => "other",
    };
    tr!(&["intent-", call.name()].concat(), which = which)
}
