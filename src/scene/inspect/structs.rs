//! The structures, field by field: Linux 6.18 (offsets as in 6.18.44), and what 4.x had instead.

use super::layout::{Field, Struct};

const fn field(name: &'static str, ty: &'static str, old: &'static str, over: usize) -> Field {
    Field { name, ty, old, over }
}

/// `struct eventpoll`
pub static EVENTPOLL: Struct = Struct {
    name: "struct eventpoll",
    old: "",
    file: "fs/eventpoll.c",
    partial: false,
    fields: &[
        field("mtx", "struct mutex", "", 0),
        field("wq", "wait_queue_head_t", "", 0),
        field("poll_wait", "wait_queue_head_t", "", 0),
        field("rdllist", "struct list_head", "", 0),
        field("lock", "spinlock_t", "lock (wq.lock in 4.19)", 0),
        field("seq", "seqcount_spinlock_t", "—", 0),
        field("rbr", "struct rb_root_cached", "rbr (struct rb_root, up to 4.14)", 0),
        field("ovflist", "struct epitem *", "", 0),
        field("ws", "struct wakeup_source *", "", 0),
        field("user", "struct user_struct *", "", 0),
        field("file", "struct file *", "", 0),
        field("gen", "u64", "visited, visited_list_link", 0),
        field("refs", "struct hlist_head", "—", 0),
        field("loop_check_depth", "u8", "—", 0),
        field("refcount", "refcount_t", "—", 0),
        field("rcu", "struct rcu_head", "—", 0),
        field("napi_id", "unsigned int", "", 0),
        field("busy_poll_usecs", "u32", "—", 0),
        field("busy_poll_budget", "u16", "—", 0),
        field("prefer_busy_poll", "bool", "—", 0),
    ],
};

/// `struct epitem`
pub static EPITEM: Struct = Struct {
    name: "struct epitem",
    old: "",
    file: "fs/eventpoll.c",
    partial: false,
    fields: &[
        field("rbn.__rb_parent_color", "unsigned long", "", 0),
        field("rbn.rb_right", "struct rb_node *", "", 0),
        field("rbn.rb_left", "struct rb_node *", "", 0),
        field("rcu", "struct rcu_head", "", 3),
        field("rdllink", "struct list_head", "", 0),
        field("ovflist_next", "struct epitem *", "next", 0),
        field("ffd.file", "struct file * packed", "", 0),
        field("ffd.fd", "int packed", "", 0),
        field("dying", "bool", "nwait", 0),
        field("pwqlist", "struct eppoll_entry *", "pwqlist (struct list_head)", 0),
        field("ep", "struct eventpoll *", "", 0),
        field("fllink", "struct hlist_node", "fllink (struct list_head)", 0),
        field("ws", "struct wakeup_source *", "", 0),
        field("event.events", "__u32 packed", "", 0),
        field("event.data", "__u64 packed", "", 0),
    ],
};

/// `struct eppoll_entry`
pub static EPPOLL_ENTRY: Struct = Struct {
    name: "struct eppoll_entry",
    old: "",
    file: "fs/eventpoll.c",
    partial: false,
    fields: &[
        field("next", "struct eppoll_entry *", "llink", 0),
        field("base", "struct epitem *", "", 0),
        field("wait", "wait_queue_entry_t", "", 0),
        field("whead", "wait_queue_head_t *", "", 0),
    ],
};

/// `struct wait_queue_head`
pub static WAIT_QUEUE_HEAD: Struct = Struct {
    name: "struct wait_queue_head",
    old: "struct __wait_queue_head",
    file: "include/linux/wait.h",
    partial: false,
    fields: &[
        field("lock", "spinlock_t", "", 0),
        field("head", "struct list_head", "task_list", 0),
    ],
};

/// `struct wait_queue_entry`
pub static WAIT_QUEUE_ENTRY: Struct = Struct {
    name: "struct wait_queue_entry",
    old: "struct __wait_queue",
    file: "include/linux/wait.h",
    partial: false,
    fields: &[
        field("flags", "unsigned int", "", 0),
        field("private", "void *", "", 0),
        field("func", "wait_queue_func_t *", "", 0),
        field("entry", "struct list_head", "task_list", 0),
    ],
};

/// `struct poll_table_entry`
pub static POLL_TABLE_ENTRY: Struct = Struct {
    name: "struct poll_table_entry",
    old: "",
    file: "include/linux/poll.h",
    partial: false,
    fields: &[
        field("filp", "struct file *", "", 0),
        field("key", "__poll_t", "", 0),
        field("wait", "wait_queue_entry_t", "", 0),
        field("wait_address", "wait_queue_head_t *", "", 0),
    ],
};

/// `struct poll_wqueues`
pub static POLL_WQUEUES: Struct = Struct {
    name: "struct poll_wqueues",
    old: "",
    file: "include/linux/poll.h",
    partial: false,
    fields: &[
        field("pt._qproc", "poll_queue_proc *", "", 0),
        field("pt._key", "__poll_t", "", 0),
        field("table", "struct poll_table_page *", "", 0),
        field("polling_task", "struct task_struct *", "", 0),
        field("triggered", "int", "", 0),
        field("error", "int", "", 0),
        field("inline_index", "int", "", 0),
        field("inline_entries", "struct poll_table_entry[9]", "", 0),
    ],
};

/// `struct poll_list`
pub static POLL_LIST: Struct = Struct {
    name: "struct poll_list",
    old: "",
    file: "fs/select.c",
    partial: false,
    fields: &[
        field("next", "struct poll_list *", "", 0),
        field("len", "unsigned int", "len (int)", 0),
    ],
};

/// `fd_set_bits`
pub static FD_SET_BITS: Struct = Struct {
    name: "fd_set_bits",
    old: "",
    file: "fs/select.c",
    partial: false,
    fields: &[
        field("in", "unsigned long *", "", 0),
        field("out", "unsigned long *", "", 0),
        field("ex", "unsigned long *", "", 0),
        field("res_in", "unsigned long *", "", 0),
        field("res_out", "unsigned long *", "", 0),
        field("res_ex", "unsigned long *", "", 0),
    ],
};

/// `struct epoll_event`
pub static EPOLL_EVENT: Struct = Struct {
    name: "struct epoll_event",
    old: "",
    file: "include/uapi/linux/eventpoll.h",
    partial: false,
    fields: &[field("events", "__u32 packed", "", 0), field("data", "__u64 packed", "", 0)],
};

/// `struct file`
pub static FILE: Struct = Struct {
    name: "struct file",
    old: "",
    file: "include/linux/fs.h",
    partial: false,
    fields: &[
        field("f_lock", "spinlock_t", "", 0),
        field("f_mode", "fmode_t", "", 0),
        field("f_op", "const struct file_operations *", "", 0),
        field("f_mapping", "struct address_space *", "", 0),
        field("private_data", "void *", "", 0),
        field("f_inode", "struct inode *", "", 0),
        field("f_flags", "unsigned int", "", 0),
        field("f_iocb_flags", "unsigned int", "—", 0),
        field("f_cred", "const struct cred *", "", 0),
        field("f_owner", "struct fown_struct *", "f_owner (struct fown_struct)", 0),
        field("f_path", "struct path", "", 0),
        field("f_pos_lock", "struct mutex", "", 0),
        field("f_pipe", "u64", "—", 1),
        field("f_pos", "loff_t", "", 0),
        field("f_security", "void *", "", 0),
        field("f_wb_err", "errseq_t", "", 0),
        field("f_sb_err", "errseq_t", "—", 0),
        field("f_ep", "struct hlist_head *", "f_ep_links", 0),
        field("f_ra", "struct file_ra_state", "", 0),
        field("f_ref", "file_ref_t", "f_count", 0),
    ],
};

/// `struct eventfd_ctx`
pub static EVENTFD_CTX: Struct = Struct {
    name: "struct eventfd_ctx",
    old: "",
    file: "fs/eventfd.c",
    partial: false,
    fields: &[
        field("kref", "struct kref", "", 0),
        field("wqh", "wait_queue_head_t", "", 0),
        field("count", "__u64", "", 0),
        field("flags", "unsigned int", "", 0),
        field("id", "int", "", 0),
    ],
};

/// `struct timerfd_ctx`
pub static TIMERFD_CTX: Struct = Struct {
    name: "struct timerfd_ctx",
    old: "",
    file: "fs/timerfd.c",
    partial: false,
    fields: &[
        field("t", "union { hrtimer; alarm }", "", 0),
        field("tintv", "ktime_t", "", 0),
        field("moffs", "ktime_t", "", 0),
        field("wqh", "wait_queue_head_t", "", 0),
        field("ticks", "u64", "", 0),
        field("clockid", "int", "", 0),
        field("expired", "short unsigned", "", 0),
        field("settime_flags", "short unsigned", "", 0),
        field("rcu", "struct rcu_head", "", 0),
        field("clist", "struct list_head", "", 0),
        field("cancel_lock", "spinlock_t", "", 0),
        field("might_cancel", "bool", "", 0),
    ],
};

/// `struct signalfd_ctx`
pub static SIGNALFD_CTX: Struct = Struct {
    name: "struct signalfd_ctx",
    old: "",
    file: "fs/signalfd.c",
    partial: false,
    fields: &[field("sigmask", "sigset_t", "", 0)],
};

/// `struct pipe_inode_info`
pub static PIPE: Struct = Struct {
    name: "struct pipe_inode_info",
    old: "",
    file: "include/linux/pipe_fs_i.h",
    partial: false,
    fields: &[
        field("mutex", "struct mutex", "", 0),
        field("rd_wait", "wait_queue_head_t", "wait", 0),
        field("wr_wait", "wait_queue_head_t", "wait", 0),
        field("head", "unsigned int", "nrbufs", 0),
        field("tail", "unsigned int", "curbuf", 0),
        field("max_usage", "unsigned int", "buffers", 0),
        field("ring_size", "unsigned int", "buffers", 0),
        field("nr_accounted", "unsigned int", "—", 0),
        field("readers", "unsigned int", "", 0),
        field("writers", "unsigned int", "", 0),
        field("files", "unsigned int", "", 0),
        field("r_counter", "unsigned int", "", 0),
        field("w_counter", "unsigned int", "", 0),
        field("poll_usage", "bool", "—", 0),
        field("tmp_page", "struct page *[2]", "tmp_page (one)", 0),
        field("fasync_readers", "struct fasync_struct *", "", 0),
        field("fasync_writers", "struct fasync_struct *", "", 0),
        field("bufs", "struct pipe_buffer *", "", 0),
        field("user", "struct user_struct *", "", 0),
    ],
};

/// `struct sock`
pub static SOCK: Struct = Struct {
    name: "struct sock",
    old: "",
    file: "include/net/sock.h",
    partial: true,
    fields: &[
        field("sk_socket->file", "struct file *", "", 0),
        field("sk_wq->wait", "wait_queue_head_t", "", 0),
        field("sk_family", "u16", "", 0),
        field("sk_state", "u8", "", 0),
        field("sk_shutdown", "u8", "", 0),
        field("sk_err", "int", "", 0),
        field("sk_receive_queue", "struct sk_buff_head", "", 0),
        field("sk_rmem_alloc", "atomic_t", "", 0),
        field("sk_wmem_alloc", "refcount_t", "sk_wmem_alloc (atomic_t)", 0),
        field("sk_sndbuf", "int", "", 0),
        field("sk_socket->flags", "unsigned long", "", 0),
        field("options", "int", "", 0),
        field("sk_backlog", "struct sk_buff *", "", 0),
        field("segments", "struct sk_buff *", "", 0),
    ],
};

/// `struct unix_sock`
pub static UNIX_SOCK: Struct = Struct {
    name: "struct unix_sock",
    old: "",
    file: "include/net/af_unix.h",
    partial: true,
    fields: &[
        field("peer", "struct sock *", "", 0),
        field("oob_skb", "struct sk_buff *", "—", 0),
        field("listener", "struct sock *", "—", 0),
        field("inflight", "unsigned long", "", 0),
    ],
};

/// `struct tcp_sock`
pub static TCP_SOCK: Struct = Struct {
    name: "struct tcp_sock",
    old: "",
    file: "include/linux/tcp.h",
    partial: true,
    fields: &[
        field("inet_num", "u16", "", 0),
        field("peer", "struct sock *", "", 0),
        field("icsk_accept_queue", "struct request_sock_queue", "", 0),
        field("urg_data", "u16", "", 0),
        field("copied_seq", "u32", "", 0),
        field("write_seq", "u32", "", 0),
        field("snd_wnd", "u32", "", 0),
    ],
};

/// `struct inet_sock`
pub static INET_SOCK: Struct = Struct {
    name: "struct inet_sock",
    old: "",
    file: "include/net/inet_sock.h",
    partial: true,
    fields: &[field("inet_num", "u16", "", 0), field("peer", "struct sock *", "", 0)],
};

/// `struct task_struct`
pub static TASK: Struct = Struct {
    name: "struct task_struct",
    old: "",
    file: "include/linux/sched.h",
    partial: true,
    fields: &[
        field("comm", "char[16]", "", 0),
        field("__state", "unsigned int", "state (volatile long)", 0),
        field("mm / files", "struct files_struct *", "", 0),
        field("syscall", "orig_ax, arguments", "", 0),
        field("return value", "ax", "", 0),
        field("blocked", "sigset_t", "", 0),
        field("pending", "struct sigpending", "", 0),
        field("sleep timer", "struct hrtimer", "", 0),
        field("fault to come", "(playground)", "", 0),
        field("user memory", "struct epoll_event *", "", 0),
        field("on stack", "struct poll_wqueues", "", 0),
    ],
};

/// `struct files_struct`
pub static FILES: Struct = Struct {
    name: "struct files_struct",
    old: "",
    file: "include/linux/fdtable.h",
    partial: true,
    fields: &[
        field("tasks", "struct task_struct *", "", 0),
        field("fdt->fd", "struct file **", "", 0),
        field("fdt->close_on_exec", "unsigned long *", "", 0),
    ],
};

/// `struct sighand_struct`
pub static SIGHAND: Struct = Struct {
    name: "struct sighand_struct",
    old: "",
    file: "include/linux/sched/signal.h",
    partial: true,
    fields: &[
        field("action", "struct k_sigaction[64]", "", 0),
        field("signalfd_wqh", "wait_queue_head_t", "", 0),
    ],
};

/// `machine`
pub static MACHINE: Struct = Struct {
    name: "machine",
    old: "",
    file: "fs/eventpoll.c",
    partial: true,
    fields: &[
        field("clock", "ktime_t", "", 0),
        field(
            "user->epoll_watches",
            "struct percpu_counter",
            "user->epoll_watches (atomic_long_t)",
            0,
        ),
        field("max_user_watches", "long", "", 0),
        field("RLIMIT_NOFILE", "unsigned long", "", 0),
        field("sysctl_wmem_default", "u32", "", 0),
        field("CAP_BLOCK_SUSPEND", "capability", "", 0),
        field("CAP_NET_ADMIN", "capability", "", 0),
        field("segments on their way", "struct sk_buff *", "", 0),
        field("TIME-WAIT", "struct inet_timewait_sock *", "", 0),
    ],
};

/// All of them.
pub static ALL: &[&Struct] = &[
    &EVENTPOLL,
    &EPITEM,
    &EPPOLL_ENTRY,
    &WAIT_QUEUE_HEAD,
    &WAIT_QUEUE_ENTRY,
    &POLL_TABLE_ENTRY,
    &POLL_WQUEUES,
    &POLL_LIST,
    &FD_SET_BITS,
    &EPOLL_EVENT,
    &FILE,
    &EVENTFD_CTX,
    &TIMERFD_CTX,
    &SIGNALFD_CTX,
    &PIPE,
    &SOCK,
    &UNIX_SOCK,
    &TCP_SOCK,
    &INET_SOCK,
    &TASK,
    &FILES,
    &SIGHAND,
    &MACHINE,
];
