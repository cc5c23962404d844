### What each kernel function does, by its name.

func-do_syscall_64 = The processor has switched to the kernel; the call's number picks the function.
func-do_epoll_create = Makes a struct eventpoll and an anonymous file whose private data it is.
func-do_epoll_ctl = Checks the arguments in a fixed order, takes ep->mtx and looks for the item by (file, fd).
func-do_epoll_wait = Checks the arguments and goes on to ep_poll. No descriptors are handed over: the set is here already.
func-ep_find = Goes down the red-black tree, comparing (file address, descriptor) at each node.
    .counted =
        { $n ->
            [0] The red-black tree is empty: there is nothing to compare with, and nothing is found.
            [one] Goes down the red-black tree of { $n } item, comparing (file address, descriptor) with it.
           *[other] Goes down the red-black tree of { $n } items, comparing (file address, descriptor) at each node.
        }
func-ep_insert = Makes an item, links it to its file and into the tree, and hooks it into the file's wait queue.
func-ep_modify = Stores the new mask and asks the file again whether something of it holds right now.
func-ep_remove = Unhooks the item from the file's wait queue, takes it out of the tree and off the ready list, and frees it.
func-ep_ptable_queue_proc = The file names its wait queue; the item puts an entry there, with ep_poll_callback as its function.
func-ep_poll_callback = Called from inside the file's wake-up: checks the key against the item's mask. If they have something in common the item becomes ready, and one waiter is woken, if there is one.
func-ep_poll_safewake = This epoll instance is itself being watched: tells those on poll_wait that it became readable.
func-ep_item_poll = Asks the file what is ready now, and keeps of it what the item asks for.
func-ep_poll = Harvests if something is ready; otherwise joins ep->wq and sleeps.
func-ep_send_events = Takes the whole ready list, asks each file once more, and copies what still holds to user memory.
func-ep_start_scan = Moves rdllist to a private list. From here on callbacks put items on ovflist instead.
func-ep_done_scan = Ends the scan: what fired meanwhile goes from ovflist to rdllist, and what was not harvested goes in front.
func-ep_eventpoll_poll = An epoll descriptor is polled like any other file: it is readable when one of its items is ready.
func-ep_clear_and_put = The epoll file is closed: first all items are unhooked, then all are removed.
func-ep_autoremove_wake_function = Wakes the waiting task and takes its entry off ep->wq, whether or not it was still asleep.
func-eventpoll_release_file = The last reference to a watched file is gone, so every item that watches it is removed, silently.
func-ep_create_wakeup_source = EPOLLWAKEUP: a source that keeps the system from suspending while the item is ready.
func-ep_eventpoll_bp_ioctl = Reads or sets how the instance busy-polls.
func-ep_loop_check = Makes sure that no epoll instance watches itself in a circle, nor too deep.
func-do_sys_poll = Copies all the descriptors asked about into the kernel: 30 fit on the stack, the rest is allocated.
func-do_poll = Looks at every descriptor in turn; if none is ready it sleeps, and then looks at all of them again.
func-core_sys_select = Lays out six bitmaps and copies three of them into the kernel, whole words at a time.
func-do_select = Goes over the bits of the three sets; if nothing is ready it sleeps, and then starts over.
func-__pollwait = The file names its wait queue; the caller puts an entry there, with pollwake as its function, for this call only.
func-pollwake = Called from inside the file's wake-up: if the key is asked for, notes that something happened and wakes the task. It does not say where.
func-poll_freewait = Takes every entry out of its wait queue again and lets the files go.
    .counted =
        { $n ->
            [0] The call has hooked in no entries, so there is none to take out.
            [one] Takes the call's { $n } entry out of its wait queue again and lets the file go.
           *[other] Takes each of the call's { $n } entries out of its wait queue again and lets the files go.
        }
func-do_fcntl = Reads or changes a descriptor's flags, an open file's flags, or a pipe's size.
func-pipe_set_size = Gives the pipe another ring; what it holds must fit.
func-do_sys_openat2 = Finds the file by its path and makes an open file for it.
func-rb_insert_color = Repairs the tree after a red node was linked in: no red node may have a red child.
func-rb_erase = Takes a node out and repairs the tree: every path must keep its number of black nodes.
func-__wake_up_common = Walks a wait queue from its head and calls each entry's function, until enough exclusive waiters were woken.
func-autoremove_wake_function = Wakes the sleeping task, and takes its entry off the queue if it really was asleep.
func-try_to_wake_up = Makes a sleeping task runnable.
func-schedule = The task gives up the processor; another one may run.
func-hrtimer_wakeup = A sleep's timer has expired: wakes its task.
func-do_nanosleep = Sets a timer and sleeps until it fires.
func-fd_install = Puts the open file into the descriptor table, under the lowest free number.
func-do_close = Takes a descriptor out of the table and drops its reference to the file.
func-do_dup2 = Makes another descriptor stand for the same open file.
func-__fput = The last reference is gone: the file is released.
func-eventfd_read = Takes the counter's value, or 1 of a semaphore; an empty counter blocks or gives EAGAIN.
func-eventfd_write = Adds to the counter and wakes those who wait for it.
func-eventfd_poll = Readable while the counter is above 0, writable while 1 can still be added.
func-eventfd_release = The eventfd is closed for good: its waiters hear of a hang-up.
func-do_eventfd = Makes a counter with a wait queue.
func-copy_process = Makes a new process with copies of the descriptor table, the handlers and the mask.
func-do_group_exit = The whole process ends: each of its tasks is told to die.
func-do_exit = The task ends; the last one of a process closes all its descriptors.
func-__send_signal_locked = Makes a signal pending for the task, tells signalfds, and wakes the task unless it blocks the signal.
func-do_signalfd4 = Makes a file that stands for the signals of a mask.
func-signalfd_read_iter = Takes pending signals of the mask, 128 bytes each.
func-signalfd_poll = Readable while a signal of the mask is pending for the task that asks.
func-signalfd_release = The signalfd is closed for good.
func-timerfd_create = Makes a timer that stands still, with a wait queue.
func-do_timerfd_settime = Stops the timer, forgets its ticks and sets it anew. Nobody is told.
func-timerfd_tmrproc = The timer fired: one tick more, and whoever waits for it is woken.
func-timerfd_read_iter = Takes all ticks; a periodic timer that had fired is started again, in its old beat.
func-timerfd_poll = Readable while there are ticks that nobody read.
func-timerfd_release = The timerfd is closed for good: its timer is stopped.
func-do_pipe2 = Makes a ring of 16 slots with two wait queues: one for readers, one for writers.
func-pipe_read = Takes bytes from the first slots; wakes writers if a full ring got room.
func-pipe_write = Adds bytes at the end of the ring and wakes readers.
func-pipe_poll = Readable while a slot is filled, writable while one is free; a missing other end is a hang-up or an error.
func-pipe_release = One end of the pipe is closed; the other end's waiters are told.
func-__sys_socketpair = Makes two sockets and connects them.
func-unix_stream_sendmsg = Copies the bytes into buffers and queues them straight to the peer's receive queue.
func-unix_stream_read_generic = Takes bytes from the receive queue; a buffer that is used up is freed, which may let the peer write again.
func-unix_poll = Readable while the receive queue holds something, writable while little of what was sent is unread.
func-unix_release_sock = The socket is closed: its peer is shut down and told.
func-unix_write_space = Buffers were freed: if there is room enough again, writers are told.
func-sock_def_readable = Data arrived: wakes whoever waits on the socket, with a key that says readable.
func-sock_def_wakeup = The socket's state changed: wakes everybody on its queue.
func-sock_def_error_report = The socket has an error: wakes with a key that says so.
func-sk_setsockopt = A socket option is set; a larger send buffer may make it writable.
func-sk_stream_write_space = There is room again: those who found the socket full are told.
func-__skb_recv_datagram = Takes the first datagram, or waits for one.
func-datagram_poll = Which of readable, writable, hung up is true now.
func-sock_alloc_send_pskb = A datagram needs room in the send buffer.
func-sock_def_write_space = A datagram has left: those who wait to write are told.
func-net_rx_action = The softirq takes segments off the queue, one by one.
func-loopback_xmit = Loopback: what is sent is received, by the same processor.
func-unix_shutdown = One direction or both end; the peer is told.
func-inet_wait_for_connect = Sleeps until the handshake is over.
func-inet_csk_accept = Takes the first finished connection off the accept queue.
func-tcp_v4_connect = Takes a port and sends a SYN.
func-tcp_v4_rcv = Finds the socket for a segment; one that is owned gets it later.
func-tcp_v4_do_rcv = Gives a segment to the socket's state machine.
func-tcp_poll = Which of readable, writable, urgent, hung up is true now.
func-tcp_sendmsg = Copies data into the send queue and pushes it out.
func-tcp_recvmsg = Copies data out of the receive queue.
func-tcp_shutdown = Sends no more: a FIN follows the data.
func-tcp_close = FIN if all was read, RST if not, or if SO_LINGER says 0.
func-tcp_send_fin = The FIN leaves.
func-tcp_child_process = The handshake is over: the listener hears of a new connection.
func-tcp_rcv_synsent_state_process = The SYN was answered: connected.
func-tcp_reset = A RST: the connection is gone, and an error waits to be told.
func-tcp_data_queue = Data or a FIN in order: queued, and the reader is told.
func-tcp_urg = An urgent byte: EPOLLPRI.
func-tcp_fin = The peer sends no more: everybody on the queue is woken.
func-sock_wfree = A buffer that this socket sent was used up: its charge is given back.
