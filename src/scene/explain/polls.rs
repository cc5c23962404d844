//! What is said about `poll` and `select`.

use crate::trace::event::{EventKind, PollKind};

use super::epoll::{mask_text, short_mask};
use super::words::yes;
use super::{Cx, Said};

impl Cx<'_> {
    pub(super) fn polls(&self) -> Option<Said> {
        let n = self.names;
        Some(match &self.event.kind {
            EventKind::PollBegin { kind, nfds, asked, hooking, .. } => say!(
                "event-poll-begin",
                call = kind_name(*kind),
                nfds = *nfds,
                asked = *asked,
                hooking = yes(*hooking)
            ),
            EventKind::PollChunk { len, .. } => say!("event-poll-chunk", len = *len),
            EventKind::PollPage { .. } => say!("event-poll-page"),
            EventKind::SelectBitmaps { bytes, heap, .. } => {
                say!("event-select-bitmaps", bytes = *bytes, heap = yes(*heap))
            }
            EventKind::PollPass { nfds, hooking, .. } => {
                say!("event-poll-pass", nfds = *nfds, hooking = yes(*hooking))
            }
            EventKind::PollLook { file, mask, revents, .. } => say!(
                "event-poll-look",
                what = match file {
                    Some(_) => "file",
                    None if revents.is_empty() => "negative",
                    None => "invalid",
                },
                file = file.map_or_else(String::new, |file| n.file(file)),
                mask = mask_text(*mask),
                revents = mask_text(*revents),
                short = short_mask(*revents)
            ),
            EventKind::PollArm { file, key, .. } => {
                say!("event-poll-arm", file = n.file(*file), key = mask_text(*key))
            }
            EventKind::PollPassEnd { count, .. } => say!("event-poll-pass-end", count = *count),
            EventKind::PollTriggered { task, triggered } => say!(
                "event-poll-triggered",
                task = n.task(*task),
                on = yes(*triggered),
                bit = u8::from(*triggered)
            ),
            EventKind::PollDisarm { file, .. } => say!("event-poll-disarm", file = n.file(*file)),
            EventKind::PollEnd { .. } => say!("event-poll-end"),
            _ => return None,
        })
    }
}

fn kind_name(kind: PollKind) -> &'static str {
    match kind {
        PollKind::Poll => "poll",
        PollKind::Select => "select",
    }
}
