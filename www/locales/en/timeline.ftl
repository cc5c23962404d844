### The timeline and its lanes.

timeline-lanes = Lanes
timeline-clock = virtual time
timeline-position = Position
timeline-event = event { $number }
timeline-event-word = event
timeline-of = event { $number } / { $all }
timeline-user = in user space
timeline-runnable = runnable, waits for the processor
timeline-runnable-short = runnable
timeline-running = running in the kernel
timeline-blocked = blocked: { $place }
timeline-stopped = stopped at { $point }
timeline-dead = dead
timeline-hardirq = hardirq: timer
timeline-softirq = softirq: network
timeline-no-irq = no interrupt
timeline-unborn = not there yet
timeline-queue = wait queue of { $file }
timeline-timer = sleep, until its timer
timeline-failures =
    { $count ->
        [one] { $count } problem
       *[other] { $count } problems
    }
timeline-failed-line = line { $line }: { $message }
timeline-caught = stopped at { $target }
timeline-zoom = Zoom
timeline-zoom-in = zoom in
timeline-zoom-out = zoom out
timeline-fit = fit
timeline-more = lanes and more
