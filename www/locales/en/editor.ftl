### The script editor, and what it tells of calls, flags and errors.

editor-loading = Loading the editor …
editor-runs = Runs as you type; the stage follows the cursor.
editor-runs-but =
    { $count ->
        [one] Runs; { $count } line did not do what it says.
       *[other] Runs; { $count } lines did not do what they say.
    }
editor-kept =
    { $count ->
        [0] Not run yet.
        [one] { $count } place cannot be read. The stage keeps the last script that could.
       *[other] { $count } places cannot be read. The stage keeps the last script that could.
    }
editor-holds = The editor holds a text that cannot be read.
editor-back = Back to it
editor-discard = Discard it
editor-unavailable = The editor could not be loaded. This plain field does without: write, then run.
editor-again = Try to load it again
editor-format = Format
editor-format-hint = Every line in its canonical form (Shift+Alt+F)
editor-keys = Ctrl+Space completes, F8 goes to the next problem, Esc and then Tab leaves the editor.
editor-task = task
editor-errors = Errors it can give:
editor-bound = A name that line { $line } binds.
editor-named = A task; line { $line } names it first.

editor-find = Find
editor-replace-with = Replace
editor-next = next
editor-previous = previous
editor-all = all
editor-match-case = match case
editor-regexp = regexp
editor-by-word = by word
editor-replace = replace
editor-replace-all = replace all
editor-close-panel = close
editor-current-match = current match
editor-replaced = replaced $ matches
editor-replaced-one = replaced match on line $
editor-on-line = on line
editor-go-to-line = Go to line
editor-go = go
editor-completions = Completions
editor-diagnostics = Problems
editor-no-diagnostics = No problems

## What the calls do.

call-epoll_create = Makes an epoll instance. The size is only checked to be positive.
call-epoll_create1 = Makes an epoll instance and gives its descriptor.
call-epoll_ctl = Adds a descriptor to the interest set, changes its mask, or takes it out.
call-epoll_wait = Hands over what is ready; sleeps until something is, or the timeout in ms is over. -1 waits for ever, 0 does not sleep.
call-epoll_pwait = epoll_wait with another signal mask while it lasts.
call-epoll_pwait2 = epoll_pwait with a timeout in nanoseconds.
call-socket = Makes a socket.
call-bind = Gives the socket a port of the loopback address.
call-listen = Makes the socket a listener, with room for backlog connections that nobody accepted yet.
call-connect = Connects to a port, or gives a datagram socket its peer.
call-accept = Takes the oldest connection off the listener's queue; sleeps while there is none.
call-accept4 = accept with flags for the new descriptor.
call-socketpair = Makes two sockets that are connected to each other.
call-pipe = Makes a pipe: the end to read and the end to write.
call-pipe2 = pipe with flags for both ends.
call-eventfd = Makes a counter: write adds to it, read takes all of it.
call-timerfd_create = Makes a timer that can be read when it has expired.
call-timerfd_settime = Arms the timer: first after initial, then every interval. 0 for initial disarms it.
call-signalfd = Makes a descriptor from which blocked signals are read.
call-read = Reads up to count bytes; sleeps while there is nothing, unless O_NONBLOCK is set.
call-write = Writes the bytes; sleeps while there is no room, unless O_NONBLOCK is set.
call-recv = read with flags for this one call.
call-send = write with flags for this one call.
call-shutdown = Ends one half of a connection, or both, for every descriptor that refers to it.
call-setsockopt = Sets an option of a socket; the level follows from the name.
call-getsockopt = Gives an option of a socket. Reading SO_ERROR takes the error away.
call-close = Frees the descriptor. The open file goes when no other descriptor refers to it.
call-dup = Gives a second descriptor for the same open file.
call-dup2 = dup to a number of your choice; what was open there is closed.
call-signal = Sets what a signal does in this process.
call-sigprocmask = Changes which signals are blocked for this task.
call-kill = Sends a signal to one task.
call-fork = Makes a process with a copy of the descriptor table; the name is that of its first task.
call-exit = Ends the process with all its tasks and descriptors.
call-poll = Asks all descriptors of the list, and sleeps on all their queues until one is ready.
call-ppoll = poll with a timeout in nanoseconds and a signal mask.
call-select = Asks the descriptors of three sets, and sleeps on all their queues until one is ready.
call-pselect = select with a timeout in nanoseconds and a signal mask.
call-fcntl = Changes or gives what belongs to a descriptor or its open file.
call-open = Opens a device, a file or a directory, by one of the three known paths.
call-sleep = Sleeps for a time.
call-ioctl = Sets or gives how an epoll instance busy-polls.
call-inject = Lets the next call of this task go wrong in the way that is named.
call-hold = Without an argument: segments stay on their way. With a task: it does not get the processor.
call-run = Lets a task that is held go on to its next rest.
call-release = Ends what hold began for the task.
call-deliver = Lets segments arrive that were held back: the next count of them, or all.
call-nop = Does nothing; the task exists from here on.

## What leads to an error.

errno-epoll_ctl-EBADF = ep or fd is no open descriptor.
errno-epoll_ctl-EEXIST = ADD of a descriptor that this instance watches already.
errno-epoll_ctl-EINVAL = ep is no epoll instance, fd is ep itself, the operation is unknown, or EPOLLEXCLUSIVE stands where it must not.
errno-epoll_ctl-ELOOP = The instances would watch each other in a circle, or more than five deep.
errno-epoll_ctl-ENOENT = MOD or DEL of a descriptor that this instance does not watch.
errno-epoll_ctl-ENOSPC = The user watches as many descriptors as max_user_watches allows.
errno-epoll_ctl-EPERM = The file has no poll operation: a regular file or a directory.
errno-epoll_ctl-EFAULT = The event cannot be read from the program's memory.
errno-epoll_ctl-ENOMEM = There is no memory for the item or its entry in the wait queue.
errno-epoll_wait-EBADF = ep is no open descriptor.
errno-epoll_wait-EINTR = A signal came while the call slept.
errno-epoll_wait-EINVAL = ep is no epoll instance, or maxevents is not positive.
errno-epoll_wait-EFAULT = An event cannot be stored in the program's memory.

## What flags mean.

constant-EPOLLIN = There is something to read: data, a connection, or the end.
constant-EPOLLOUT = There is room to write.
constant-EPOLLPRI = There is urgent data.
constant-EPOLLRDHUP = The peer has shut down its writing half.
constant-EPOLLERR = An error is pending. Always reported, asked for or not.
constant-EPOLLHUP = Both halves are shut down. Always reported, asked for or not.
constant-EPOLLET = Edge-triggered: reported once for each arrival, not for as long as it lasts.
constant-EPOLLONESHOT = Disarmed after one report, until a MOD arms it again.
constant-EPOLLEXCLUSIVE = Of several instances that watch the file only one is woken. Only with ADD.
constant-EPOLLWAKEUP = The system does not suspend between the event and the next epoll_wait.
constant-EPOLL_CTL_ADD = Adds a descriptor to the interest set.
constant-EPOLL_CTL_MOD = Replaces mask and data of a watched descriptor, and arms it again.
constant-EPOLL_CTL_DEL = Takes a descriptor out of the interest set.
constant-SOCK_NONBLOCK = Calls on it give EAGAIN where they would sleep.
constant-O_NONBLOCK = Calls on it give EAGAIN where they would sleep.
constant-MSG_DONTWAIT = This call gives EAGAIN where it would sleep.
constant-MSG_PEEK = What is read stays in the buffer.

## Where a call can be stopped.

point-armed = ep_insert(): the item is hooked into the file's queue and not yet asked whether it is ready.
point-before_sleep = ep_poll(): nothing was found without the lock; about to look with it, and to join wq.
point-timed_out = ep_poll(): the timeout is over, the entry is still on wq.
point-before_scan = ep_send_events(): about to take ep->mtx.
point-copy_out = ep_send_events(): about to store an event in the program's memory.
point-polled = do_poll(), do_select(): a pass found nothing; about to sleep, unless something happened since.
