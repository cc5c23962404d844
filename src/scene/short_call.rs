//! A call and its result in as few characters as a task's card has room for.

use super::explain::short_mask;
use crate::kernel::syscall::{Reply, SysResult, Syscall};
use crate::session::strace::{call_text, result_text};

/// A call as a card has it, and what it gave: at most `room` characters together. Flags are as short
/// as on the tree's nodes; what is too long for that ends in a mark that something is left out.
pub fn short_call(call: &Syscall, result: Option<&SysResult>, room: usize) -> (String, String) {
    let result = match result {
        None => String::new(),
        Some(Ok(Reply::Events(events))) => format!(" = {}", events.len()),
        Some(Ok(_)) => format!(" = {}", result.map(result_text).unwrap_or_default()),
        Some(Err(errno)) => format!(" = −1 {errno}"),
    };
    let text = brief(call);
    let result = cut(result, room.saturating_sub(text.chars().count()).max(room / 3), "…");
    let left = room.saturating_sub(result.chars().count()).max(8);
    (cut(text, left, "…)"), result)
}

/// The call with flags as short as they are on stage.
fn brief(call: &Syscall) -> String {
    match call {
        Syscall::EpollCtl { event: Some(event), .. } => {
            let text = call_text(call).replace("EPOLL_CTL_", "");
            let head = text.split('{').next().unwrap_or_default();
            format!("{head}{{{}, {}}})", short_mask(event.events), event.data)
        }
        Syscall::EpollCtl { .. } => call_text(call).replace("EPOLL_CTL_", ""),
        Syscall::Poll { .. } => call_text(call).replace("POLL", ""),
        _ => call_text(call),
    }
}

/// A text of so many characters at the most, `end` included.
fn cut(text: String, most: usize, end: &str) -> String {
    if text.chars().count() <= most {
        return text;
    }
    let kept = most.saturating_sub(end.chars().count());
    text.chars().take(kept).chain(end.chars()).collect()
}
