//! The glossary: the words that one meets here, each with its place in the kernel source and on stage.

use crate::i18n::say;
use crate::scene::layout::ListKind;

use super::super::Scene;
use super::Thing;

/// A word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// Its name in links and messages: `glossary-ID` says what it is.
    pub id: &'static str,
    /// The kernel's name for it; what has none is named by `glossary-ID.name`.
    name: &'static str,
    /// The identifier under which the kernel source is searched.
    pub ident: &'static str,
    /// The file that it is in.
    pub file: &'static str,
    /// Fields of structures that it stands for.
    fields: &'static [&'static str],
}

const fn term(
    id: &'static str,
    name: &'static str,
    ident: &'static str,
    file: &'static str,
    fields: &'static [&'static str],
) -> Term {
    Term { id, name, ident, file, fields }
}

/// All of them.
pub static TERMS: &[Term] = &[
    term("eventpoll", "struct eventpoll", "eventpoll", "fs/eventpoll.c", &["ep"]),
    term("epitem", "struct epitem", "epitem", "fs/eventpoll.c", &["base", "next"]),
    term("eppoll_entry", "struct eppoll_entry", "eppoll_entry", "fs/eventpoll.c", &["pwqlist"]),
    term(
        "filefd",
        "struct epoll_filefd",
        "epoll_filefd",
        "fs/eventpoll.c",
        &["ffd.file", "ffd.fd"],
    ),
    term(
        "rbr",
        "rbr",
        "ep_rbtree_insert",
        "fs/eventpoll.c",
        &["rbr", "rbn.__rb_parent_color", "rbn.rb_right", "rbn.rb_left"],
    ),
    term("interest-set", "", "do_epoll_ctl", "fs/eventpoll.c", &[]),
    term("rdllist", "rdllist", "ep_send_events", "fs/eventpoll.c", &["rdllist", "rdllink"]),
    term("txlist", "txlist", "ep_start_scan", "fs/eventpoll.c", &[]),
    term("ovflist", "ovflist", "ep_done_scan", "fs/eventpoll.c", &["ovflist", "ovflist_next"]),
    term("wq", "wq", "ep_poll", "fs/eventpoll.c", &["wq"]),
    term("poll_wait", "poll_wait", "ep_eventpoll_poll", "fs/eventpoll.c", &["poll_wait"]),
    term("mtx", "mtx", "do_epoll_ctl", "fs/eventpoll.c", &["mtx"]),
    term("lock", "lock", "ep_poll_callback", "fs/eventpoll.c", &["lock"]),
    term("ws", "ws", "ep_create_wakeup_source", "fs/eventpoll.c", &["ws"]),
    term("refs", "refs", "eventpoll_release_file", "fs/eventpoll.c", &["refs", "fllink", "f_ep"]),
    term(
        "epoll_event",
        "struct epoll_event",
        "epoll_event",
        "include/uapi/linux/eventpoll.h",
        &["event.events", "event.data", "events", "data", "user"],
    ),
    term("file", "struct file", "file", "include/linux/fs.h", &["file", "filp"]),
    term("descriptor", "", "files_struct", "include/linux/fdtable.h", &["fdt->fd"]),
    term(
        "wait_queue_head",
        "struct wait_queue_head",
        "wait_queue_head",
        "include/linux/wait.h",
        &[
            "wqh",
            "rd_wait",
            "wr_wait",
            "whead",
            "wait_address",
            "sk_wq->wait",
            "signalfd_wqh",
            "head",
        ],
    ),
    term(
        "wait_queue_entry",
        "struct wait_queue_entry",
        "wait_queue_entry",
        "include/linux/wait.h",
        &["wait", "func", "private", "flags", "entry"],
    ),
    term("ep_insert", "ep_insert", "ep_insert", "fs/eventpoll.c", &[]),
    term("ep_poll_callback", "ep_poll_callback", "ep_poll_callback", "fs/eventpoll.c", &[]),
    term("ep_poll", "ep_poll", "ep_poll", "fs/eventpoll.c", &[]),
    term("ep_send_events", "ep_send_events", "ep_send_events", "fs/eventpoll.c", &[]),
    term("ep_item_poll", "ep_item_poll", "ep_item_poll", "fs/eventpoll.c", &[]),
    term(
        "ep_ptable_queue_proc",
        "ep_ptable_queue_proc",
        "ep_ptable_queue_proc",
        "fs/eventpoll.c",
        &["pt._qproc"],
    ),
    term(
        "ep_autoremove_wake_function",
        "ep_autoremove_wake_function",
        "ep_autoremove_wake_function",
        "fs/eventpoll.c",
        &[],
    ),
    term("wake_up", "__wake_up_common", "__wake_up_common", "kernel/sched/wait.c", &[]),
    term("try_to_wake_up", "try_to_wake_up", "try_to_wake_up", "kernel/sched/core.c", &["__state"]),
    term("level", "", "ep_send_events", "fs/eventpoll.c", &[]),
    term("edge", "", "ep_send_events", "fs/eventpoll.c", &[]),
    term("oneshot", "EPOLLONESHOT", "EPOLLONESHOT", "include/uapi/linux/eventpoll.h", &[]),
    term("exclusive", "", "EPOLLEXCLUSIVE", "include/uapi/linux/eventpoll.h", &[]),
    term("key", "", "ep_poll_callback", "fs/eventpoll.c", &["key", "pt._key"]),
    term("poll_table", "poll_table", "poll_table_struct", "include/linux/poll.h", &[]),
    term(
        "poll_wqueues",
        "struct poll_wqueues",
        "poll_wqueues",
        "include/linux/poll.h",
        &["table", "inline_entries", "triggered", "polling_task", "inline_index"],
    ),
    term("pollwake", "pollwake", "pollwake", "fs/select.c", &[]),
    term(
        "fd_set",
        "fd_set_bits",
        "fd_set_bits",
        "fs/select.c",
        &["in", "out", "ex", "res_in", "res_out", "res_ex"],
    ),
    term("spurious", "", "ep_poll", "fs/eventpoll.c", &[]),
    term("herd", "", "__wake_up_common", "kernel/sched/wait.c", &[]),
    term("softirq", "softirq", "net_rx_action", "net/core/dev.c", &[]),
    term("nested", "", "ep_loop_check", "fs/eventpoll.c", &["gen", "loop_check_depth"]),
    term(
        "busy-poll",
        "",
        "ep_busy_loop",
        "fs/eventpoll.c",
        &["napi_id", "busy_poll_usecs", "busy_poll_budget", "prefer_busy_poll"],
    ),
    term(
        "watches",
        "max_user_watches",
        "max_user_watches",
        "fs/eventpoll.c",
        &["max_user_watches", "user->epoll_watches"],
    ),
    term(
        "sock",
        "struct sock",
        "sock",
        "include/net/sock.h",
        &[
            "sk_state",
            "sk_shutdown",
            "sk_err",
            "sk_sndbuf",
            "sk_wmem_alloc",
            "peer",
            "sk_socket->flags",
        ],
    ),
    term("receive-queue", "", "sk_buff", "include/linux/skbuff.h", &["sk_receive_queue"]),
    term(
        "accept-queue",
        "",
        "inet_csk_accept",
        "net/ipv4/inet_connection_sock.c",
        &["icsk_accept_queue"],
    ),
    term("backlog", "sk_backlog", "sk_backlog", "include/net/sock.h", &["sk_backlog"]),
    term(
        "pipe",
        "struct pipe_inode_info",
        "pipe_inode_info",
        "include/linux/pipe_fs_i.h",
        &["bufs", "max_usage", "readers", "writers", "poll_usage", "ring_size", "tail"],
    ),
    term("slack", "", "select_estimate_accuracy", "fs/select.c", &[]),
];

impl Term {
    /// What it is called, in the reader's language where the kernel has no name for it.
    pub fn title(&self) -> String {
        if self.name.is_empty() {
            say(&format!("glossary-{}.name", self.id), &[])
        } else {
            self.name.to_owned()
        }
    }

    /// What it is.
    pub fn text(&self) -> String {
        say(&format!("glossary-{}", self.id), &[])
    }

    /// Whether it has to do with some words, in any case.
    pub fn matches(&self, words: &str) -> bool {
        let text = format!("{} {} {} {}", self.title(), self.text(), self.ident, self.id);
        let text = text.to_lowercase();
        words.split_whitespace().all(|word| text.contains(&word.to_lowercase()))
    }

    /// Where such a thing is on stage now.
    pub fn on_stage(&self, scene: &Scene) -> Option<Thing> {
        let ep = || scene.eventpolls.keys().next().copied();
        let item = |wanted: &dyn Fn(&super::super::Epitem) -> bool| {
            let mut items = scene.epitems.iter();
            items.find(|(_, item)| wanted(item)).map(|(epi, _)| Thing::Item(*epi))
        };
        let list = |kind| ep().map(|ep| Thing::List(ep, kind));
        use crate::kernel::abi::Events;
        match self.id {
            "eventpoll" | "interest-set" | "watches" | "busy-poll" => ep().map(Thing::Ep),
            "mtx" | "lock" => ep().map(Thing::Locks),
            "rbr" | "epitem" | "filefd" | "epoll_event" | "ep_item_poll" => item(&|_| true),
            "rdllist" | "ep_send_events" => list(ListKind::Rdllist),
            "txlist" => {
                let scans = scene.eventpolls.iter().find(|(_, ep)| ep.ovflist.is_some());
                scans.map(|(ep, _)| Thing::List(*ep, ListKind::Txlist))
            }
            "ovflist" => list(ListKind::Ovflist),
            "wq" | "ep_poll" | "ep_autoremove_wake_function" => list(ListKind::Wq),
            "poll_wait" => list(ListKind::PollWait),
            "edge" => item(&|item| item.events.contains(Events::EPOLLET)),
            "level" => item(&|item| !item.events.contains(Events::EPOLLET)),
            "oneshot" => {
                item(&|item| item.events.contains(Events::EPOLLONESHOT) || item.is_disarmed())
            }
            "ws" => item(&|item| item.ws.is_some()),
            "nested" => {
                let inner = |file| scene.files.get(&file).is_some_and(|file| is_ep(file));
                item(&|item| inner(item.new.file))
            }
            _ => self.beneath(scene),
        }
    }

    /// The same for what is on the lower and the upper floor.
    fn beneath(&self, scene: &Scene) -> Option<Thing> {
        use crate::trace::event::Waiter;
        let entry = |wanted: &dyn Fn(&super::super::WaitEntry) -> bool| {
            let mut entries = scene.wait_queues.values().flat_map(|queue| queue.entries.iter());
            entries.find(|entry| wanted(entry)).map(|entry| Thing::Entry(entry.entry))
        };
        let sock = |wanted: &dyn Fn(&super::super::Sock) -> bool| {
            let mut socks = scene.socks.iter();
            socks.find(|(_, sock)| wanted(sock)).map(|(sock, _)| Thing::Sock(*sock))
        };
        let is_poll = |waiter| matches!(waiter, Waiter::Poll { .. });
        match self.id {
            "eppoll_entry" | "ep_poll_callback" | "ep_ptable_queue_proc" => {
                entry(&|entry| matches!(entry.waiter, Waiter::Epitem(_)))
            }
            "wait_queue_entry" => entry(&|_| true),
            "pollwake" | "poll_table" => entry(&|entry| is_poll(entry.waiter)),
            "exclusive" => entry(&|entry| entry.exclusive),
            "wait_queue_head" | "wake_up" => {
                let mut queues = scene.wait_queues.iter();
                queues.find(|(_, q)| !q.entries.is_empty()).map(|(wq, _)| Thing::Queue(*wq))
            }
            "poll_wqueues" | "fd_set" => {
                let mut tasks = scene.tasks.iter();
                tasks.find(|(_, task)| task.poll.is_some()).map(|(task, _)| Thing::Task(*task))
            }
            "refs" => {
                let mut files = scene.files.iter();
                files.find(|(_, f)| !f.f_ep.is_empty()).map(|(file, _)| Thing::File(*file))
            }
            "file" => scene.files.keys().next_back().map(|file| Thing::File(*file)),
            "descriptor" => scene.processes.keys().next().map(|process| Thing::Process(*process)),
            "try_to_wake_up" => scene.tasks.keys().next().map(|task| Thing::Task(*task)),
            "sock" => sock(&|_| true),
            "receive-queue" => sock(&|sock| !sock.receive_queue.is_empty()),
            "accept-queue" => sock(&|sock| !sock.accept_queue.is_empty()),
            "backlog" => sock(&|sock| !sock.backlog.is_empty()),
            "pipe" => scene.pipes.keys().next().map(|pipe| Thing::Pipe(*pipe)),
            _ => None,
        }
    }
}

fn is_ep(file: &super::super::File) -> bool {
    matches!(file.new.kind, crate::trace::event::FileKind::Eventpoll(_))
}

/// The word for a field of a structure.
pub fn of_field(name: &str) -> Option<&'static Term> {
    TERMS.iter().find(|term| term.fields.contains(&name))
}

/// The word of this id.
pub fn by_id(id: &str) -> Option<&'static Term> {
    TERMS.iter().find(|term| term.id == id)
}
