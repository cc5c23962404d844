//! Sentences about what a scenario switches on, about wakeup sources and busy polling.

use crate::kernel::ids::EpitemKey;
use crate::kernel::syscall::Fault;
use crate::scene::Names;
use crate::trace::event::{Event, EventKind};

use super::{Cx, Explanation, say};

fn whose(n: &Names, epi: Option<EpitemKey>) -> String {
    epi.map_or_else(|| "the instance".to_owned(), |epi| n.epi(epi))
}

/// The event as a line of a list.
pub(super) fn brief(event: &Event, n: &Names) -> Option<String> {
    Some(match &event.kind {
        EventKind::WakeupSourceNew { epi, .. } => format!("wakeup source for {}", whose(n, *epi)),
        EventKind::WakeupSourceFree { epi, .. } => format!("{}: ws freed", whose(n, *epi)),
        EventKind::PmStayAwake { epi, .. } => format!("stay awake for {}", whose(n, *epi)),
        EventKind::PmRelax { epi, .. } => format!("relax: {}", whose(n, *epi)),
        EventKind::EpollParams { params, .. } => format!("busy poll {params}"),
        EventKind::Configured(config) => format!("max_user_watches {}", config.max_user_watches),
        EventKind::FaultSet { fault: Some(fault), .. } => match fault {
            Fault::Enomem(0) | Fault::Enfile(0) => "fault spent".to_owned(),
            Fault::Enomem(n) => format!("allocation {n} will fail"),
            Fault::Enfile(n) => format!("file {n} will be too many"),
            Fault::Efault(n) => format!("memory is bad from {n}"),
        },
        EventKind::FaultSet { .. } => "no fault".to_owned(),
        EventKind::SkbInside { left: Some(left), .. } => format!("a buffer inside: {left} B left"),
        EventKind::SkbInside { .. } => "a buffer inside is freed".to_owned(),
        EventKind::AllocFail { what, .. } => format!("no memory: {}", what.name()),
        EventKind::UserFault { .. } => "bad user memory".to_owned(),
        _ => return None,
    })
}

impl Cx<'_> {
    pub(super) fn switches(&self) -> Option<Explanation> {
        let n = self.names;
        Some(match &self.event.kind {
            EventKind::WakeupSourceNew { epi, .. } => say(
                format!("A wakeup source for {}", whose(n, *epi)),
                "EPOLLWAKEUP: while it is held, the system does not suspend.",
            ),
            EventKind::WakeupSourceFree { epi, .. } => {
                say(format!("{} loses its wakeup source", whose(n, *epi)), "Nothing needs it.")
            }
            EventKind::PmStayAwake { epi: Some(epi), .. } => say(
                format!("Awake for {}", n.epi(*epi)),
                "The item is ready: the system must not suspend before somebody has looked at it.",
            ),
            EventKind::PmStayAwake { .. } => say(
                "Awake for the scan",
                "The instance's own source takes over before the item's is let go, so that there is no gap.",
            ),
            EventKind::PmRelax { epi, .. } => say(
                format!("{} lets the system rest", whose(n, *epi)),
                "Its wakeup source is released.",
            ),
            EventKind::EpollParams { params, .. } => say(
                "Busy polling",
                format!(
                    "A waiter would ask the network device itself for {} µs, {} packets a round, before it sleeps{}. Loopback has no device to ask.",
                    params.usecs,
                    params.budget,
                    if params.prefer == 1 { ", with interrupts off meanwhile" } else { "" }
                ),
            ),
            EventKind::Configured(config) => say(
                "The machine is set up",
                format!(
                    "A user may have {} watches; CAP_BLOCK_SUSPEND: {}; CAP_NET_ADMIN: {}.",
                    config.max_user_watches, config.cap_block_suspend, config.cap_net_admin
                ),
            ),
            EventKind::FaultSet { task, fault: Some(Fault::Efault(good)) } => say(
                "Bad memory ahead",
                format!(
                    "In the next call of {}, what it passes ends after {good} elements at a page that is not there.",
                    n.task(*task)
                ),
            ),
            EventKind::FaultSet { fault: Some(_), .. } => {
                say("Little memory ahead", "One of the allocations to come will fail.")
            }
            EventKind::FaultSet { .. } => say("All is well again", "The call is over."),
            EventKind::SkbInside { left: Some(_), .. } => say(
                "Out of turn",
                "The byte out of band is read before what stands in front of it. Its buffer stays in the queue, empty: the mark at which a read stops.",
            ),
            EventKind::SkbInside { .. } => {
                say("A buffer inside the queue is freed", "It was read out of turn before.")
            }
            EventKind::AllocFail { what, .. } => say(
                format!("No {}", what.name()),
                "The allocation fails: what the call has done so far is undone.",
            ),
            EventKind::UserFault { .. } => say(
                "A page that is not there",
                "The copy stops here. What was copied before counts; if that is nothing, the call gives EFAULT.",
            ),
            _ => return None,
        })
    }
}
