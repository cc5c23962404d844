//! What each kernel function is for, in a sentence.

use crate::trace::Func;

/// What the function does.
pub(super) fn purpose(func: Func) -> &'static str {
    match func {
        Func::do_syscall_64 => {
            "The processor has switched to the kernel; the call's number picks the function."
        }
        Func::do_epoll_create => {
            "Makes a struct eventpoll and an anonymous file whose private data it is."
        }
        Func::do_epoll_ctl => {
            "Checks the arguments in a fixed order, takes ep->mtx and looks for the item by (file, fd)."
        }
        Func::do_epoll_wait => {
            "Checks the arguments and goes on to ep_poll. No descriptors are handed over: the set is here already."
        }
        Func::ep_find => {
            "Goes down the red-black tree, comparing (file address, descriptor) at each node."
        }
        Func::ep_insert => {
            "Makes an item, links it to its file and into the tree, and hooks it into the file's wait queue."
        }
        Func::ep_modify => {
            "Stores the new mask and asks the file again whether something of it holds right now."
        }
        Func::ep_remove => {
            "Unhooks the item from the file's wait queue, takes it out of the tree and off the ready list, and frees it."
        }
        Func::ep_ptable_queue_proc => {
            "The file names its wait queue; the item puts an entry there, with ep_poll_callback as its function."
        }
        Func::ep_poll_callback => {
            "Called from inside the file's wake-up: checks the key against the item's mask, makes the item ready, wakes one waiter."
        }
        Func::ep_poll_safewake => {
            "This epoll instance is itself being watched: tells those on poll_wait that it became readable."
        }
        Func::ep_item_poll => {
            "Asks the file what is ready now, and keeps of it what the item asks for."
        }
        Func::ep_poll => "Harvests if something is ready; otherwise joins ep->wq and sleeps.",
        Func::ep_send_events => {
            "Takes the whole ready list, asks each file once more, and copies what still holds to user memory."
        }
        Func::ep_start_scan => {
            "Moves rdllist to a private list. From here on callbacks put items on ovflist instead."
        }
        Func::ep_done_scan => {
            "Ends the scan: what fired meanwhile goes from ovflist to rdllist, and what was not harvested goes in front."
        }
        Func::ep_eventpoll_poll => {
            "An epoll descriptor is polled like any other file: it is readable when one of its items is ready."
        }
        Func::ep_clear_and_put => {
            "The epoll file is closed: first all items are unhooked, then all are removed."
        }
        Func::ep_autoremove_wake_function => {
            "Wakes the waiting task and takes its entry off ep->wq, whether or not it was still asleep."
        }
        Func::eventpoll_release_file => {
            "The last reference to a watched file is gone, so every item that watches it is removed, silently."
        }
        Func::ep_create_wakeup_source => {
            "EPOLLWAKEUP: a source that keeps the system from suspending while the item is ready."
        }
        Func::ep_eventpoll_bp_ioctl => "Reads or sets how the instance busy-polls.",
        Func::ep_loop_check => {
            "Makes sure that no epoll instance watches itself in a circle, nor too deep."
        }
        Func::do_sys_poll => {
            "Copies all the descriptors asked about into the kernel: 30 fit on the stack, the rest is allocated."
        }
        Func::do_poll => {
            "Looks at every descriptor in turn; if none is ready it sleeps, and then looks at all of them again."
        }
        Func::core_sys_select => {
            "Lays out six bitmaps and copies three of them into the kernel, whole words at a time."
        }
        Func::do_select => {
            "Goes over the bits of the three sets; if nothing is ready it sleeps, and then starts over."
        }
        Func::__pollwait => {
            "The file names its wait queue; the caller puts an entry there, with pollwake as its function, for this call only."
        }
        Func::pollwake => {
            "Called from inside the file's wake-up: if the key is asked for, notes that something happened and wakes the task. It does not say where."
        }
        Func::poll_freewait => {
            "Takes every entry out of its wait queue again and lets the files go."
        }
        Func::do_fcntl => {
            "Reads or changes a descriptor's flags, an open file's flags, or a pipe's size."
        }
        Func::pipe_set_size => "Gives the pipe another ring; what it holds must fit.",
        Func::do_sys_openat2 => "Finds the file by its path and makes an open file for it.",
        Func::rb_insert_color => {
            "Repairs the tree after a red node was linked in: no red node may have a red child."
        }
        Func::rb_erase => {
            "Takes a node out and repairs the tree: every path must keep its number of black nodes."
        }
        Func::__wake_up_common => {
            "Walks a wait queue from its head and calls each entry's function, until enough exclusive waiters were woken."
        }
        Func::autoremove_wake_function => {
            "Wakes the sleeping task, and takes its entry off the queue if it really was asleep."
        }
        Func::try_to_wake_up => "Makes a sleeping task runnable.",
        Func::schedule => "The task gives up the processor; another one may run.",
        Func::hrtimer_wakeup => "A sleep's timer has expired: wakes its task.",
        Func::do_nanosleep => "Sets a timer and sleeps until it fires.",
        Func::fd_install => {
            "Puts the open file into the descriptor table, under the lowest free number."
        }
        Func::do_close => {
            "Takes a descriptor out of the table and drops its reference to the file."
        }
        Func::do_dup2 => "Makes another descriptor stand for the same open file.",
        Func::__fput => "The last reference is gone: the file is released.",
        Func::eventfd_read => {
            "Takes the counter's value, or 1 of a semaphore; an empty counter blocks or gives EAGAIN."
        }
        Func::eventfd_write => "Adds to the counter and wakes those who wait for it.",
        Func::eventfd_poll => {
            "Readable while the counter is above 0, writable while 1 can still be added."
        }
        Func::eventfd_release => "The eventfd is closed for good: its waiters hear of a hang-up.",
        Func::do_eventfd => "Makes a counter with a wait queue.",
        Func::copy_process => {
            "Makes a new process with copies of the descriptor table, the handlers and the mask."
        }
        Func::do_group_exit => "The whole process ends: each of its tasks is told to die.",
        Func::do_exit => "The task ends; the last one of a process closes all its descriptors.",
        Func::__send_signal_locked => {
            "Makes a signal pending for the task, tells signalfds, and wakes the task unless it blocks the signal."
        }
        Func::do_signalfd4 => "Makes a file that stands for the signals of a mask.",
        Func::signalfd_read_iter => "Takes pending signals of the mask, 128 bytes each.",
        Func::signalfd_poll => {
            "Readable while a signal of the mask is pending for the task that asks."
        }
        Func::signalfd_release => "The signalfd is closed for good.",
        Func::timerfd_create => "Makes a timer that stands still, with a wait queue.",
        Func::do_timerfd_settime => {
            "Stops the timer, forgets its ticks and sets it anew. Nobody is told."
        }
        Func::timerfd_tmrproc => {
            "The timer fired: one tick more, and whoever waits for it is woken."
        }
        Func::timerfd_read_iter => {
            "Takes all ticks; a periodic timer that had fired is started again, in its old beat."
        }
        Func::timerfd_poll => "Readable while there are ticks that nobody read.",
        Func::timerfd_release => "The timerfd is closed for good: its timer is stopped.",
        Func::do_pipe2 => {
            "Makes a ring of 16 slots with two wait queues: one for readers, one for writers."
        }
        Func::pipe_read => {
            "Takes bytes from the first slots; wakes writers if a full ring got room."
        }
        Func::pipe_write => "Adds bytes at the end of the ring and wakes readers.",
        Func::pipe_poll => {
            "Readable while a slot is filled, writable while one is free; a missing other end is a hang-up or an error."
        }
        Func::pipe_release => "One end of the pipe is closed; the other end's waiters are told.",
        Func::__sys_socketpair => "Makes two sockets and connects them.",
        Func::unix_stream_sendmsg => {
            "Copies the bytes into buffers and queues them straight to the peer's receive queue."
        }
        Func::unix_stream_read_generic => {
            "Takes bytes from the receive queue; a buffer that is used up is freed, which may let the peer write again."
        }
        Func::unix_poll => {
            "Readable while the receive queue holds something, writable while little of what was sent is unread."
        }
        Func::unix_release_sock => "The socket is closed: its peer is shut down and told.",
        Func::unix_write_space => {
            "Buffers were freed: if there is room enough again, writers are told."
        }
        Func::sock_def_readable => {
            "Data arrived: wakes whoever waits on the socket, with a key that says readable."
        }
        Func::sock_def_wakeup => "The socket's state changed: wakes everybody on its queue.",
        Func::sock_def_error_report => "The socket has an error: wakes with a key that says so.",
        Func::sk_setsockopt => "A socket option is set; a larger send buffer may make it writable.",
        Func::sk_stream_write_space => {
            "There is room again: those who found the socket full are told."
        }
        Func::__skb_recv_datagram => "Takes the first datagram, or waits for one.",
        Func::datagram_poll => "Which of readable, writable, hung up is true now.",
        Func::sock_alloc_send_pskb => "A datagram needs room in the send buffer.",
        Func::sock_def_write_space => "A datagram has left: those who wait to write are told.",
        Func::net_rx_action => "The softirq takes segments off the queue, one by one.",
        Func::loopback_xmit => "Loopback: what is sent is received, by the same processor.",
        Func::unix_shutdown => "One direction or both end; the peer is told.",
        Func::inet_wait_for_connect => "Sleeps until the handshake is over.",
        Func::inet_csk_accept => "Takes the first finished connection off the accept queue.",
        Func::tcp_v4_connect => "Takes a port and sends a SYN.",
        Func::tcp_v4_rcv => "Finds the socket for a segment; one that is owned gets it later.",
        Func::tcp_v4_do_rcv => "Gives a segment to the socket's state machine.",
        Func::tcp_poll => "Which of readable, writable, urgent, hung up is true now.",
        Func::tcp_sendmsg => "Copies data into the send queue and pushes it out.",
        Func::tcp_recvmsg => "Copies data out of the receive queue.",
        Func::tcp_shutdown => "Sends no more: a FIN follows the data.",
        Func::tcp_close => "FIN if all was read, RST if not, or if SO_LINGER says 0.",
        Func::tcp_send_fin => "The FIN leaves.",
        Func::tcp_child_process => "The handshake is over: the listener hears of a new connection.",
        Func::tcp_rcv_synsent_state_process => "The SYN was answered: connected.",
        Func::tcp_reset => "A RST: the connection is gone, and an error waits to be told.",
        Func::tcp_data_queue => "Data or a FIN in order: queued, and the reader is told.",
        Func::tcp_urg => "An urgent byte: EPOLLPRI.",
        Func::tcp_fin => "The peer sends no more: everybody on the queue is woken.",
        Func::sock_wfree => "A buffer that this socket sent was used up: its charge is given back.",
    }
}
