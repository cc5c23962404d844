### Structures and their fields; tables; the right column's tabs.

inspector-empty = empty
inspector-free = free
inspector-held = held
inspector-held-by = held by
inspector-not-linked = not linked
inspector-ws-active = held: the machine stays awake
inspector-ws-idle = not held
inspector-watches = epoll_watches = { $count }
inspector-items =
    { $count ->
        [one] ({ $count } item)
       *[other] ({ $count } items)
    }
inspector-last-descent = last descent:
inspector-txlist = txlist of the scan:
inspector-pages =
    { $count ->
        [one] { $count } page
       *[other] { $count } pages
    }
inspector-passes =
    { $count ->
        [one] nfds { $nfds }, { $count } pass
       *[other] nfds { $nfds }, { $count } passes
    }
inspector-slots-filled =
    { $count ->
        [one] tail + { $count } slot
       *[other] tail + { $count } slots
    }
inspector-machine = the machine

inspector-table-tasks = Tasks
inspector-table-tree =
    { $count ->
        [one] Interest set of { $ep }: { $count } item, in tree order
       *[other] Interest set of { $ep }: { $count } items, in tree order
    }
inspector-table-lists = Ready lists of { $ep }
inspector-table-queues = Wait queues, entry by entry
inspector-table-descriptors = Descriptors
inspector-table-none = nothing
inspector-column-task = task
inspector-column-process = process
inspector-column-state = state
inspector-column-call = call
inspector-column-result = result
inspector-column-file = file
inspector-column-colour = colour
inspector-column-depth = depth
inspector-column-ready = ready
inspector-column-list = list
inspector-column-item = item
inspector-column-queue = queue
inspector-column-for = for
inspector-column-holds = holds
inspector-column-watched = watched by
inspector-red = red
inspector-black = black
inspector-root = root
inspector-no = no

look-tabs = Look closer
look-events = Events
look-object = Object
look-tables = Tables
look-cost = Cost
look-glossary = Terms
look-wider = wider
look-narrower = narrower
look-heading = Inside the kernel
look-event-list = Events
look-nothing = Nothing is selected: this is the current event. A click on an object of the stage, or on a link here, shows that object.
look-no-event = Nothing has happened yet.
look-event = Event { $at }
look-kind = kind
look-function = function
look-context = context
look-cause = cause
look-cause-none = the program decided
look-context-boot = the machine’s start
look-context-hardirq = hardirq: the timer
look-context-softirq = softirq: the network
look-context-task = task
look-close = show the event
look-field = field
look-offset = offset
look-size = size
look-value = value
look-bytes =
    { $count ->
        [one] { $count } byte
       *[other] { $count } bytes
    }
look-partial = offsets depend on the build
look-in-4x = 4.x: { $name }
look-unmodelled = not modelled
look-was = was
look-changed = changed
look-new = new in this step
look-changes =
    { $count ->
        [0] unchanged in this step
        [one] { $count } field changed in this step
       *[other] { $count } fields changed in this step
    }
look-only-changes = only what changed
look-term = What is { $name }?
look-layout-note = Fields of Linux 6.18 on x86-64, built without lock debugging.
look-find = Find in events
look-find-count = { $at } of { $count }
look-find-none = nothing found
look-find-previous = previous
look-find-next = next
look-find-close = close
look-keys = Keys
look-keys-close = Close
look-key-play = plays and pauses
look-key-step = steps back and forward
look-key-ends = to the start, to the end
look-key-escape = lets go of what is selected, closes what is open
look-key-find = finds in the events
look-key-help = shows this list
look-key-syscall = back and forward by a system call
look-key-why = asks why the current event happened
look-key-menu = opens the actions of what is selected
look-key-delete = removes what is selected, by a script line
