//! Sentences about `poll` and `select`, and about flags.

use crate::kernel::ids::FileKey;
use crate::scene::Names;
use crate::trace::event::{Event, EventKind, PollKind};

use super::epoll::{mask_text, short_mask};
use super::tasks::plural;
use super::{Cx, Explanation, say};

impl Cx<'_> {
    pub(super) fn polls(&self) -> Option<Explanation> {
        let n = self.names;
        let what = match &self.event.kind {
            EventKind::PollBegin { kind, asked, hooking, .. } => {
                let call = kind_name(*kind);
                let hooks = if *hooking {
                    "Each file looked at will hook the caller into its wait queue, until one is ready."
                } else {
                    "The time is 0, so the call will not sleep and hooks nothing."
                };
                say(
                    format!("{call} begins"),
                    format!(
                        "A struct poll_wqueues with 9 entries stands on the stack; {} to look at. {hooks}",
                        plural(*asked as usize, "descriptor")
                    ),
                )
            }
            EventKind::PollChunk { len, .. } => say(
                "A chunk is allocated",
                format!(
                    "Only 30 descriptors fit on the stack, so memory for {len} more is allocated, for this call only."
                ),
            ),
            EventKind::PollPage { .. } => say(
                "A page of entries is allocated",
                "The entries so far are used up; a page holds 63 more, for this call only.",
            ),
            EventKind::SelectBitmaps { bytes, heap, .. } => say(
                "Six bitmaps",
                format!(
                    "Three sets in and three out, {bytes} bytes each, {}.",
                    if *heap {
                        "too much for the stack, so they are allocated"
                    } else {
                        "on the stack"
                    }
                ),
            ),
            EventKind::PollPass { nfds, hooking, .. } => say(
                if *hooking { "The first pass" } else { "A pass" },
                format!("All {nfds} are looked at, from the first to the last, whatever is ready."),
            ),
            EventKind::PollLook { file: Some(file), mask, revents, .. } => say(
                format!("{}: {}", n.file(*file), short_mask(*revents)),
                format!(
                    "{} says {}; of that the call asks for {}.",
                    n.file(*file),
                    mask_text(*mask),
                    mask_text(*revents)
                ),
            ),
            EventKind::PollLook { revents, .. } if revents.is_empty() => {
                say("Passed over", "A negative descriptor: nothing is asked, nothing is found.")
            }
            EventKind::PollLook { .. } => say(
                "POLLNVAL",
                "The descriptor is not open. That counts as found: the call will not sleep.",
            ),
            EventKind::PollArm { file, key, .. } => say(
                format!("An entry for {}", n.file(*file)),
                format!(
                    "{} now has an entry of this call in its wait queue, which listens to {}, and is held until the call ends.",
                    n.file(*file),
                    mask_text(*key)
                ),
            ),
            EventKind::PollPassEnd { count, .. } => say(
                format!("{count} found"),
                if *count == 0 {
                    "Nothing in this pass. Later passes only look: everything is hooked already."
                } else {
                    "The call is about to return, so everything that was hooked is unhooked again."
                },
            ),
            EventKind::PollTriggered { task, triggered: true } => say(
                "triggered = 1",
                format!(
                    "Something that {} asked for has happened. Where, it will have to find out by looking at everything again.",
                    n.task(*task)
                ),
            ),
            EventKind::PollTriggered { task, .. } => {
                say("triggered = 0", format!("{} starts over.", n.task(*task)))
            }
            EventKind::PollDisarm { file, .. } => say(
                format!("{} is unhooked", n.file(*file)),
                "The entry is taken out of the file's wait queue. The next call will hook it in again.",
            ),
            EventKind::PollEnd { .. } => {
                say("Torn down", "Nothing is left in the kernel of what was asked.")
            }
            EventKind::FdCloexec { fd, on, .. } => say(
                format!("FD_CLOEXEC of fd {fd}"),
                format!(
                    "The descriptor would {} execve.",
                    if *on { "be closed by" } else { "stay open over" }
                ),
            ),
            EventKind::FileFlags { file, flags } => say(
                format!("Flags of {}", n.file(*file)),
                format!(
                    "The open file's flags are {flags:#o} now, for all descriptors that stand for it."
                ),
            ),
            EventKind::PipeResize { slots, .. } => say(
                plural(*slots as usize, "slot"),
                format!("The pipe's ring is replaced by one of {slots} pages."),
            ),
            _ => return None,
        };
        Some(what)
    }
}

fn kind_name(kind: PollKind) -> &'static str {
    match kind {
        PollKind::Poll => "poll",
        PollKind::Select => "select",
    }
}

/// These events in a few words.
pub(super) fn brief(event: &Event, n: &Names) -> Option<String> {
    let name = |file: &Option<FileKey>| file.map_or("no file".to_owned(), |file| n.file(file));
    Some(match &event.kind {
        EventKind::PollBegin { kind, nfds, .. } => format!("{} of {nfds}", kind_name(*kind)),
        EventKind::PollChunk { len, .. } => format!("chunk of {len} pollfds"),
        EventKind::PollPage { .. } => "page of 63 entries".to_owned(),
        EventKind::SelectBitmaps { bytes, .. } => format!("6 bitmaps of {bytes} B"),
        EventKind::PollPass { nfds, .. } => format!("pass over {nfds}"),
        EventKind::PollLook { file, revents, .. } => {
            format!("{}: {}", name(file), short_mask(*revents))
        }
        EventKind::PollArm { file, .. } => format!("entry for {}", n.file(*file)),
        EventKind::PollPassEnd { count, .. } => format!("{count} found"),
        EventKind::PollTriggered { triggered, .. } => {
            format!("triggered = {}", u8::from(*triggered))
        }
        EventKind::PollDisarm { file, .. } => format!("unhooks {}", n.file(*file)),
        EventKind::PollEnd { .. } => "torn down".to_owned(),
        EventKind::FdCloexec { fd, on, .. } => format!("fd {fd} close_on_exec = {}", u8::from(*on)),
        EventKind::FileFlags { file, flags } => format!("{} flags = {flags:#o}", n.file(*file)),
        EventKind::PipeResize { slots, .. } => format!("pipe: {slots} slots"),
        _ => return None,
    })
}
