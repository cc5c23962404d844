//! Sentences about tasks, calls and time.

use crate::kernel::abi::signal_name;
use crate::kernel::syscall::{Reply, Syscall, Turn, Whom};
use crate::session::strace::{call_text, result_text};
use crate::trace::event::{EventKind, Point, SignalEnd, SignalFate, TaskState};

use super::{Cx, Explanation, funcs, say, time_text};

impl Cx<'_> {
    pub(super) fn tasks(&self) -> Option<Explanation> {
        let n = self.names;
        Some(match &self.event.kind {
            EventKind::ProcessNew { .. } => say(
                "A process",
                "A process starts with descriptors 0, 1 and 2; all its threads share one table.",
            ),
            EventKind::TaskNew(new) => say(
                format!("Thread {}", new.name),
                format!(
                    "{} is a thread in user space. It shares the descriptors of its process.",
                    new.name
                ),
            ),
            EventKind::SyscallEnter { task, call } => {
                let (task, call) = (&task.key(), &*call.get());
                let sentence = format!(
                    "{} enters the kernel with {}. {}",
                    n.task(*task),
                    call_text(call),
                    self.intent(call)
                );
                say(format!("{} calls {}", n.task(*task), call.name()), sentence)
            }
            EventKind::SyscallExit { task, result } => {
                let result = &*result.get();
                let sentence = match result {
                    Ok(Reply::Events(events)) if events.is_empty() => {
                        "epoll_wait gives no events: the time is over, or nothing was ready."
                            .to_owned()
                    }
                    Ok(Reply::Events(events)) => format!(
                        "{} is back in user space with {}: {}.",
                        n.task(*task),
                        plural(events.len(), "event"),
                        result_text(result)
                    ),
                    Ok(_) => format!(
                        "{} is back in user space; the call gave {}.",
                        n.task(*task),
                        result_text(result)
                    ),
                    Err(errno) => format!("The call fails with {errno}: {}.", errno.text()),
                };
                say(format!("{} returns {}", n.task(*task), result_text(result)), sentence)
            }
            EventKind::TaskState { task, state } => self.state(&n.task(*task), *state),
            EventKind::Wakeup { task, woken: true } => say(
                format!("{} is woken", n.task(*task)),
                format!(
                    "{} was asleep and becomes runnable. It goes on inside its call once it gets the processor.",
                    n.task(*task)
                ),
            ),
            EventKind::Wakeup { task, .. } => say(
                format!("{} is awake already", n.task(*task)),
                format!(
                    "{} was not asleep any more, so this wake-up does not count, and the walk goes on to the next waiter.",
                    n.task(*task)
                ),
            ),
            EventKind::Enter => say(self.event.func.name(), funcs::purpose(self.event.func)),
            EventKind::Leave => say(
                format!("{} is done", self.event.func),
                format!("{} returns to its caller.", self.event.func),
            ),
            EventKind::CopyFromUser { bytes, .. } => say(
                format!("{} in", plural(*bytes as usize, "byte")),
                format!("{bytes} bytes are copied from {}'s memory into the kernel.", self.who()),
            ),
            EventKind::CopyToUser { bytes, .. } => say(
                format!("{} out", plural(*bytes as usize, "byte")),
                format!("{bytes} bytes are copied from the kernel into {}'s memory.", self.who()),
            ),
            EventKind::Clock { now_ns } => say(
                "The clock moves on",
                format!(
                    "It is {} after the start now. Time passes only when the script says so.",
                    time_text(*now_ns)
                ),
            ),
            EventKind::TimerArm { task, expires_ns, slack_ns } => say(
                "A timer is set",
                format!(
                    "{} will be woken at {} if nothing else wakes it before. Linux may be up to {} late (its slack); here it is on time.",
                    n.task(*task),
                    time_text(*expires_ns),
                    time_text(*slack_ns)
                ),
            ),
            EventKind::TimerFire { task } => say(
                "The timer fires",
                format!("The time of {} is over: the timer interrupt wakes it.", n.task(*task)),
            ),
            EventKind::SignalAction { sig, handler, .. } => say(
                format!("{}: {handler}", signal_name(*sig)),
                format!("{} does this to the process from now on: {handler}.", signal_name(*sig)),
            ),
            EventKind::SignalfdQueue { .. } => say(
                "A queue for signals",
                "All signalfds of a process share one wait queue: a signal for any of its tasks wakes it.",
            ),
            EventKind::SignalMask { task, blocked } => say(
                "The signal mask",
                format!("{} holds back {blocked} from now on.", n.task(*task)),
            ),
            EventKind::SignalSend { task, sig, fate } => say(
                format!("{} for {}", signal_name(*sig), n.task(*task)),
                match fate {
                    SignalFate::Queued => "The signal is pending now.",
                    SignalFate::Merged => "The signal was pending already; once is enough.",
                    SignalFate::Ignored => "The signal is ignored, so nothing happens.",
                }
                .to_owned(),
            ),
            EventKind::SignalDequeue { task, sig, end } => say(
                format!("{} is taken", signal_name(*sig)),
                match end {
                    SignalEnd::Handled => format!("{} runs its handler.", n.task(*task)),
                    SignalEnd::Read => {
                        format!("{} reads it from a file; no handler runs.", n.task(*task))
                    }
                    SignalEnd::Discarded => format!("{} ignores it.", n.task(*task)),
                },
            ),
            EventKind::TimerCancel { task } => say(
                "The timer is cancelled",
                format!(
                    "{} was woken before its time was over, so its timer is not needed any more.",
                    n.task(*task)
                ),
            ),
            _ => return None,
        })
    }

    fn state(&self, name: &str, state: TaskState) -> Explanation {
        match state {
            TaskState::Dead => {
                say(format!("{name} is gone"), format!("The process of {name} has ended."))
            }
            TaskState::Idle => say(
                format!("{name} is in user space"),
                format!("{name} runs its own code now; it has no call under way."),
            ),
            TaskState::Runnable => say(
                format!("{name} is runnable"),
                format!("{name} could go on and waits for the processor."),
            ),
            TaskState::Running => say(
                format!("{name} runs"),
                format!("{name} has the processor and goes on inside the kernel."),
            ),
            TaskState::Interruptible => say(
                format!("{name} goes to sleep"),
                format!(
                    "{name} gives up the processor. It stays asleep until a wake-up, or its timer, reaches it."
                ),
            ),
            TaskState::Uninterruptible => say(
                format!("{name} waits for the mutex"),
                format!(
                    "Another task holds ep->mtx; {name} sleeps, and not even a signal can wake it."
                ),
            ),
            TaskState::Stopped(point) => say(
                format!("{name} is stopped at {point}"),
                format!(
                    "{name} is held {}. Whatever runs now runs in the middle of its call.",
                    place_of(point)
                ),
            ),
        }
    }

    fn intent(&self, call: &Syscall) -> &'static str {
        match call {
            Syscall::EpollCreate { .. } | Syscall::EpollCreate1 { .. } => {
                "It wants a new, empty interest set."
            }
            Syscall::EpollCtl { op: 1, .. } => {
                "It adds one descriptor to the interest set, which stays in the kernel."
            }
            Syscall::EpollCtl { op: 2, .. } => "It takes one descriptor out of the interest set.",
            Syscall::EpollCtl { op: 3, .. } => "It changes what one item asks for.",
            Syscall::EpollCtl { .. } => "Linux knows no such operation.",
            Syscall::EpollWait { timeout_ms: 0, .. } => {
                "It takes what is ready and does not sleep."
            }
            Syscall::EpollWait { timeout_ms, .. } if *timeout_ms < 0 => {
                "If nothing is ready it sleeps until something is."
            }
            Syscall::EpollWait { .. } => {
                "If nothing is ready it sleeps, but not for longer than the timeout."
            }
            Syscall::Socketpair { .. } => "It wants two sockets that are connected to each other.",
            Syscall::Socket { .. } => "It wants a socket, not yet connected to anything.",
            Syscall::Bind { .. } => "It wants this port of 127.0.0.1.",
            Syscall::Listen { .. } => "From now on connections may come in.",
            Syscall::Connect { .. } => "It opens a connection: SYN, SYN|ACK, ACK.",
            Syscall::Accept { .. } | Syscall::Accept4 { .. } => {
                "It takes the first connection that waits."
            }
            Syscall::Shutdown { .. } => "It ends one direction, or both.",
            Syscall::Setsockopt { .. } => "It sets an option of the socket.",
            Syscall::Getsockopt { .. } => {
                "It asks for an option; SO_ERROR takes the error with it."
            }
            Syscall::Recv { .. } => "Receiving takes away what makes the socket ready.",
            Syscall::Send { .. } => "What it sends becomes an arrival at the other end.",
            Syscall::Pipe2 { .. } => {
                "It wants a pipe: one descriptor to read from, one to write to."
            }
            Syscall::Eventfd { .. } => "It wants a counter that can be waited for.",
            Syscall::EpollPwait { .. } | Syscall::EpollPwait2 { .. } => {
                "It waits, and while it does its signal mask is another one."
            }
            Syscall::Signalfd { .. } => {
                "It wants to read signals instead of being interrupted by them."
            }
            Syscall::Signal { .. } => "It says what a signal does to its process.",
            Syscall::Sigprocmask { .. } => "It changes which signals are held back from it.",
            Syscall::Kill { .. } => "It sends a signal to one task.",
            Syscall::Fork { .. } => {
                "The new process has descriptors of its own that stand for the same open files."
            }
            Syscall::Exit => "Its process ends, with all its tasks and descriptors.",
            Syscall::TimerfdCreate { .. } => "It wants a timer that can be waited for.",
            Syscall::TimerfdSettime { .. } => {
                "The timer starts anew; ticks that nobody read are gone."
            }
            Syscall::Read { .. } => "Reading takes away what makes the file ready.",
            Syscall::Write { .. } => "What it writes becomes an arrival at the other end.",
            Syscall::Close { .. } => "Only the last descriptor of a file takes the file with it.",
            Syscall::Dup { .. } | Syscall::Dup2 { .. } => {
                "Two descriptors will stand for one and the same open file."
            }
            Syscall::Poll { .. } | Syscall::Ppoll { .. } => {
                "All descriptors are handed over with every call, looked at one by one, and given back."
            }
            Syscall::Select { .. } | Syscall::Pselect { .. } => {
                "Three sets of bits are handed over with every call, and come back with what is ready."
            }
            Syscall::Fcntl { .. } => {
                "It asks for, or changes, flags of a descriptor or an open file."
            }
            Syscall::Open { .. } => "It wants an open file for a path.",
            Syscall::Ioctl { .. } => "It asks how the instance busy-polls, or says how it is to.",
            Syscall::Inject { .. } => "No system call: the scenario lets something go wrong next.",
            Syscall::Hold => "No system call: from now on segments stay on their way.",
            Syscall::Deliver { .. } => "No system call: segments that were held back arrive.",
            Syscall::Schedule { turn, whom } => match (turn, whom) {
                (Turn::Hold, Whom::Woken) => {
                    "No system call: from now on a task that was woken waits until it is let run."
                }
                (Turn::Hold, _) => "No system call: the task gets no processor from now on.",
                (Turn::Run, _) => "No system call: the task runs until it sleeps or returns.",
                (Turn::Release, _) => "No system call: who became runnable first runs first again.",
            },
            Syscall::Sleep { .. } | Syscall::Nop => "",
        }
    }
}

fn place_of(point: Point) -> &'static str {
    match point {
        Point::Armed => {
            "after hooking the item into the file's wait queue, before asking whether it is ready already"
        }
        Point::BeforeSleep => "after finding nothing, before joining ep->wq",
        Point::TimedOut => "with its timeout over, while its entry still stands on ep->wq",
        Point::BeforeScan => "before it takes ep->mtx to harvest",
        Point::CopyOut => {
            "in the middle of the scan, before an event is stored in user memory: a page fault may sleep there"
        }
        Point::Polled => "after a pass over all descriptors found nothing, before it sleeps",
    }
}

/// `1 byte`, `2 bytes`.
pub(super) fn plural(count: usize, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}
