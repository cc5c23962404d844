### What happened, of wait queues, wake-ups, poll and select, and of what a scenario switches on.
### The value is the sentence, `.title` a few words, `.brief` the line of a list.

event-wait-enqueue =
    { $waiter ->
        [epitem]
            { $exclusive ->
                [yes] The item joins { $queue } at the { $end }, and stays there until it is removed. EPOLLEXCLUSIVE makes the entry exclusive: a wake-up may end at it.
               *[no] The item joins { $queue } at the { $end }, and stays there until it is removed. It is not exclusive: every wake-up of the file reaches it.
            }
        [epoll-wait] Nothing is ready, so { $who } joins { $queue } at the { $end }, as an exclusive waiter: last in, first woken, and one wake-up wakes one.
        [poll] { $who } joins { $queue } at the { $end }, until its call ends. Every descriptor asked about costs such an entry, in every call.
       *[task] The call cannot go on, so { $who } joins { $queue } at the { $end }.
    }
    .title =
        { $waiter ->
            [epitem] { $item } is hooked in
            [epoll-wait] { $who } joins ep->wq
            [poll] { $who } is hooked in
           *[task] { $who } waits for the file
        }
    .brief = { $who } joins at the { $end }
event-wait-dequeue =
    { $known ->
        [yes] { $subject } stands on { $queue } no longer: a further wake-up there will not reach it.
       *[no] The entry stands on { $queue } no longer: a further wake-up there will not reach it.
    }
    .title =
        { $known ->
            [yes] { $subject } leaves the queue
           *[no] The entry leaves the queue
        }
    .brief =
        { $known ->
            [yes] { $who } leaves the queue
           *[no] leaves the queue
        }
event-wake-begin =
    { $length ->
        [0] { $subject } is empty: nobody has to be told.
       *[other]
            { $keyed ->
                [yes]
                    { $exclusive ->
                        [0] The walk over { $queue } starts at its head, with the key { $key }; every entry is called.
                        [1] The walk over { $queue } starts at its head, with the key { $key }; it ends after the first exclusive waiter that counts as woken.
                       *[other] The walk over { $queue } starts at its head, with the key { $key }; it ends after { $exclusive } exclusive waiters.
                    }
               *[no]
                    { $exclusive ->
                        [0] The walk over { $queue } starts at its head, with no key; every entry is called.
                        [1] The walk over { $queue } starts at its head, with no key; it ends after the first exclusive waiter that counts as woken.
                       *[other] The walk over { $queue } starts at its head, with no key; it ends after { $exclusive } exclusive waiters.
                    }
            }
    }
    .title = A wake-up
    .brief = wake_up(key { $short })
event-wake-entry =
    { $waiter ->
        [epitem] This entry belongs to the item for { $item }, so its function ep_poll_callback is called, right here, inside the writer's call.
        [epoll-wait] { $who } stands nearest to the head of ep->wq: the last to fall asleep is the first to be woken.
        [task] { $who } waits on this queue in a blocking call.
        [poll] { $who } hooked this entry in for one call only; its function is pollwake.
       *[none] Its function is called.
    }
    .title =
        { $waiter ->
            [epitem] ep_poll_callback
            [poll] pollwake
            [none] The next entry
           *[other] { $who } is next in line
        }
    .brief =
        { $waiter ->
            [none] → entry
           *[other] → { $who }
        }
event-wake-verdict =
    { $waiter ->
        [epitem]
            { $counts ->
                [yes]
                    { $exclusive ->
                        [yes] The callback returns 1 and the entry is exclusive: it uses up the wake-up, and instances behind it hear nothing.
                       *[no] The callback returns 1. The entry is not exclusive, so the walk goes on all the same.
                    }
               *[no] The callback returns 0: nobody was waiting there for this, so the walk goes on and another instance gets its chance.
            }
        [poll]
            { $counts ->
                [yes] The task was asleep and is woken. The entry is not exclusive, so the walk goes on all the same.
               *[no] Either the call does not ask for this key, or its task is awake already; the walk goes on.
            }
       *[other]
            { $counts ->
                [yes] The task really was asleep and is woken now. It is an exclusive waiter, so it uses up the wake-up.
               *[no] The task was awake already, so the wake-up is not used up and goes on to the next waiter.
            }
    }
    .title =
        { $counts ->
            [yes] It counts as a wake-up
           *[no] It does not count
        }
    .brief = returns { $bit }
event-wake-end =
    { $why ->
        [exclusive]
            { $wq ->
                [yes]
                    { $left ->
                        [0] One exclusive waiter was asked for and one was woken, so the walk ends. Nobody else was waiting.
                        [one] One exclusive waiter was asked for and one was woken, so the walk ends. { $sleepers } sleeps on.
                       *[other] One exclusive waiter was asked for and one was woken, so the walk ends. { $sleepers } sleep on.
                    }
               *[no] An exclusive entry took the wake-up, so the entries behind it are not called.
            }
       *[end]
            { $wq ->
                [yes]
                    { $left ->
                        [0] No task is left on ep->wq.
                       *[other] Every entry of { $queue } was called.
                    }
               *[no] Every entry of { $queue } was called.
            }
    }
    .title =
        { $why ->
            [exclusive] The wake-up stops here
           *[end] End of the queue
        }
    .brief =
        { $why ->
            [exclusive] nr_exclusive = 0: stop
           *[end] end of the queue
        }

event-poll-begin =
    { $hooking ->
        [yes]
            { $asked ->
                [one] A struct poll_wqueues with 9 entries stands on the stack; { $asked } descriptor to look at. Each file looked at will hook the caller into its wait queue, until one is ready.
               *[other] A struct poll_wqueues with 9 entries stands on the stack; { $asked } descriptors to look at. Each file looked at will hook the caller into its wait queue, until one is ready.
            }
       *[no]
            { $asked ->
                [one] A struct poll_wqueues with 9 entries stands on the stack; { $asked } descriptor to look at. The time is 0, so the call will not sleep and hooks nothing.
               *[other] A struct poll_wqueues with 9 entries stands on the stack; { $asked } descriptors to look at. The time is 0, so the call will not sleep and hooks nothing.
            }
    }
    .title = { $call } begins
    .brief = { $call } of { $nfds }
event-poll-chunk = Only 30 descriptors fit on the stack, so memory for { $len } more is allocated, for this call only.
    .title = A chunk is allocated
    .brief =
        { $len ->
            [one] chunk of { $len } pollfd
           *[other] chunk of { $len } pollfds
        }
event-poll-page = The entries so far are used up; a page holds 63 more, for this call only.
    .title = A page of entries is allocated
    .brief = page of 63 entries
event-select-bitmaps =
    { $heap ->
        [yes] Three sets in and three out, { $bytes } bytes each, too much for the stack, so they are allocated.
       *[no] Three sets in and three out, { $bytes } bytes each, on the stack.
    }
    .title = Six bitmaps
    .brief = 6 bitmaps of { $bytes } B
event-poll-pass =
    { $nfds ->
        [0] There is nothing to look at.
        [one] The only one is looked at.
       *[other] All { $nfds } are looked at, from the first to the last, whatever is ready.
    }
    .title =
        { $hooking ->
            [yes] The first pass
           *[no] A pass
        }
    .brief = pass over { $nfds }
event-poll-look =
    { $what ->
        [file] { $file } says { $mask }; of that the call asks for { $revents }.
        [negative] A negative descriptor: nothing is asked, nothing is found.
       *[invalid] The descriptor is not open. That counts as found: the call will not sleep.
    }
    .title =
        { $what ->
            [file] { $file }: { $short }
            [negative] Passed over
           *[invalid] POLLNVAL
        }
    .brief =
        { $what ->
            [file] { $file }: { $short }
           *[other] no file: { $short }
        }
event-poll-arm = { $file } now has an entry of this call in its wait queue, which listens to { $key }, and is held until the call ends.
    .title = An entry for { $file }
    .brief = entry for { $file }
event-poll-pass-end =
    { $count ->
        [0] Nothing in this pass. Later passes only look: everything is hooked already.
       *[other] The call is about to return, so everything that was hooked is unhooked again.
    }
    .title = { $count } found
    .brief = { $count } found
event-poll-triggered =
    { $on ->
        [yes] Something that { $task } asked for has happened. Where, it will have to find out by looking at everything again.
       *[no] { $task } starts over.
    }
    .title = triggered = { $bit }
    .brief = triggered = { $bit }
event-poll-disarm = The entry is taken out of the file's wait queue. The next call will hook it in again.
    .title = { $file } is unhooked
    .brief = unhooks { $file }
event-poll-end = Nothing is left in the kernel of what was asked.
    .title = Torn down
    .brief = torn down

event-wakeup-source-new = EPOLLWAKEUP: while it is held, the system does not suspend.
    .title = A wakeup source for { $whose }
    .brief = wakeup source for { $whose }
event-wakeup-source-free = Nothing needs it.
    .title = { $subject } loses its wakeup source
    .brief = { $whose }: ws freed
event-pm-stay-awake =
    { $item ->
        [yes] The item is ready: the system must not suspend before somebody has looked at it.
       *[no] The instance's own source takes over before the item's is let go, so that there is no gap.
    }
    .title =
        { $item ->
            [yes] Awake for { $whose }
           *[no] Awake for the scan
        }
    .brief = stay awake for { $whose }
event-pm-relax = Its wakeup source is released.
    .title = { $subject } lets the system rest
    .brief = relax: { $whose }
event-epoll-params =
    { $prefer ->
        [yes] A waiter would ask the network device itself for { $usecs } µs, { $budget } packets a round, before it sleeps, with interrupts off meanwhile. Loopback has no device to ask.
       *[no] A waiter would ask the network device itself for { $usecs } µs, { $budget } packets a round, before it sleeps. Loopback has no device to ask.
    }
    .title = Busy polling
    .brief = busy poll { $params }
event-configured = A user may have { $watches } watches; CAP_BLOCK_SUSPEND: { $suspend }; CAP_NET_ADMIN: { $admin }.
    .title = The machine is set up
    .brief = max_user_watches { $watches }
event-fault-set =
    { $what ->
        [none] The call is over.
        [efault]
            { $count ->
                [one] In the next call of { $task }, what it passes ends after { $count } element at a page that is not there.
               *[other] In the next call of { $task }, what it passes ends after { $count } elements at a page that is not there.
            }
       *[other] One of the allocations to come will fail.
    }
    .title =
        { $what ->
            [none] All is well again
            [efault] Bad memory ahead
           *[other] Little memory ahead
        }
    .brief =
        { $what ->
            [none] no fault
            [spent] fault spent
            [enomem] allocation { $count } will fail
            [enfile] file { $count } will be too many
           *[efault] memory is bad from { $count }
        }
event-alloc-fail = The allocation fails: what the call has done so far is undone.
    .title = No { $what }
    .brief = no memory: { $what }
event-user-fault = The copy stops here. What was copied before counts; if that is nothing, the call gives EFAULT.
    .title = A page that is not there
    .brief = bad user memory
