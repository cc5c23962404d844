### The glossary: what each word means.

glossary-eventpoll = An epoll instance: what epoll_create1 makes. It holds the interest set as a tree, the ready list, and the queue of the tasks that sleep in epoll_wait.
glossary-epitem = One watched descriptor of an instance: 128 bytes from a slab, made by EPOLL_CTL_ADD. It is a node of the tree, can be linked into the ready list, and knows its mask and the program's data.
glossary-eppoll_entry = The hook of an item in the wait queue of its file: 64 bytes with a wait-queue entry inside, whose function is ep_poll_callback.
glossary-filefd = The key of an item in the tree: first the address of the open file, then the descriptor number. So the order in the tree is not the order of the numbers, and a dup'ed descriptor is another item.
glossary-rbr = The red-black tree of an instance: the interest set. Adding, changing and removing an item take O(log n) comparisons; waiting never touches it.
glossary-interest-set = All descriptors that an instance watches. It stays in the kernel between calls; poll and select bring theirs along each time.
    .name = interest set
glossary-rdllist = The ready list: items whose file announced something. epoll_wait takes from its front and looks only at these.
glossary-txlist = The private list of a scan: ep_send_events moves all of rdllist there before it copies, so that new arrivals do not disturb it.
glossary-ovflist = Where items go that fire during a scan. When the scan is done they move to rdllist. While no scan is under way it holds EP_UNACTIVE_PTR.
glossary-wq = The wait queue of an instance: the tasks asleep in epoll_wait. They join at the head and are exclusive, so the last to fall asleep is woken first, and one at a time.
glossary-poll_wait = The second wait queue of an instance: for those who watch the epoll descriptor itself, by poll, select or another instance.
glossary-mtx = The mutex of an instance. It is held during epoll_ctl and during the copying of a wait; who finds it taken sleeps.
glossary-lock = The spinlock of an instance, safe against interrupts: it protects rdllist, ovflist and wq, and is held for a few instructions only.
glossary-ws = A wakeup source, made for EPOLLWAKEUP. While it is held the machine does not suspend, so that an event is not lost between arrival and epoll_wait.
glossary-refs = The list of the items that watch a file. When the last reference to the file goes, the kernel walks it to remove them all. Close of one of several descriptors does not.
glossary-epoll_event = What the program passes and gets back: 12 packed bytes, a mask and a word of its own. The kernel never looks at the word.
glossary-file = An open file: one for each open, socket, pipe end. dup and fork make more descriptors of the same one. Readiness belongs to it, not to the descriptor.
glossary-descriptor = A number in the table of a process that stands for an open file. An item remembers both, so it can outlive the number.
    .name = file descriptor
glossary-wait_queue_head = A wait queue: a lock and a list of those to be told when something happens. Each file that can be polled has one or more.
glossary-wait_queue_entry = An entry of a wait queue: a function to be called by a wake-up, and for whom. It need not wake a task: the function of epoll only links an item.
glossary-ep_insert = EPOLL_CTL_ADD: makes the item, links it into file and tree, hooks it into the wait queue, and asks the file at once whether it is ready already.
glossary-ep_poll_callback = What a wake-up of a file calls for each item that watches it: tests the mask against the key, puts the item on the ready list, wakes one task from wq if any waits there.
glossary-ep_poll = The loop of epoll_wait: is anything there; if not, join wq and sleep; when woken, look again.
glossary-ep_send_events = Hands over: takes the items off the ready list one by one, asks each file again, and copies what it still finds. Here level and edge part ways: level-triggered items go back to the tail of the list.
glossary-ep_item_poll = Asks the file of an item what is ready now. The ready list is only a hint: what counts is the answer here.
glossary-ep_ptable_queue_proc = Called by the file's poll operation during an ADD: hooks the item into the queue that the file names.
glossary-ep_autoremove_wake_function = What a wake-up of wq calls: takes the entry off the queue and wakes its task.
glossary-wake_up = The walk over a wait queue: calls each entry's function from the head on, and stops after as many exclusive ones as were asked for.
glossary-try_to_wake_up = Makes a sleeping task runnable. When it runs is up to the scheduler.
glossary-level = The default: a descriptor is reported as long as it is ready. The item goes back to the ready list after each report and is dropped by the next look that finds nothing.
    .name = level-triggered
glossary-edge = EPOLLET: a descriptor is reported once for each arrival. The item is not put back; only a new announcement of the file brings it to the list again. Read until EAGAIN.
    .name = edge-triggered
glossary-oneshot = After one report the mask is cleared: the item stays in the set and says nothing more, until EPOLL_CTL_MOD arms it again.
glossary-exclusive = A wake-up that ends at the first entry marked WQ_FLAG_EXCLUSIVE whose function says that it counted. Tasks in epoll_wait always wait so; with EPOLLEXCLUSIVE items do too.
    .name = exclusive wake-up
glossary-key = What a wake-up announces, as a mask such as EPOLLIN. An item whose mask has none of it is passed over without being queued. A key of 0 passes every filter.
    .name = wake-up key
glossary-poll_table = What a poll operation gets: a function that hooks the caller into a wait queue, or none if only the mask is wanted.
glossary-poll_wqueues = What a poll or select has on its stack: nine entries, then a page for every 63 more. All are hooked in before it sleeps and torn down when it returns.
glossary-pollwake = The function of poll and select in a wait queue: sets triggered and wakes the task, which then looks at all its descriptors again.
glossary-fd_set = The six bitmaps of a select: three come in, three go out. On the stack up to 320 descriptors, allocated beyond.
glossary-spurious = A wake-up after which there is nothing: another thread was faster, or the file is not ready any more. The task sleeps again; the processor time is lost.
    .name = spurious wake-up
glossary-herd = Many tasks are woken for one event and all but one find nothing. Exclusive waiting is the cure.
    .name = thundering herd
glossary-softirq = Where segments arrive: kernel code between an interrupt and the tasks. It runs in no task of the program, and may interrupt a call at any place.
glossary-nested = An epoll descriptor in the interest set of another instance. It is ready when its own ready list is not empty. Loops are refused with ELOOP.
    .name = nested epoll
glossary-busy-poll = Instead of sleeping at once, epoll_wait may ask the network device for packets itself for a while. It costs processor time and saves an interrupt.
    .name = busy polling
glossary-watches = How many items one user may have in all interest sets: 4 % of low memory, at 184 bytes each. Beyond it ADD says ENOSPC.
glossary-sock = A socket inside the kernel: queues, limits, state. Its one wait queue serves readers and writers alike; the key tells them apart.
glossary-receive-queue = The buffers that have arrived and were not read. While there are any, the socket is ready for reading.
    .name = receive queue
glossary-accept-queue = Connections whose handshake is done and that nobody accepted yet. While there are any, the listening socket is ready for reading.
    .name = accept queue
glossary-backlog = Where segments wait that arrive while a task owns the socket. The owner takes them in when it lets go.
glossary-pipe = A pipe: a ring of 16 slots, each a page. Once somebody polled it, every write wakes readers, so that edge-triggered watchers miss nothing.
glossary-slack = How much later than asked a timeout may come: 0.1 % of it, at least 50 µs, so that timers can be served together.
    .name = timer slack

look-glossary-search = Search the glossary
look-glossary-count =
    { $count ->
        [0] no term
        [one] { $count } term
       *[other] { $count } terms
    }
look-glossary-show = show on stage
look-glossary-absent = not on stage now
look-glossary-source = source of { $name }
