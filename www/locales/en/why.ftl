### Why, and why not: chains of causes and what stands in the way.

## Who acts.

why-who-timer = the timer interrupt
why-who-softirq = the network softirq
why-who-machine = the machine

## Links of a chain: each is a clause that can follow “because”.

why-because = because { $what }
why-other = this came before: { $what }
why-call = { $task } called { $call }
why-return = { $task } got { $result } from { $call }
why-copy-to-user =
    { $bytes ->
        [one] { $bytes } byte was copied to { $task }
       *[other] { $bytes } bytes were copied to { $task }
    }
why-woken = { $task } was asleep and was woken
why-awake = { $task } was awake already, so the wake-up found nothing to do
why-sleeps = { $task } went to sleep
why-sleeps-mtx = { $task } went to sleep until ep->mtx is free
why-stopped = { $task } is held at { $point }
why-runnable = { $task } became runnable
why-running = { $task } got the processor
why-idle = { $task } is back in user space
why-dead = the process of { $task } ended
why-timer-arm = { $task } set a timer for { $time }
why-timer-fire = the timer of { $task } fired
why-signal = { $signal } was sent to { $task }
why-alloc = there was no memory for { $what }
why-fault = the memory that { $task } passed is not there
why-eventfd = the counter of { $file } became { $count }
why-timerfd-arm = the timer of { $file } was set to { $time }
why-timerfd-stop = the timer of { $file } was stopped
why-timerfd-fire = the timer of { $file } fired
why-timerfd-ticks =
    { $ticks ->
        [0] the ticks of { $file } were read
        [one] { $ticks } tick of { $file } waits to be read
       *[other] { $ticks } ticks of { $file } wait to be read
    }
why-pipe-write =
    { $bytes ->
        [one] { $bytes } byte was written into { $pipe }
       *[other] { $bytes } bytes were written into { $pipe }
    }
why-pipe-read =
    { $bytes ->
        [one] { $bytes } byte was read from { $pipe }
       *[other] { $bytes } bytes were read from { $pipe }
    }
why-pipe-ends = { $pipe } has { $readers } open read ends and { $writers } open write ends
why-arrived =
    { $bytes ->
        [one] { $bytes } byte arrived in the receive queue of { $file }
       *[other] { $bytes } bytes arrived in the receive queue of { $file }
    }
why-taken =
    { $bytes ->
        [one] { $bytes } byte was read from { $file }
       *[other] { $bytes } bytes were read from { $file }
    }
why-wmem = what { $file } has sent and nobody has read yet is charged as { $bytes } B
why-shut-both = both directions of { $file } were shut down
why-shut-receive = nothing more can come to { $file }: the other end sends no more
why-shut-send = { $file } sends no more
why-sock-error = { $file } got the pending error { $error }
why-sock-state = { $file } became { $state }
why-peer-gone = { $file } lost its peer
why-accept-queue = a connection joined the accept queue of { $file }
why-segment-arrive = a segment arrived
why-segment-send =
    { $bytes ->
        [0] { $file } sent a segment ({ $flags })
       *[other] { $file } sent a segment with { $bytes } B ({ $flags })
    }
why-walk = { $who } announced { $key } on the wait queue of { $file }
why-walk-no-key = { $who } woke the wait queue of { $file }, with no key
why-walk-stopped = the wake-up on { $queue } ended at an exclusive waiter
why-walk-ended = the wake-up on { $queue } came to the end of the queue
why-counts = this counted as a wake-up
why-counts-not = this did not count as a wake-up
why-hooked = the item for { $item } was hooked into the wait queue of { $file }
why-joined-wq = { $task } joined ep->wq of { $file } at its head
why-joined = { $task } joined the wait queue of { $file }
why-added = { $item } was added to the interest set of { $file }
why-disarmed = EPOLLONESHOT disarmed { $item } as it was reported
why-modified = the mask of { $item } was set to { $mask }
why-polled = { $item }, when asked, said { $mask }; of that the item asks for { $events }
why-polled-empty = { $item }, when asked, said { $mask }: nothing of what the item asks for
why-link = { $item } was put on rdllist
why-link-back = { $item } was put back on the list of the scan: it could not be copied
why-link-level = { $item } is level-triggered, so it was put on rdllist again after it was reported
why-link-ovflist = { $item } went from ovflist to rdllist when the scan ended
why-link-add = { $item } was ready as it was added, so it was put on rdllist
why-link-mod = { $item } was ready as its mask was set, so it was put on rdllist
why-unlinked = { $item } was taken off the list
why-ovflist = { $item } was put on ovflist, since a scan was under way
why-ovflist-left = { $item } left ovflist as the scan ended
why-callback = ep_poll_callback let the announcement for { $item } pass
why-callback-disarmed = ep_poll_callback passed over { $item }, which is disarmed
why-callback-filtered = ep_poll_callback filtered the announcement: { $item } does not ask for it
why-callback-overflow = ep_poll_callback let the announcement for { $item } pass, in the midst of a scan
why-callback-already = ep_poll_callback found { $item } on a list already
why-copied = { $item } was reported to { $task }: { $events } in events[{ $index }]
why-edge = { $item } is edge-triggered, so it was not put back on rdllist after it was reported
why-rb-link = { $item } came into the tree
why-rb-unlink = { $item } was taken out of the tree
why-rb-color =
    { $color ->
        [red] { $item } was coloured red
       *[black] { $item } was coloured black
    }
why-rb-rotate =
    { $side ->
        [left] the tree was rotated left at { $item }
       *[right] the tree was rotated right at { $item }
    }
why-nothing = rdllist of { $file } was empty
why-something = there was something to harvest on { $file }
why-scan = a scan of { $file } began
why-scan-done = the scan of { $file } was over
why-mtx = { $task } took ep->mtx of { $file }
why-mtx-wait = { $task } wanted ep->mtx of { $file }, which another held
why-mtx-free = ep->mtx of { $file } was let go

## What can be asked of a thing on stage.

why-ask-there = Why is it there?
why-ask-returned = Why did its call return?
why-ask-blocked = Why is it blocked?
why-ask-runnable = Why is it runnable?
why-ask-running = Why does it run?
why-ask-stopped = Why is it stopped?
why-ask-dead = Why is it gone?
why-ask-timer = Why this timer?
why-ask-rdllist = Why on rdllist?
why-ask-txlist = Why in the scan?
why-ask-ovflist = Why on ovflist?
why-ask-disarmed = Why disarmed?
why-ask-reported = Why reported?
why-ask-red = Why red?
why-ask-black = Why black?
why-ask-mask = Why this mask?
why-ask-counter = Why this counter?
why-ask-contents = Why these contents?
why-ask-list = Why this list?
why-ask-queue = Why this queue?
why-ask-mtx = Why this mtx?

## What is there on a file.

why-the-peer = its peer
why-has-error = { $file } has an error
why-has-hup = the other end of { $file } was closed
why-has-room = there is room to write into { $file }
why-has-bytes =
    { $bytes ->
        [one] { $bytes } byte waits in { $file }
       *[other] { $bytes } bytes wait in { $file }
    }
why-has-counter = the counter of { $file } is { $count }
why-has-ticks =
    { $ticks ->
        [one] { $ticks } tick of { $file } waits to be read
       *[other] { $ticks } ticks of { $file } wait to be read
    }
why-has-signals = { $signals } is pending for { $file }
why-has-items =
    { $items ->
        [one] { $items } item is on the ready list of { $file }
       *[other] { $items } items are on the ready list of { $file }
    }
why-has-connections =
    { $count ->
        [one] { $count } connection waits in the accept queue of { $file }
       *[other] { $count } connections wait in the accept queue of { $file }
    }

## What a file lacks, and what would change that.

why-lacks-file = its file is closed
why-lacks-poll = { $file } is a file without a poll operation
why-lacks-count = the counter of { $file } is 0
why-lacks-room-count = the counter of { $file } has no room for that
why-lacks-tick = the timer of { $file } fires only at { $time }
why-lacks-timer = the timer of { $file } is not set
why-lacks-signal = none of { $signals }, for which { $file } is, is pending
why-lacks-items = nothing on the ready list of { $file } is really ready
why-lacks-bytes = there is nothing to read in { $file }
why-lacks-lowat =
    { $bytes ->
        [one] only { $bytes } byte waits in { $file }, and SO_RCVLOWAT asks for { $wanted }
       *[other] only { $bytes } bytes wait in { $file }, and SO_RCVLOWAT asks for { $wanted }
    }
why-lacks-reading = { $file } is the end for writing: it never has anything to read
why-lacks-slots = the pipe of { $file } is full: { $slots } slots are taken
why-lacks-room = the send buffer of { $file } is full: { $used } of { $size } B are charged
why-lacks-connection = the accept queue of { $file } is empty
why-lacks-synack = the handshake of { $file } is not over
why-lacks-fin = the other end of { $file }, { $peer }, has not stopped sending
why-lacks-peer = { $file } is not connected

why-do-other = Only a signal can end it.
why-do-count = Somebody has to write a number above 0 to { $file }.
why-do-read = Somebody has to read { $file }.
why-do-advance = Time has to pass: advance { $time }.
why-do-settime = Set it with timerfd_settime({ $file }, …).
why-do-kill = One of { $signals } has to be sent: kill().
why-do-items = An item of { $file } has to become ready.
why-do-write = Somebody has to write to { $file }, or close it.
why-do-drain = Somebody has to read from { $file }, or close it.
why-do-connect = A client has to connect to port { $port }.
why-do-synack = The other end has to answer with SYN|ACK, or refuse.
why-do-fin = Somebody has to call shutdown({ $peer }, SHUT_WR), or close it.
why-do-send = A datagram has to be sent to port { $port }.
why-do-peer = connect({ $file }, …) has to be called first.

## What stands in the way.

why-held-at = { $task }, which is held at { $point },
why-not-ovflist = { $item } is ready, but { $task } is in the midst of a scan: the item is on ovflist.
why-not-scan = { $item } is on the private list of the scan that { $task } is in.
why-not-max =
    { $max ->
        [one] { $item } is on rdllist, but { $task } had room for { $max } event only.
       *[other] { $item } is on rdllist, but { $task } had room for { $max } events only.
    }
why-not-run-yet = { $item } is on rdllist, and { $task } is awake to fetch it, but has not run yet.
why-not-fetched = { $item } is on rdllist, and nobody has called epoll_wait to fetch it.
why-not-disarmed = EPOLLONESHOT disarmed { $item } at event { $event }: its mask asks for nothing.
why-not-disarmed-with = EPOLLONESHOT disarmed { $item } at event { $event }: its mask asks for nothing, though { $what }.
why-not-exclusive = { $what }, but the wake-up was exclusive and ended before { $item }: { $by } of { $ep } took it.
why-not-edge = { $what }, but that edge was reported to { $task } at event { $event }, and there was no new one since.
why-not-announced = { $what }, but nobody has announced it since { $item } was looked at last, at event { $event }.
why-not-asked = { $what } ({ $ready }), but the mask of { $item } asks for { $asked } only.
why-not-stale = { $item } was on rdllist, but nothing was left when it was asked again at event { $event }: { $lacks }.
why-not-ready = { $item } asks for { $asked }, and nothing of that is ready: { $lacks }.
why-not-held =
    { $count ->
        [one] { $count } segment for { $item } is held on its way.
       *[other] { $count } segments for { $item } are held on their way.
    }
why-not-watched = { $file } is in no interest set.
why-not-stopped = { $task } is held at the point { $point }.
why-not-runs = { $task } was woken, but does not have the processor yet.
why-not-mutex = { $task } waits for ep->mtx of { $file }, which { $holder } holds.
why-not-mutex-free = { $task } waits for a mutex that is free now.
why-not-signals = { $task } waits for nothing but a signal.
why-not-rest =
    { $count ->
        [one] Of { $count } more descriptor nothing is ready.
       *[other] Of { $count } more descriptors nothing is ready.
    }
why-not-empty-set = The interest set of { $file } is empty.
why-not-another = One wake-up wakes one: that of event { $event } woke { $other }, which stood nearer to the head of ep->wq than { $task }.
why-not-here = { $item } is ready, but in the interest set of { $other }, not of { $file }.
why-not-poll = Nothing that is asked for is ready on { $file }: { $lacks }.
why-not-call = { $task } is blocked in { $call }: { $lacks }.
why-not-masked = { $signal } is pending for { $task }, but its signal mask holds it back.
why-not-sleeping = { $task } sleeps until { $time }.
why-not-timeout = The timeout of { $task } ends only at { $time }.

## What would have to happen.

why-do-scan = The scan has to end: { $task } has to go on.
why-do-wait = A task has to call epoll_wait({ $file }, …).
why-do-run = { $task } has to get the processor: step on.
why-do-mod = epoll_ctl(EPOLL_CTL_MOD) with a mask arms { $item } again.
why-do-exclusive = The next announcement wakes the next waiter; or add { $item } without EPOLLEXCLUSIVE.
why-do-edge-in = Read { $item } until EAGAIN; or new data has to arrive; or EPOLL_CTL_MOD makes it an event again.
why-do-edge-out = Write to { $item } until EAGAIN, so that room is news again; or EPOLL_CTL_MOD makes it an event again.
why-do-announce = Something new has to happen on { $item }, or EPOLL_CTL_MOD has to look at it again.
why-do-ask = epoll_ctl(EPOLL_CTL_MOD) with { $ready } in the mask of { $item }.
why-do-deliver = deliver() lets them arrive.
why-do-add = epoll_ctl(EPOLL_CTL_ADD) puts { $file } into one.
why-do-continue = { $task }: continue lets it go on.
why-do-unlock = { $holder } has to let it go.
why-do-signal = A signal has to be sent: kill({ $task }, …).
why-do-rest = Something has to happen on one of them.
why-do-add-any = epoll_ctl({ $file }, EPOLL_CTL_ADD, …) has to put something into it.
why-do-another = A further wake-up is needed: another descriptor that becomes ready, or one that is level-triggered and is put back.
why-do-here = Wait on that instance, or add { $item } to { $file }.
why-do-unmask = { $task } has to take { $signal } out of its mask: sigprocmask, or a wait with another mask.

## Names.

why-queue-wq = ep->wq of { $file }
why-queue-poll-wait = ep->poll_wait of { $file }
why-queue-signals = signalfd_wqh of the process
why-queue = the wait queue of { $file }
why-pipe = the pipe { $read }/{ $write }
why-sock = a socket without a descriptor

## The box.

why-button = Why?
why-button-event = Why? The causes of this event
why-not-button-task = Why does it not go on?
why-not-button-run = Why does it not run?
why-not-button-item = Why is it not reported?
why-asks = Questions
why-card = why?
why-card-name = why? What keeps { $task } from going on
why-empty = An empty machine.
why-ready = Ready
why-stop = .
why-name-item = the item for { $item }
why-so = { $what }.
why-of-event = Why event { $event }?
why-of-thing = Why is it so: { $name }?
why-not-of-task = What keeps { $name } from going on?
why-not-of-thing = Why is { $name } not reported?
why-not-nothing = Nothing stands in the way.
why-close = close the answer
why-further = Why was that?
why-go = go there: event { $event }
why-go-back = return to event { $event }
why-end-program = Here the chain ends: the program decided to call.
why-end = Here the chain ends.
