### What is wrong with a script, when it is read and when it is run: messages without a full stop,
### and behind “expected” what would have been right.

script-a-call = a call such as `epoll_wait(ep, 8, 0)`
script-a-duration = a duration such as `10ms`
script-a-fault = `ENOMEM`, `ENFILE` or `EFAULT`
script-a-flag = a flag or an integer behind `|`
script-a-handler = `handler`, `SIG_IGN` or `SIG_DFL`
script-a-list = a list such as `{ $list }`
script-a-new-name = a new name
script-a-path = a path such as `"/dev/null"`
script-a-pollfd = a descriptor with what is asked of it, such as `{ $pollfd }`
script-a-result = a result: a value, an error's name, `blocks`, or `_` for anything
script-a-set = a list of descriptors such as `[rd, 5]`, or NULL
script-a-value = a value such as `7`, `EPOLLIN`, `"abc"` or `{ $event }`
script-advance-not-for-task = `advance` is not for a task
script-advance-own-line = `advance 10ms` on a line of its own
script-an-event = an event such as `{ $event }`
script-an-integer = an integer, a name, or flags joined by `|`
script-arrow-before-result = `->` before what a call must give
script-arrow-for-blocked = `{ $task } => …` for what a blocked call gave
script-arrow-or-end = `->` and a result, or { script-line-end }
script-as-many-parentheses = as many `)` as `(` in the call of `{ $call }`
script-at-most = at most `{ $most }`
script-at-most-plain = at most { $most }
script-blocked-task = a task that was blocked in its last call
script-blocks-or-stopped = blocks (or stopped on its way)
script-bound-or-constant = a name that an earlier line binds, or a constant of C
script-brackets-around = brackets around two names: `[{ $name }, …] = …`
script-brackets-around-pipe = brackets around two names: `[rd, wr] = pipe()`
script-call-inside = a call to `{ $call }` inside another statement
script-call-or-continue = { script-a-call }, or `continue`
script-character = character { $code }
script-closing-quote = a closing `"`
script-colon-and-call = `:` and { script-a-call }
script-colon-behind = `:` behind `{ $name }` and a call, or `=>` and a result
script-comma-or-close = `,` or `{ $close }`
script-continue-no-call = `continue` is no call
script-decimal-or-hexadecimal = decimal without a leading zero, or hexadecimal as in `0x1ed`
script-decimal-unit = decimal digits before the unit
script-deepest = at most { $most } lists or braces in each other
script-did-not-rest = the machine did not come to rest: { $why }
script-digit-groups = digits in groups
script-digits-at-once = digits at once behind a `-`
script-does-not-fit = { $number } does not fit C's `{ $ctype }`
script-double-quotes = a string in double quotes, as in `"abc"`
script-duration-among-flags = a duration among flags
script-duration-hexadecimal = a duration in hexadecimal
script-duration-negative = a negative duration
script-duration-too-long = the duration is too long
script-end-after-continue = { script-line-end }; `{ $task } => …` on the next line checks the result
script-ends-too-early = the line ends too early
script-equals-and-call = `=` and a call such as `pipe()`
script-equals-binds = `=`, which binds a result to a name
script-error-alone = the error's name alone, as in `EAGAIN`
script-error-name-alone = the error's name alone, as in `-> EAGAIN`
script-escape-digits = one or two hexadecimal digits, as in `\x7f`
script-escape-no-digit = `\x` without a digit
script-escape-too-large = the escape `{ $escape }` does not fit in a byte
script-event-form = `{ $form }`, such as `{ $event }`
script-event-needs-data = an expected event needs its data
script-event-or-null = an event such as `{ $event }`, or NULL
script-event-two-parts = an event has two parts
script-first-process-ended = { $task } can not be made: the first process has ended
script-fraction = a number with a fraction
script-from-to = from { $least } to { $most }
script-gives-one = { $call } gives one number
script-gives-two = { $call } gives two descriptors
script-got = got { $got }
script-hash-before-comment = `#` before a comment
script-hex-digits = digits 0–9 and a–f
script-hexadecimal = a number such as `0xff`
script-host-too-slow = the host was too slow for the timeouts of this scenario: { $why }
script-idle-task = a task that is in no call
script-in-a-name = "{ $text }" in a name
script-in-hexadecimal = { $text } in a hexadecimal number
script-in-its-call =
    { $state ->
        [stopped] { $task } is stopped in its call on line { $line }
       *[blocked] { $task } is blocked in its call on line { $line }
    }
script-in-no-set = { $fd } is in no set of descriptors
script-in-place = a value; what C passes by address is written in place, as in `{ $event }`
script-integer-too-large = the integer does not fit in 64 bits
script-integers = an integer from -9223372036854775808 to 18446744073709551615
script-key-missing = metadata without a key
script-key-one-word = `#: key = value` with a key of one word, or `# ` for a comment
script-key-spaces = white space in the key of metadata
script-key-value-or-comment = `#: { $key } = …`, or `# ` for a comment
script-key-without-value = metadata without `=`
script-kind-no-path =
    { $kind ->
        [integer] an integer is no path
        [string] a string is no path
        [duration] a duration is no path
        [list] a list is no path
        [event] an event is no path
       *[null] NULL is no path
    }
script-known-escapes = one of { $known }, `\x7f` or `\177`
script-known-task = the name of a task that has made a call
script-lacks-async = the simulator does not know O_ASYNC
script-lacks-bad-memory = the simulator does not know bad memory in this call
script-lacks-direct-file = the simulator does not know O_DIRECT on a regular file
script-lacks-empty-oob = the simulator does not know receiving no bytes out of band
script-lacks-fcntl = the simulator does not know locks, leases, owners, seals and hints of fcntl
script-lacks-file-write = the simulator does not know writes to a regular file
script-lacks-ioctl = the simulator does not know this ioctl
script-lacks-large-pipe = the simulator does not know pipes of more than 1 MiB, for which one needs a privilege
script-lacks-large-read = the simulator does not know reads of more than 16 MiB from /dev/zero
script-lacks-large-write = the simulator does not know writes of more than 16 MiB of filler
script-lacks-library-signals = the simulator does not know signals 32 and 33, which the C library keeps for itself
script-lacks-message-flags = the simulator does not know these flags of send and recv
script-lacks-noatime = the simulator does not know O_NOATIME
script-lacks-notification-pipe = the simulator does not know O_NOTIFICATION_PIPE
script-lacks-open-flags = the simulator does not know the open flags { $flags }
script-lacks-path = the simulator does not know the path `{ $path }`: there are { $known }
script-lacks-self-connect = the simulator does not know a socket connecting to itself
script-lacks-socket-kind = the simulator does not know this kind of socket
script-lacks-socket-option = the simulator does not know this socket option
script-lacks-stop-signals = the simulator does not know signals that stop, continue or dump core
script-lacks-unix-type = the simulator does not know AF_UNIX sockets of this type
script-lacks-unknown-task = the simulator does not know tasks that never were
script-letters = letters a–z and A–Z, digits and `_`
script-line-end = the end of the line
script-living-name = the name of a task that lives
script-living-task = a task that lives
script-must-succeed = a call that succeeds, since no `->` says otherwise
script-name-for-task = a name for the new task
script-name-of-constant = `{ $name }` is a constant of C
script-name-to-bind = a name to bind, as in `[rd, wr] = pipe()`
script-no-call-gives = no call gives this
script-no-call-made = { $task } has made no call
script-no-data = this does not fit `data`
script-no-descriptor-list =
    { $kind ->
        [integer] an integer is no list of descriptors
        [string] a string is no list of descriptors
        [duration] a duration is no list of descriptors
        [list] a list is no list of descriptors
        [event] an event is no list of descriptors
       *[null] NULL is no list of descriptors
    }
script-no-descriptor-set =
    { $kind ->
        [integer] an integer is no set of descriptors
        [string] a string is no set of descriptors
        [duration] a duration is no set of descriptors
        [list] a list is no set of descriptors
        [event] an event is no set of descriptors
       *[null] NULL is no set of descriptors
    }
script-no-duration = this is no duration
script-no-event = this is no event
script-no-fault = this can not be let happen
script-no-handler = this is no way to handle a signal
script-no-hexadecimal = `0x` without a hexadecimal digit
script-no-integer =
    { $kind ->
        [integer] an integer is no integer
        [string] a string is no integer
        [duration] a duration is no integer
        [list] a list is no integer
        [event] an event is no integer
       *[null] NULL is no integer
    }
script-no-mask = this does not fit an event mask
script-no-name = this is no name
script-no-number = this is no number
script-no-octal = there are no octal numbers
script-no-parentheses = a value without parentheses, as in `EPOLLIN|EPOLLET`
script-no-path = this is no path
script-no-set = this is no set
script-no-signal = no signal has the number { $number }
script-no-signal-list = this is no list of signals
script-no-statement = this is no statement
script-no-struct = this is no `{ $name }`
script-no-such-call = no call is named `{ $call }`
script-no-such-point = no preemption point is named `{ $point }`; there are { $known }
script-no-such-setting = `{ $key }` has no value that it can have
script-no-such-task = no task is named `{ $task }`
script-no-task-named = no task is named
script-no-turn =
    { $doing ->
        [gone] { $task } does not wait for the processor: it is gone
        [idle] { $task } does not wait for the processor: it is in no call
        [stopped] { $task } does not wait for the processor: it is stopped at a preemption point
       *[asleep] { $task } does not wait for the processor: it sleeps
    }
script-no-unit = a number without a unit
script-not-closed = the `{ $open }` is not closed
script-not-stopped = { $task } is not stopped at a preemption point
script-not-writable = this can not be written
script-nothing-named = nothing is named `{ $name }`
script-null-among-flags = `NULL` among flags
script-number-alone = the number alone
script-number-as-first = a number, as the first of the list
script-number-up-to = a number from 0 to { $most }
script-one-of = one of { $names }
script-one-piece = the digits in one piece, as in `1000000`
script-open-and-arguments = `(` and the arguments of `{ $call }`
script-other-name = another name for the variable
script-outcome-stopped = stopped at { $point }
script-params-or-null = `{ $params }`, or NULL
script-plain-minus = a plain `-`
script-point-before-arrow = `@` and its point before `->`
script-point-name = the name of a preemption point
script-returned-name = a name whose call has returned
script-same-name-twice = `{ $name }` is bound twice
script-second-name = `,` and a second name, as in `[rd, wr] = pipe()`
script-single-bar = a single `|` between two flags
script-stopped-task = a task whose call has `@ point`
script-stops-at = { $task } stops at `{ $point }`
script-string = string
script-string-not-closed = the string is not closed
script-string-or-count = a string or a count
script-suffix = unneeded suffix { $suffix }
script-takes =
    { $most ->
        [0] `{ $call }` takes no arguments, not { $count }
        [one] `{ $call }` takes { $most } argument, not { $count }
       *[other] `{ $call }` takes { $most } arguments, not { $count }
    }
script-takes-or = `{ $call }` takes { $least } or { $most } arguments, not { $count }
script-task-before-brackets = the task's name first, as in `main: [rd, wr] = pipe()`
script-task-before-colon = the task's name before the `:`, as in `main: nop()`
script-task-begins-with-letter = a task's name, which begins with a letter
script-task-exists = { $task } is there already
script-task-first = the task first: `main: { $text }`
script-task-gone = { $task } is gone: its process has ended
script-task-or-advance = a task's name, as in `main: nop()`, or `advance 10ms`
script-tasks-run-on = tasks were let run { $times } times in one statement
script-timeout-too-long = `{ $duration }` does not fit `int timeout`
script-timers-fire-on = timers fired { $times } times in one statement
script-too-deep = nested too deep
script-two-at-most = `]`, for a call gives two descriptors at most
script-two-different-names = two different names
script-unexpected = unexpected { $text }
script-unit-at-once = a unit must follow its number at once
script-units = one of ns, us, ms, s
script-unknown-escape = unknown escape { $escape }
script-unknown-unit = unknown unit { $unit }
script-unsigned = an unsigned 64-bit number
script-value-and-close =
    { $first ->
        [yes] a value or `{ $close }`
       *[no] a value and `{ $close }`
    }
script-value-never = `{ $name }` has no value: the call on line { $line } did not give one
script-value-not-yet = `{ $name }` has no value: the call on line { $line } has not returned
script-variable-own-line = a variable, bound on a line of its own: `main: ep = epoll_create1(0)`
script-was-not-blocked = { $task } was not blocked: its call on line { $line } returned at once
script-what-calls-give = a number, a string, a list of events, three sets, an error's name, `blocks` or `_`
script-whole-number = a whole number, as in `1500us` for 1.5 milliseconds
script-without-colon = `{ $task } => …` without the `:`
script-machine-gave-up = not carried out: on line { $line } the machine did not come to rest
