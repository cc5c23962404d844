### Forms, menus and what hands can do.

hands-actions = Actions of { $what }
hands-close-menu = Close
hands-task = task { $name }
hands-item = the item for fd { $fd }
hands-file = fd { $fd }, { $kind }
hands-file-unheld = a file without a descriptor, { $kind }
hands-ep = the epoll instance fd { $fd }
hands-here = On it
hands-belongs = Belongs to it
hands-none = none yet
hands-mask = Mask
hands-mask-more = rarer flags

hands-hint-disarmed = Disarmed by EPOLLONESHOT; a MOD arms it again.
hands-hint-exclusive = An exclusive item cannot be modified: DEL and ADD are written instead.
hands-hint-to-exclusive = EPOLLEXCLUSIVE can only come with an ADD: that toggle writes DEL and ADD.
hands-hint-mod = data { $data } · each toggle writes an EPOLL_CTL_MOD

hands-act-data = + data
hands-act-oob = + urgent byte
hands-act-count = write
hands-act-drain = drain
hands-act-read = read
hands-act-far-close = close far end
hands-act-connect = connect
hands-act-connect-many = connect ×
hands-act-arm = arm
hands-act-disarm = disarm
hands-act-watch = watch
hands-act-rearm = arm again
hands-act-stop-at = epoll_wait, stop at
hands-act-poll = poll all
hands-act-select = select all
hands-act-continue = continue
hands-act-run = run
hands-act-hold = hold
hands-act-release = release
hands-act-kill = send signal
hands-act-mask = block signal
hands-act-unmask = unblock signal
hands-act-thread = + thread

hands-field-bytes = bytes
hands-field-value = value
hands-field-times = connections
hands-field-initial = first after, ms
hands-field-interval = then every, ms; 0 for once
hands-field-max = max events
hands-field-timeout = timeout in ms
hands-field-signal = signal
hands-field-point = point
hands-field-fd = descriptor
hands-field-usecs = busy poll, µs
hands-field-budget = budget, packets
hands-field-prefer = prefer busy poll, 0 or 1
hands-field-of = { $act }: { $field }

hands-bad-range = A number from { $least } to { $most }.
hands-bad-number = This is no whole number.
hands-bad-choice = Nothing is chosen.
hands-bad-duration = A duration such as 10ms, 1s or 500us.

hands-off-no-fd = No descriptor stands for it any more.
hands-off-all-busy = No task that could make the call is free.
hands-off-far-closed = The far end is closed.
hands-off-far-unheld = Nobody holds the far end: it was not accepted yet, or is closed.
hands-off-not-connected = It is not connected: there is no far end.
hands-off-not-armed = It is not armed.
hands-off-empty = There is nothing to read.
hands-off-all-watch = Every epoll instance watches it already, or there is none.
hands-off-no-instance = Its process has no epoll instance.
hands-off-dead = { $task } is gone.
hands-off-stopped = { $task } is stopped at a preemption point.
hands-off-runnable = { $task } waits for the processor.
hands-off-blocked = { $task } is blocked in { $call }.
hands-off-no-fds = There is no descriptor to choose.

hands-new = New descriptor
hands-tasks = Tasks
hands-thread = + thread
hands-process = + process
hands-clock = clock + { $by }
hands-signal = Signal
hands-send = send
hands-advance = Advance clock
hands-advance-by = by
hands-set = Add to the interest set
hands-descriptor = Descriptor
hands-instance = epoll instance
hands-data = data
hands-data-hint = the fd number
hands-wait = Wait
hands-wait-call = Call
hands-wait-on = Wait on
hands-wait-all = all descriptors
hands-who = Task
hands-who-new = { $name } (new)
hands-max = max
hands-ms = ms

hands-any = Any call
hands-any-call = Call
hands-any-arg = { $call }: { $arg }
hands-any-bind = name of the result
hands-any-point = Stop at
hands-any-point-none = nowhere
hands-any-errors = Errors it can give: { $errors }
hands-any-no-errors = It gives no errors of its own.
hands-any-run = Make the call
hands-any-expected = { $message }; expected { $expected }

hands-turns = Scheduler
hands-turns-switch = scheduler in my hands
hands-turns-on = Who is woken waits until you let it run.
hands-turns-off = Who became runnable first runs first.
hands-turns-nobody = Nobody waits for the processor.
hands-turns-run = run { $task }
hands-net-switch = hold segments back
hands-net-deliver = deliver next
hands-net-way =
    { $count ->
        [0] No segment is on its way.
        [one] { $count } segment is on its way.
       *[other] { $count } segments are on their way.
    }

hands-load = Workload
hands-load-kind = Kind
hands-load-connections = connections
hands-load-ticks = active a tick
hands-load-bursts = bursts
hands-load-slow-reader = slow reader
hands-load-firehose = firehose
hands-load-connections-about = A listener and n connections, all watched.
hands-load-ticks-about = n pairs of sockets; in each tick k of them get data, one after the other.
hands-load-bursts-about = n pairs of sockets; in each tick k get data before anybody looks.
hands-load-slow-reader-about = 100 bytes come in each tick, k of them are read.
hands-load-firehose-about = A writer fills a pipe as fast as it can; the reader takes a page a tick.
hands-load-n = n, connections
hands-load-k = k, active
hands-load-k-read = k, bytes read
hands-load-t = ticks
hands-load-add =
    { $lines ->
        [one] Add { $lines } line
       *[other] Add { $lines } lines
    }
hands-load-more-active = More are active than there are: k is at most n.
hands-load-too-long = That would be { $lines } lines; 2000 are the most.
