### Names and words that stand in what is told of events.

name-item = the item for { $fd }
name-pipe = the pipe fd { $read }/{ $write }
name-queue = the wait queue of { $file }
name-queue-poll-wait = ep->poll_wait of { $ep }
name-queue-signals = signalfd_wqh of the process
name-queue-wq = ep->wq of { $ep }
name-sock-without-file = a socket without a file

who-boot = the machine
who-hardirq = the timer interrupt
who-softirq = the network softirq

word-alloc-context = the file's context
word-alloc-bitmaps = bitmaps
word-alloc-file-table = an entry of the table of open files
word-datagram-socket = datagram socket
word-directory = directory
word-eventfd-semaphore = eventfd, semaphore
word-instance = the instance
word-list-separator = ,{ " " }
word-nothing = nothing
word-pipe-read-end = pipe, read end
word-pipe-write-end = pipe, write end
word-place =
    { $point ->
        [armed] after hooking the item into the file's wait queue, before asking whether it is ready already
        [before_sleep] after finding nothing, before joining ep->wq
        [timed_out] with its timeout over, while its entry still stands on ep->wq
        [before_scan] before it takes ep->mtx to harvest
        [copy_out] in the middle of the scan, before an event is stored in user memory: a page fault may sleep there
       *[polled] after a pass over all descriptors found nothing, before it sleeps
    }
word-regular-file = regular file
word-state =
    { $state ->
        [dead] gone
        [idle] in user space
        [runnable] runnable
        [running] running
        [interruptible] sleeps
        [uninterruptible] waits for mtx
       *[stopped] stopped at { $point }
    }
word-tcp-socket = TCP socket
word-unix-stream = unix stream
