### Transport: play, steps, speed, breakpoints.

controls-playback = Playback
controls-play = play
controls-pause = pause
controls-restart = restart
controls-back = step back
controls-forward = step forward
controls-end = to the end
controls-by = Step by
controls-by-event = event
controls-by-function = function
controls-by-syscall = syscall
controls-speed = Speed
controls-still = no animation

controls-breaks = Breakpoints
controls-breakpoints = Breakpoints: { $on } on
controls-no-breaks = None yet. Playing stops at the event that hits one.
controls-break-kind = Break on
controls-break-function = kernel function
controls-break-descriptor = descriptor
controls-break-task = task
controls-break-errno = errno
controls-break-add = add
controls-break-remove = remove { $target }
controls-break-on = break on { $target }
controls-hits =
    { $count ->
        [one] { $count } hit
       *[other] { $count } hits
    }
controls-off = off
controls-run = run to next
controls-run-back = back to previous
controls-bad-empty = Say what to stop at.
controls-bad-function = The simulator has no function of this name.
controls-bad-function-near = The simulator has no function of this name; it has { $near }.
controls-bad-descriptor = Neither a descriptor's number nor a variable of the script.
controls-bad-task = No task of this run has this name.
controls-bad-errno = Not the name of an error, such as EAGAIN.
