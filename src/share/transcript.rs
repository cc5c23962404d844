//! The calls of a run as `strace -f` tells them.
//!
//! A call that another one's text interrupts is told in two parts, as strace does. Arguments are
//! written as in scenarios; what the kernel fills in stands where strace has it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::kernel::ids::TaskKey;
use crate::kernel::syscall::{Reply, SysResult, Syscall};
use crate::scene::Names;
use crate::session::strace::{call_text, string};
use crate::trace::{EventKind, Record};

/// All calls of these events, a line each.
pub fn transcript(records: &[Record], names: &Names) -> String {
    let mut out = String::new();
    let mut under_way: BTreeMap<TaskKey, Syscall> = BTreeMap::new();
    // Whose call stands at the end of the text without a result.
    let mut open: Option<TaskKey> = None;
    for record in records {
        match &record.event.kind {
            EventKind::SyscallEnter { task, call } if is_told(&call.get()) => {
                interrupt(&mut out, &mut open);
                let (task, call) = (task.key(), call.get().into_owned());
                let _ = write!(out, "{:<8} {}", names.task(task), before(&call_text(&call), &call));
                under_way.insert(task, call);
                open = Some(task);
            }
            EventKind::SyscallExit { task, result } => {
                let Some(call) = under_way.remove(task) else { continue };
                if open != Some(*task) {
                    interrupt(&mut out, &mut open);
                    let (task, name) = (names.task(*task), call.name());
                    let _ = write!(out, "{task:<8} <... {name} resumed>");
                }
                let _ = writeln!(out, "{}", after(&call_text(&call), &call, &result.get()));
                open = None;
            }
            _ => {}
        }
    }
    if open.is_some() {
        interrupt(&mut out, &mut open);
    }
    out
}

fn interrupt(out: &mut String, open: &mut Option<TaskKey>) {
    if open.take().is_some() {
        out.push_str(" <unfinished ...>\n");
    }
}

/// Whether it is a call to the kernel and not to the simulator.
fn is_told(call: &Syscall) -> bool {
    use Syscall as S;
    !matches!(call, S::Inject { .. } | S::Schedule { .. } | S::Deliver { .. } | S::Hold | S::Nop)
}

/// What the kernel fills in, behind the first argument.
fn is_filled_in(call: &Syscall) -> bool {
    use Syscall as S;
    let waits = matches!(
        call,
        S::EpollWait { .. } | S::EpollPwait { .. } | S::EpollPwait2 { .. } | S::Pipe2 { .. }
    );
    waits || matches!(call, S::Read { .. } | S::Recv { .. } | S::Socketpair { .. })
}

/// What can be told of a call when it begins.
fn before(text: &str, call: &Syscall) -> String {
    let first = match call {
        _ if !is_filled_in(call) => text.strip_suffix(')'),
        Syscall::Pipe2 { .. } => text.split_once('(').map(|(name, _)| name),
        Syscall::Socketpair { .. } => return text.trim_end_matches(')').to_owned() + ", 0, ",
        _ => return text.split_once(',').map_or(text, |(first, _)| first).to_owned() + ", ",
    };
    match call {
        Syscall::Pipe2 { .. } => format!("{}(", first.unwrap_or(text)),
        _ => first.unwrap_or(text).to_owned(),
    }
}

/// The rest of it, with what it gave.
fn after(text: &str, call: &Syscall, result: &SysResult) -> String {
    let list = |items: Vec<String>| format!("[{}]", items.join(", "));
    let rest = match call {
        Syscall::Pipe2 { .. } => text.split_once('(').map(|(_, rest)| rest),
        Syscall::Socketpair { .. } => None,
        _ => text.split_once(", ").map(|(_, rest)| rest),
    };
    let rest = rest.unwrap_or(")");
    let comma = if rest == ")" { "" } else { ", " };
    let (filled, value) = match result {
        Ok(Reply::Int(number)) => (None, number.to_string()),
        Ok(Reply::Bytes(bytes)) => (Some(string(bytes)), bytes.len().to_string()),
        Ok(Reply::Counter(number)) => (Some(format!("[{number}]")), "8".to_owned()),
        Ok(Reply::Fds(first, second)) => (Some(format!("[{first}, {second}]")), "0".to_owned()),
        Ok(Reply::Events(events)) => {
            let count = events.len().to_string();
            (Some(list(events.iter().map(ToString::to_string).collect())), count)
        }
        Ok(Reply::Polled(found)) => {
            let count = found.iter().filter(|entry| !entry.events.is_empty()).count();
            let told: Vec<String> = found.iter().map(ToString::to_string).collect();
            let told = if told.is_empty() { String::new() } else { format!(" ({})", list(told)) };
            (None, format!("{count}{told}"))
        }
        Ok(Reply::Selected(sets)) => {
            let count: usize = sets.iter().map(Vec::len).sum();
            let set = |fds: &Vec<_>| list(fds.iter().map(ToString::to_string).collect());
            (None, format!("{count} ({})", sets.iter().map(set).collect::<Vec<_>>().join(", ")))
        }
        Ok(Reply::Params(params)) => (None, format!("0 ({params})")),
        Err(errno) => (None, format!("-1 {errno} ({})", errno.text())),
    };
    if !is_filled_in(call) {
        return format!(") = {value}");
    }
    // Where nothing was filled in, strace shows the address.
    let empty = if matches!(result, Ok(Reply::Int(0))) { "[]" } else { "0x..." };
    let filled = filled.unwrap_or_else(|| empty.to_owned());
    format!("{filled}{comma}{rest} = {value}")
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::session::Session;

    fn told(source: &str) -> String {
        let session = Session::open(source).unwrap();
        let mut names = Names::default();
        session.records().iter().for_each(|record| names.learn(&record.event));
        transcript(session.records(), &names)
    }

    #[test]
    fn a_run_reads_like_strace() {
        let text = told(concat!(
            "main: ep = epoll_create1(0)\n",
            "main: [rd, wr] = pipe2(O_NONBLOCK)\n",
            "main: epoll_ctl(ep, EPOLL_CTL_ADD, rd, {EPOLLIN, 7})\n",
            "A: epoll_wait(ep, 8, -1)\n",
            "main: write(wr, \"hello\")\n",
            "main: read(rd, 100)\n",
            "main: read(rd, 100)\n",
            "main: close(99)\n",
            "A: epoll_wait(ep, 8, -1)\n",
        ));
        expect![[r#"
            main     epoll_create1(0) = 3
            main     pipe2([4, 5], O_NONBLOCK) = 0
            main     epoll_ctl(3, EPOLL_CTL_ADD, 4, {EPOLLIN, 7}) = 0
            A        epoll_wait(3,  <unfinished ...>
            main     write(5, "hello") = 5
            A        <... epoll_wait resumed>[{EPOLLIN, 7}], 8, -1) = 1
            main     read(4, "hello", 100) = 5
            main     read(4, 0x..., 100) = -1 EAGAIN (Resource temporarily unavailable)
            main     close(99) = -1 EBADF (Bad file descriptor)
            A        epoll_wait(3,  <unfinished ...>
        "#]]
        .assert_eq(&text);
    }

    #[test]
    fn every_lesson_is_told_with_balanced_brackets() {
        for lesson in crate::lessons::ALL {
            let text = told(lesson.source);
            assert!(text.lines().count() > 3, "{}: {text}", lesson.id);
            for line in text.lines() {
                let ends = line.contains(") = ") || line.ends_with("<unfinished ...>");
                assert!(ends, "{}: {line}", lesson.id);
            }
        }
    }
}
