### What stands on the stage.

## Floors.

stage-user-space = User space
stage-kernel = Kernel
stage-files = Files and the wire
stage-no-epoll = No epoll instance yet: epoll_create1(0) makes one.
stage-no-files = No open files but 0, 1 and 2.
stage-more = + { $n } more
stage-close = close

## Tasks.

stage-state-running = running
stage-state-runnable = runnable
stage-state-woken = woken
stage-state-blocked = blocked
stage-state-held = held
stage-state-idle = in user space
stage-state-exited = exited
stage-state-stopped = stopped @ { $point }
stage-waits-wq = on ep->wq of { $ep }
stage-waits-mtx = waits for mtx of { $ep }
stage-waits-queue = on the queue of { $file }
stage-waits-signalfd = on signalfd_wqh of its process
stage-waits-poll =
    { $n ->
        [0] in { $call }, on no queue
        [one] in { $call }, on { $n } queue
       *[other] in { $call }, on { $n } queues
    }
stage-waits-clock = until its timer fires
stage-waits-signal = until a signal comes
stage-timer = timer { $at }
stage-pending = pending { $signals }
stage-process = process { $n }
stage-fds =
    { $n ->
        [one] { $n } fd
       *[other] { $n } fds
    }
stage-table =
    { $n ->
        [one] Descriptor table of { $task }: { $n } descriptor
       *[other] Descriptor table of { $task }: { $n } descriptors
    }
stage-shared = { $file } × { $n }
stage-slots-more = + { $n } more
stage-sleeps = { $task } sleeps

## In one line.

stage-name-task = task { $name }: { $state }; { $call }
stage-name-item =
    struct epitem: fd { $fd }, { $mask }, data { $data }, { $color ->
        [red] red
        [black] black
       *[none] not in the tree
    }{ $state ->
        [ready] , ready
        [disarmed] , disarmed
       *[rests] { "" }
    }{ $ws ->
        [held] , wakeup source held
        [free] , has a wakeup source
       *[none] { "" }
    }
stage-name-file =
    { $n ->
        [one] struct file: { $kind }, { $name }, { $n } reference
       *[other] struct file: { $kind }, { $name }, { $n } references
    }
stage-name-ep =
    { $items ->
        [one] struct eventpoll { $ep }: { $items } item, file referenced { $n }×
       *[other] struct eventpoll { $ep }: { $items } items, file referenced { $n }×
    }
stage-name-sock = struct sock of { $name }
stage-name-entry =
    { $kind ->
        [exclusive] ★ { $what }, exclusive, { $at } of { $n } in the queue
       *[plain] { $what }, { $at } of { $n } in the queue
    }
stage-waiter-item = eppoll_entry of the item for fd { $fd } in the epoll instance fd { $ep }
stage-waiter-poll = poll_table_entry of { $task }
stage-waiter-task = wait_queue_entry of { $task }

## Files.

stage-no-fd = no fd
stage-closed = closed
stage-queue = wait queue
stage-queue-empty = wait queue: empty
stage-queue-of =
    { $n ->
        [one] Wait queue of { $file }: { $n } entry
       *[other] Wait queue of { $file }: { $n } entries, head first
    }
stage-queue-all = All { $n } entries of the wait queue
stage-counter = counter { $n }
stage-ticks = ticks { $n }
stage-fires = fires at { $at }, in { $left }
stage-stands-still = stands still
stage-every = every { $interval }
stage-pipe = { $bytes } B · { $n }/{ $of } slots
stage-no-writer = no writer
stage-no-reader = no reader
stage-listens =
    { $n ->
        [one] port { $port } · { $n } to accept
       *[other] port { $port } · { $n } to accept
    }
stage-recv = recv { $bytes } B
stage-urgent = urgent “{ $byte }”
stage-sent = sent { $used } of { $room } B
stage-backlog = backlog { $n }
stage-peer-gone = peer hung up
stage-receive-shut = receive shut
stage-send-shut = send shut
stage-signals = for { $mask }
stage-do-data = + data
stage-do-drain = drain
stage-do-read = read
stage-do-close = close

## The wire.

stage-wire = on the wire
stage-wire-empty = nothing on its way
stage-port = port { $port }
stage-segment = Segment { $number }: { $from } to { $to }, { $flags }, { $bytes } B

## Epoll instances.

stage-panel = Epoll instance { $ep }; arrow keys up and down go from part to part
stage-rbr = rbr: interest set, keyed (file, fd)
stage-disarmed = disarmed
stage-empty = empty
stage-nobody = nobody waits
stage-no-scan = no scan
stage-inactive = inactive
stage-about-wq = : tasks in epoll_wait
stage-about-rdllist = : ready items
stage-free = free
stage-held = held
stage-busy-poll = busy-polls { $usecs } µs, budget { $budget }
stage-list-wq =
    { $n ->
        [0] wq of { $ep }: nobody sleeps in epoll_wait
        [one] wq of { $ep }: { $n } task sleeps in epoll_wait
       *[other] wq of { $ep }: { $n } tasks sleep in epoll_wait
    }
stage-list-poll-wait =
    { $n ->
        [one] poll_wait of { $ep }: { $n } entry watches this instance
       *[other] poll_wait of { $ep }: { $n } entries watch this instance
    }
stage-list-rdllist =
    { $n ->
        [one] rdllist of { $ep }: { $n } ready item
       *[other] rdllist of { $ep }: { $n } ready items
    }
stage-list-txlist =
    { $n ->
        [one] txlist of { $ep }: { $n } item of the scan under way
       *[other] txlist of { $ep }: { $n } items of the scan under way
    }
stage-list-ovflist =
    { $n ->
        [one] ovflist of { $ep }: { $n } item fired during the scan
       *[other] ovflist of { $ep }: { $n } items fired during the scan
    }
stage-list-ovflist-off = ovflist of { $ep }: inactive, no scan is under way
stage-locks-held =
    { $n ->
        [0] mtx of { $ep } is held by { $task }, nobody waits for it; lock is { $lock ->
            [held] held
           *[free] free
        }
       *[other] mtx of { $ep } is held by { $task }, { $n } waiting for it; lock is { $lock ->
            [held] held
           *[free] free
        }
    }
stage-locks-free =
    mtx of { $ep } is free; lock is { $lock ->
        [held] held
       *[free] free
    }

## poll and select.

stage-poll-panel = { $call } of { $task }: the table of entries
stage-poll-pass =
    { $n ->
        [0] no pass yet
       *[other] pass { $n }
    }
stage-poll-qproc = _qproc: __pollwait hooks the caller in; NULL only looks
stage-poll-triggered = triggered: pollwake() sets it; the sleeper looks at it before it sleeps
stage-poll-stack = stack
stage-poll-stack-title = inline_entries: { $n } poll_table_entry stand on the caller's stack
stage-poll-page = page { $n }
stage-poll-page-title = poll_table_page: an allocated page with room for { $n } entries
stage-poll-entry = poll_table_entry of { $task }: hooked into { $file } for { $key }
stage-pollfd = pollfd { $n }: fd { $fd }, asks for { $events }, found { $revents }
stage-pollfds-title =
    { $chunks ->
        [0] { $n } struct pollfd, all on the stack
       *[other] { $n } struct pollfd, 30 on the stack, the rest allocated in { $chunks }
    }
stage-bits-title = fd_set_bits: six bitmaps, on the stack up to 320 bits
stage-bits-stack = stack
stage-bits-heap = kvmalloc
stage-bitmap =
    { $n ->
        [0] { $name }: no bit set
       *[other] { $name }: { $fds }
    }

stage-arrow-sleeps = sleeps
stage-arrow-hooks-in = hooks in
stage-arrow-wakes = wakes
stage-arrow-a-scan-is-on = a scan is on
stage-arrow-what-is-ready = what is ready?
stage-arrow-12-bytes = 12 bytes
stage-arrow-hooked-in = hooked in
stage-arrow-unhooked = unhooked
stage-arrow-to-the-backlog = to the backlog
stage-arrow-try-to-wake = try to wake
stage-arrow-disarmed = disarmed
stage-arrow-filtered = filtered
stage-arrow-to-ovflist = to ovflist
stage-arrow-to-rdllist = to rdllist
stage-arrow-there-already = there already
