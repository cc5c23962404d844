//! The kernel functions in which traced things happen.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! funcs {
    ($($name:ident in $file:literal;)*) => {
        /// A function of Linux 6.18 that the simulator models under the same name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[expect(non_camel_case_types, missing_docs, reason = "these are the kernel's names")]
        pub enum Func { $($name,)* }

        impl Func {
            /// Every function, in the order of the source files.
            pub const ALL: &'static [Func] = &[$(Func::$name,)*];

            /// The function's name in the kernel source.
            pub fn name(self) -> &'static str {
                match self { $(Func::$name => stringify!($name),)* }
            }

            /// The source file that holds it, from the root of the kernel tree.
            pub fn file(self) -> &'static str {
                match self { $(Func::$name => $file,)* }
            }
        }
    };
}

funcs! {
    // Nothing in particular: the start of the machine, the entry of a call.
    do_syscall_64 in "arch/x86/entry/syscall_64.c";
    do_epoll_create in "fs/eventpoll.c";
    do_epoll_ctl in "fs/eventpoll.c";
    do_epoll_wait in "fs/eventpoll.c";
    ep_find in "fs/eventpoll.c";
    ep_insert in "fs/eventpoll.c";
    ep_modify in "fs/eventpoll.c";
    ep_remove in "fs/eventpoll.c";
    ep_ptable_queue_proc in "fs/eventpoll.c";
    ep_poll_callback in "fs/eventpoll.c";
    ep_poll_safewake in "fs/eventpoll.c";
    ep_item_poll in "fs/eventpoll.c";
    ep_poll in "fs/eventpoll.c";
    ep_send_events in "fs/eventpoll.c";
    ep_start_scan in "fs/eventpoll.c";
    ep_done_scan in "fs/eventpoll.c";
    ep_eventpoll_poll in "fs/eventpoll.c";
    ep_clear_and_put in "fs/eventpoll.c";
    ep_autoremove_wake_function in "fs/eventpoll.c";
    eventpoll_release_file in "fs/eventpoll.c";
    ep_loop_check in "fs/eventpoll.c";
    ep_create_wakeup_source in "fs/eventpoll.c";
    ep_eventpoll_bp_ioctl in "fs/eventpoll.c";
    do_sys_poll in "fs/select.c";
    do_poll in "fs/select.c";
    core_sys_select in "fs/select.c";
    do_select in "fs/select.c";
    __pollwait in "fs/select.c";
    pollwake in "fs/select.c";
    poll_freewait in "fs/select.c";
    do_fcntl in "fs/fcntl.c";
    pipe_set_size in "fs/pipe.c";
    do_sys_openat2 in "fs/open.c";
    rb_insert_color in "lib/rbtree.c";
    rb_erase in "lib/rbtree.c";
    __wake_up_common in "kernel/sched/wait.c";
    autoremove_wake_function in "kernel/sched/wait.c";
    try_to_wake_up in "kernel/sched/core.c";
    schedule in "kernel/sched/core.c";
    hrtimer_wakeup in "kernel/time/hrtimer.c";
    do_nanosleep in "kernel/time/hrtimer.c";
    fd_install in "fs/file.c";
    do_close in "fs/open.c";
    do_dup2 in "fs/file.c";
    __fput in "fs/file_table.c";
    eventfd_read in "fs/eventfd.c";
    eventfd_write in "fs/eventfd.c";
    eventfd_poll in "fs/eventfd.c";
    eventfd_release in "fs/eventfd.c";
    do_eventfd in "fs/eventfd.c";
    copy_process in "kernel/fork.c";
    do_group_exit in "kernel/exit.c";
    do_exit in "kernel/exit.c";
    __send_signal_locked in "kernel/signal.c";
    do_signalfd4 in "fs/signalfd.c";
    signalfd_read_iter in "fs/signalfd.c";
    signalfd_poll in "fs/signalfd.c";
    signalfd_release in "fs/signalfd.c";
    timerfd_create in "fs/timerfd.c";
    do_timerfd_settime in "fs/timerfd.c";
    timerfd_tmrproc in "fs/timerfd.c";
    timerfd_read_iter in "fs/timerfd.c";
    timerfd_poll in "fs/timerfd.c";
    timerfd_release in "fs/timerfd.c";
    do_pipe2 in "fs/pipe.c";
    pipe_read in "fs/pipe.c";
    pipe_write in "fs/pipe.c";
    pipe_poll in "fs/pipe.c";
    pipe_release in "fs/pipe.c";
    __sys_socketpair in "net/socket.c";
    unix_stream_sendmsg in "net/unix/af_unix.c";
    unix_stream_read_generic in "net/unix/af_unix.c";
    unix_poll in "net/unix/af_unix.c";
    unix_release_sock in "net/unix/af_unix.c";
    unix_write_space in "net/unix/af_unix.c";
    sock_def_readable in "net/core/sock.c";
    sock_def_wakeup in "net/core/sock.c";
    sock_wfree in "net/core/sock.c";
    sock_def_error_report in "net/core/sock.c";
    sk_setsockopt in "net/core/sock.c";
    sk_stream_write_space in "net/core/stream.c";
    __skb_recv_datagram in "net/core/datagram.c";
    datagram_poll in "net/core/datagram.c";
    sock_alloc_send_pskb in "net/core/sock.c";
    sock_def_write_space in "net/core/sock.c";
    net_rx_action in "net/core/dev.c";
    loopback_xmit in "drivers/net/loopback.c";
    unix_shutdown in "net/unix/af_unix.c";
    inet_wait_for_connect in "net/ipv4/af_inet.c";
    inet_csk_accept in "net/ipv4/inet_connection_sock.c";
    tcp_v4_connect in "net/ipv4/tcp_ipv4.c";
    tcp_v4_rcv in "net/ipv4/tcp_ipv4.c";
    tcp_v4_do_rcv in "net/ipv4/tcp_ipv4.c";
    tcp_poll in "net/ipv4/tcp.c";
    tcp_sendmsg in "net/ipv4/tcp.c";
    tcp_recvmsg in "net/ipv4/tcp.c";
    tcp_shutdown in "net/ipv4/tcp.c";
    tcp_close in "net/ipv4/tcp.c";
    tcp_send_fin in "net/ipv4/tcp_output.c";
    tcp_child_process in "net/ipv4/tcp_minisocks.c";
    tcp_rcv_synsent_state_process in "net/ipv4/tcp_input.c";
    tcp_reset in "net/ipv4/tcp_input.c";
    tcp_data_queue in "net/ipv4/tcp_input.c";
    tcp_urg in "net/ipv4/tcp_input.c";
    tcp_fin in "net/ipv4/tcp_input.c";
}

impl fmt::Display for Func {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
