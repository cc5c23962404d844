### What happened, of tasks, calls, time and signals. The value is the sentence, `.title` a few
### words, `.brief` the line of a list.

event-process-new = A process starts with descriptors 0, 1 and 2; all its threads share one table.
    .title = A process
    .brief = new process
event-task-new = { $task } is a thread in user space. It shares the descriptors of its process.
    .title = Thread { $task }
    .brief = new task { $task }
event-syscall-enter = { $task } enters the kernel with { $call }. { $intent }
    .title = { $task } calls { $name }
event-syscall-exit =
    { $kind ->
        [empty] epoll_wait gives no events: the time is over, or nothing was ready.
        [events]
            { $count ->
                [one] { $task } is back in user space with { $count } event: { $result }.
               *[other] { $task } is back in user space with { $count } events: { $result }.
            }
        [error] The call fails with { $error }: { $reason }.
       *[other] { $task } is back in user space; the call gave { $result }.
    }
    .title = { $task } returns { $result }
    .brief = returns { $result }
event-task-state =
    { $state ->
        [dead] The process of { $task } has ended.
        [idle] { $task } runs its own code now; it has no call under way.
        [runnable] { $task } could go on and waits for the processor.
        [running] { $task } has the processor and goes on inside the kernel.
        [interruptible] { $task } gives up the processor. It stays asleep until a wake-up, or its timer, reaches it.
        [uninterruptible] Another task holds ep->mtx; { $task } sleeps, and not even a signal can wake it.
       *[stopped] { $task } is held { $place }. Whatever runs now runs in the middle of its call.
    }
    .title =
        { $state ->
            [dead] { $task } is gone
            [idle] { $task } is in user space
            [runnable] { $task } is runnable
            [running] { $task } runs
            [interruptible] { $task } goes to sleep
            [uninterruptible] { $task } waits for the mutex
           *[stopped] { $task } is stopped at { $point }
        }
    .brief =
        { $own ->
            [yes] { $word }
           *[no] { $task }: { $word }
        }
event-wakeup =
    { $woken ->
        [yes] { $task } was asleep and becomes runnable. It goes on inside its call once it gets the processor.
       *[no] { $task } was not asleep any more, so this wake-up does not count, and the walk goes on to the next waiter.
    }
    .title =
        { $woken ->
            [yes] { $task } is woken
           *[no] { $task } is awake already
        }
    .brief =
        { $woken ->
            [yes] wakes { $task }
           *[no] { $task } is awake already
        }
event-leave = { $func } returns to its caller.
    .title = { $func } is done
    .brief = { $func } done
event-copy-from-user =
    { $bytes ->
        [one] { $bytes } byte is copied from { $who }'s memory into the kernel.
       *[other] { $bytes } bytes are copied from { $who }'s memory into the kernel.
    }
    .title =
        { $bytes ->
            [one] { $bytes } byte in
           *[other] { $bytes } bytes in
        }
    .brief = copy { $bytes } B in
event-copy-to-user =
    { $bytes ->
        [one] { $bytes } byte is copied from the kernel into { $who }'s memory.
       *[other] { $bytes } bytes are copied from the kernel into { $who }'s memory.
    }
    .title =
        { $bytes ->
            [one] { $bytes } byte out
           *[other] { $bytes } bytes out
        }
    .brief = copy { $bytes } B out

event-clock = It is { $time } after the start now. Time passes only when the script says so.
    .title = The clock moves on
    .brief = clock: { $time }
event-timer-arm = { $task } will be woken at { $time } if nothing else wakes it before. Linux may be up to { $slack } late (its slack); here it is on time.
    .title = A timer is set
    .brief = timer for { $time }
event-timer-fire = The time of { $task } is over: the timer interrupt wakes it.
    .title = The timer fires
    .brief = timer of { $task } fires
event-timer-cancel = { $task } was woken before its time was over, so its timer is not needed any more.
    .title = The timer is cancelled
    .brief = timer cancelled

event-signal-action = { $signal } does this to the process from now on: { $handler }.
    .title = { $signal }: { $handler }
    .brief = { $signal }: { $handler }
event-signalfd-queue = All signalfds of a process share one wait queue: a signal for any of its tasks wakes it.
    .title = A queue for signals
    .brief = queue for signals
event-signal-mask = { $task } holds back { $blocked } from now on.
    .title = The signal mask
    .brief = mask = { $blocked }
event-signal-send =
    { $fate ->
        [queued] The signal is pending now.
        [merged] The signal was pending already; once is enough.
       *[ignored] The signal is ignored, so nothing happens.
    }
    .title = { $signal } for { $task }
    .brief = { $signal } to { $task }
event-signal-dequeue =
    { $end ->
        [handled] { $task } runs its handler.
        [read] { $task } reads it from a file; no handler runs.
       *[discarded] { $task } ignores it.
    }
    .title = { $signal } is taken
    .brief = { $signal } taken

## What a call is made for.

intent-epoll_create = It wants a new, empty interest set.
intent-epoll_create1 = { intent-epoll_create }
intent-epoll_ctl =
    { $which ->
        [add] It adds one descriptor to the interest set, which stays in the kernel.
        [delete] It takes one descriptor out of the interest set.
        [modify] It changes what one item asks for.
       *[other] Linux knows no such operation.
    }
intent-epoll_wait =
    { $which ->
        [now] It takes what is ready and does not sleep.
        [for-ever] If nothing is ready it sleeps until something is.
       *[other] If nothing is ready it sleeps, but not for longer than the timeout.
    }
intent-epoll_pwait = It waits, and while it does its signal mask is another one.
intent-epoll_pwait2 = { intent-epoll_pwait }
intent-socketpair = It wants two sockets that are connected to each other.
intent-socket = It wants a socket, not yet connected to anything.
intent-bind = It wants this port of 127.0.0.1.
intent-listen = From now on connections may come in.
intent-connect = It opens a connection: SYN, SYN|ACK, ACK.
intent-accept = It takes the first connection that waits.
intent-accept4 = { intent-accept }
intent-shutdown = It ends one direction, or both.
intent-setsockopt = It sets an option of the socket.
intent-getsockopt = It asks for an option; SO_ERROR takes the error with it.
intent-recv = Receiving takes away what makes the socket ready.
intent-send = What it sends becomes an arrival at the other end.
intent-pipe2 = It wants a pipe: one descriptor to read from, one to write to.
intent-eventfd = It wants a counter that can be waited for.
intent-signalfd = It wants to read signals instead of being interrupted by them.
intent-signal = It says what a signal does to its process.
intent-sigprocmask = It changes which signals are held back from it.
intent-kill = It sends a signal to one task; signal 0 is none, and only asks whether the task is there.
intent-fork = The new process has descriptors of its own that stand for the same open files.
intent-exit = Its process ends, with all its tasks and descriptors.
intent-timerfd_create = It wants a timer that can be waited for.
intent-timerfd_settime = The timer starts anew; ticks that nobody read are gone.
intent-read = Reading takes away what makes the file ready.
intent-write = What it writes may make a file readable for somebody: the same file, or its other end.
intent-close = Only the last descriptor of a file takes the file with it.
intent-dup = Two descriptors will stand for one and the same open file.
intent-dup2 = { intent-dup }
intent-poll = All descriptors are handed over with every call, looked at one by one, and given back.
intent-ppoll = { intent-poll }
intent-select = Three sets of bits are handed over with every call, and come back with what is ready.
intent-pselect = { intent-select }
intent-fcntl = It asks for, or changes, flags of a descriptor or an open file.
intent-open = It wants an open file for a path.
intent-ioctl = It asks how the instance busy-polls, or says how it is to.
intent-inject = No system call: the scenario lets something go wrong next.
intent-hold =
    { $which ->
        [woken] No system call: from now on a task that is woken waits until it is let run.
        [task] No system call: the task does not get the processor from now on.
       *[other] No system call: from now on segments stay on their way.
    }
intent-run = No system call: the task gets the processor until it sleeps or returns.
intent-release = No system call: who became runnable first runs first again.
intent-deliver = No system call: segments that were held back arrive.
intent-sleep = It sleeps until the time is over.
intent-nop = No system call: nothing is done, but the task is there.
