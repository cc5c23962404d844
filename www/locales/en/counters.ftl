### Counters: what epoll, poll and select cost.

counters-real = What it cost, up to here
counters-twins =
    { $waits ->
        [0] No epoll_wait yet to compare with poll and select
        [one] The same { $waits } wait, had it been made with poll or select
       *[other] The same { $waits } waits, had they been made with poll or select
    }
counters-as-it-was = epoll as it was
counters-with-poll = with poll
counters-with-select = with select
counters-syscalls = system calls
counters-looked-at = fds scanned
counters-file-polls = files asked
counters-bytes-in = bytes copied in
counters-bytes-out = bytes copied out
counters-allocations = allocations
counters-allocated = bytes allocated
counters-armed = entries armed
counters-disarmed = entries disarmed
counters-callbacks = callbacks run
counters-useful = wake-ups, useful
counters-spurious = wake-ups, spurious
counters-model = How the comparison is computed
counters-model-1 = Each epoll_wait is set beside a poll() and a select() over the descriptors that its instance watched when it began, with the same timeout. The column of epoll holds its epoll_ctl calls too.
counters-model-2 = Such a call copies its set in and out, hooks into every queue before it sleeps, and scans all descriptors at its start, after each wake-up, and after a timeout or a signal.
counters-model-3 = It finds what epoll_wait found. Real poll and select know no edges, no one-shot and no exclusive waiting: they would report more and wake more threads.
