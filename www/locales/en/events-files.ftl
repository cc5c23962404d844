### What happened, of descriptors, open files, pipes, sockets and segments. The value is the
### sentence, `.title` a few words, `.brief` the line of a list.

event-file-new = A struct file at { $address }. This address, not the descriptor, is the first part of its key in every interest set.
    .title = A new open file: { $kind }
    .brief = new file: { $kind }
event-file-free = The last reference to this open file is gone, so it goes too, and with it every item that watched it.
    .title = { $file } is released
    .brief = release { $file }
event-file-count =
    { $count ->
        [one] { $file } is now referred to { $count } time, by descriptors and by calls under way.
       *[other] { $file } is now referred to { $count } times, by descriptors and by calls under way.
    }
    .title = References: { $count }
    .brief = { $file } refs = { $count }
event-fd-install = Descriptor { $fd }, the lowest free number, stands for this open file from now on.
    .title = fd { $fd }
    .brief = fd { $fd } installed
event-fd-remove =
    { $left ->
        [0] The number { $fd } is free again. It was the last reference, so the file will be released.
        [one] The number { $fd } is free again. The open file lives on with { $left } more reference; items that watch it stay.
       *[other] The number { $fd } is free again. The open file lives on with { $left } more references; items that watch it stay.
    }
    .title = fd { $fd } is gone
    .brief = fd { $fd } removed
event-fd-cloexec =
    { $on ->
        [yes] The descriptor would be closed by execve.
       *[no] The descriptor would stay open over execve.
    }
    .title = FD_CLOEXEC of fd { $fd }
    .brief =
        { $on ->
            [yes] fd { $fd } close_on_exec = 1
           *[no] fd { $fd } close_on_exec = 0
        }
event-file-flags = The open file's flags are { $flags } now, for all descriptors that stand for it.
    .title = Flags of { $file }
    .brief = { $file } flags = { $flags }
event-eventfd-count =
    { $readable ->
        [yes] The counter of { $file } goes from { $old } to { $count }. Above 0 it is readable.
       *[no] The counter of { $file } goes from { $old } to { $count }. At 0 it is not readable any more.
    }
    .title = The counter is { $count }
    .brief = { $file } count = { $count }
event-timerfd-arm =
    { $armed ->
        [yes] { $file } ticks at { $time }.
       *[no] { $file } stands still.
    }
    .title =
        { $armed ->
            [yes] The timer is set
           *[no] No timer
        }
    .brief =
        { $armed ->
            [yes] tick at { $time }
           *[no] { $file } stands still
        }
event-timerfd-fire = The timer of { $file } fires. A periodic one stands still until somebody reads it.
    .title = A tick
    .brief = { $file } fires
event-timerfd-ticks =
    { $ticks ->
        [0] { $file } has no ticks any more: all were read, or it was set anew. It is not readable.
        [one] { $file } has { $ticks } tick that nobody read yet. Above 0 it is readable.
       *[other] { $file } has { $ticks } ticks that nobody read yet. Above 0 it is readable.
    }
    .title = Ticks: { $ticks }
    .brief = { $file } ticks = { $ticks }

event-pipe-new = A ring of 16 slots, 65 536 bytes, with one wait queue for readers and one for writers.
    .title = A pipe
    .brief = new pipe
event-pipe-free = Both ends are closed, so the ring is freed.
    .title = The pipe is gone
    .brief = pipe freed
event-pipe-push =
    { $bytes ->
        [one] It fills a fresh slot of { $pipe }. Its read end is readable.
       *[other] They fill a fresh slot of { $pipe }. Its read end is readable.
    }
    .title =
        { $bytes ->
            [one] { $bytes } byte arrives
           *[other] { $bytes } bytes arrive
        }
    .brief = pipe: + { $bytes } B, a new slot
event-pipe-merge =
    { $bytes ->
        [one] It still fits into the last slot of { $pipe }, so no new slot is needed.
       *[other] They still fit into the last slot of { $pipe }, so no new slot is needed.
    }
    .title =
        { $bytes ->
            [one] { $bytes } byte more
           *[other] { $bytes } bytes more
        }
    .brief = pipe: + { $bytes } B
event-pipe-take =
    { $freed ->
        [yes]
            { $left ->
                [one] { $left } byte stays in { $pipe }. The slot is empty and freed.
               *[other] { $left } bytes stay in { $pipe }. The slot is empty and freed.
            }
       *[no]
            { $left ->
                [one] { $left } byte stays in { $pipe }. The slot stays in use.
               *[other] { $left } bytes stay in { $pipe }. The slot stays in use.
            }
    }
    .title =
        { $bytes ->
            [one] { $bytes } byte is read
           *[other] { $bytes } bytes are read
        }
    .brief = pipe: − { $bytes } B
event-pipe-ends =
    { $readers ->
        [one]
            { $writers ->
                [one] { $pipe } has { $readers } read end and { $writers } write end open now.
               *[other] { $pipe } has { $readers } read end and { $writers } write ends open now.
            }
       *[other]
            { $writers ->
                [one] { $pipe } has { $readers } read ends and { $writers } write end open now.
               *[other] { $pipe } has { $readers } read ends and { $writers } write ends open now.
            }
    }
    .title = The pipe's ends
    .brief = pipe: { $readers } r, { $writers } w
event-pipe-poll-usage = It was polled for the first time. From now on every write wakes its readers, not only the first into an empty pipe, so that edge-triggered items hear of each.
    .title = This pipe is watched
    .brief = pipe: poll_usage = 1
event-pipe-resize =
    { $slots ->
        [one] The pipe's ring is replaced by one of { $slots } page.
       *[other] The pipe's ring is replaced by one of { $slots } pages.
    }
    .title =
        { $slots ->
            [one] { $slots } slot
           *[other] { $slots } slots
        }
    .brief =
        { $slots ->
            [one] pipe: { $slots } slot
           *[other] pipe: { $slots } slots
        }

event-sock-new = It may have up to { $bytes } bytes of buffers under way that its peer has not read yet.
    .title = A socket
    .brief = new socket
event-sock-free = Nobody refers to it any more.
    .title = The socket is gone
    .brief = socket freed
event-sock-peer =
    { $there ->
        [yes] What is written to { $sock } can be read from { $peer }, and the other way round.
       *[no] { $subject } has nobody at its other end any more.
    }
    .title =
        { $there ->
            [yes] Connected
           *[no] The peer is gone
        }
    .brief =
        { $there ->
            [yes] { $sock } ↔ { $peer }
           *[no] { $sock } lost its peer
        }
event-skb-queue =
    { $bytes ->
        [one] A buffer joins its receive queue. It holds { $bytes } byte and is charged with { $truesize } to its sender.
       *[other] A buffer joins its receive queue. It holds { $bytes } bytes and is charged with { $truesize } to its sender.
    }
    .title =
        { $bytes ->
            [one] { $bytes } byte arrives at { $sock }
           *[other] { $bytes } bytes arrive at { $sock }
        }
    .brief = { $sock } recv: + { $bytes } B
event-skb-take =
    { $left ->
        [0] Taken from the receive queue of { $sock }. Nothing is left: it is not readable any more.
        [one]
            { $freed ->
                [yes] Taken from the receive queue of { $sock }. The buffer is used up; { $left } byte waits behind it.
               *[no] Taken from the receive queue of { $sock }. { $left } byte stays, so it is still readable. No new event comes from that by itself.
            }
       *[other]
            { $freed ->
                [yes] Taken from the receive queue of { $sock }. The buffer is used up; { $left } bytes wait behind it.
               *[no] Taken from the receive queue of { $sock }. { $left } bytes stay, so it is still readable. No new event comes from that by itself.
            }
    }
    .title =
        { $bytes ->
            [one] { $bytes } byte is read
           *[other] { $bytes } bytes are read
        }
    .brief = { $sock } recv: − { $bytes } B
event-skb-inside =
    { $freed ->
        [yes] It was read out of turn before.
       *[no] The byte out of band is read before what stands in front of it. Its buffer stays in the queue, empty: the mark at which a read stops.
    }
    .title =
        { $freed ->
            [yes] A buffer inside the queue is freed
           *[no] Out of turn
        }
    .brief =
        { $freed ->
            [yes] a buffer inside is freed
           *[no] a buffer inside: { $left } B left
        }
event-sock-wmem =
    { $bytes ->
        [one] { $subject } is charged with { $bytes } byte for what it sent and nobody has read yet. Writing is possible while that is small.
       *[other] { $subject } is charged with { $bytes } bytes for what it sent and nobody has read yet. Writing is possible while that is small.
    }
    .title = Unread by the peer
    .brief = { $sock } wmem = { $bytes }
event-sock-shutdown =
    { $ended ->
        [both] { $subject } can neither receive nor send from now on. Its poll reports that.
        [receive] { $subject } can not receive from now on. Its poll reports that.
        [send] { $subject } can not send from now on. Its poll reports that.
       *[none] { $subject } can still do both, receive and send from now on. Its poll reports that.
    }
    .title = Shut down
    .brief = { $sock } shut down
event-sock-err =
    { $pending ->
        [yes] The next call on { $sock } gives it, and until then its poll says EPOLLERR.
       *[no] { $subject } has told it once and forgets it.
    }
    .title =
        { $pending ->
            [yes] Pending error { $error }
           *[no] The error is taken
        }
    .brief =
        { $pending ->
            [yes] sk_err = { $error }
           *[no] sk_err taken
        }

event-sock-state = The connection of { $sock } is in this state now.
    .title = { $state }
    .brief = { $sock }: { $state }
event-sock-port =
    { $given ->
        [yes] { $subject } has port { $port } of 127.0.0.1.
       *[no] { $subject } had been given it and gives it back.
    }
    .title =
        { $given ->
            [yes] A port
           *[no] The port is free
        }
    .brief =
        { $given ->
            [yes] { $sock }: port { $port }
           *[no] { $sock }: port given back
        }
event-sock-option = Option { $option } of { $sock } is { $value } now.
    .title = A socket option
    .brief = { $sock }: option = { $value }
event-sock-nospace =
    { $on ->
        [yes] It was found not writable. Only therefore will there be an event when it is again.
       *[no] Those who wait are told now.
    }
    .title =
        { $on ->
            [yes] SOCK_NOSPACE
           *[no] Space again
        }
    .brief = SOCK_NOSPACE = { $bit }
event-sock-urgent =
    { $there ->
        [yes] EPOLLPRI is reported until recv(MSG_OOB) takes it.
       *[no] EPOLLPRI ends with it.
    }
    .title =
        { $there ->
            [yes] An urgent byte
           *[no] The urgent byte is gone
        }
    .brief =
        { $there ->
            [yes] urgent byte
           *[no] urgent byte gone
        }
event-accept-queue =
    { $queued ->
        [yes] The handshake is over; the listener is readable until somebody accepts.
       *[no] The connection is the program's now, or was reset.
    }
    .title =
        { $queued ->
            [yes] A connection waits
           *[no] Off the accept queue
        }
    .brief =
        { $queued ->
            [yes] accept queue: + 1
           *[no] accept queue: − 1
        }
event-segment-send =
    { $bytes ->
        [one] { $flags } with { $bytes } byte, to port { $port }.
       *[other] { $flags } with { $bytes } bytes, to port { $port }.
    }
    .title = Segment { $number } leaves
    .brief = segment { $flags } → ({ $bytes } B)
event-segment-arrive = In softirq context: loopback delivers at the end of the sender's own transmit path.
    .title = Segment { $number } arrives
    .brief = segment { $number } arrives
event-sock-backlog =
    { $queued ->
        [yes] The socket's owner is in a call with it; the segment waits until that lets go.
       *[no] The owner lets go and deals with what came meanwhile.
    }
    .title =
        { $queued ->
            [yes] Into the backlog
           *[no] Out of the backlog
        }
    .brief =
        { $queued ->
            [yes] owned: into the backlog
           *[no] out of the backlog
        }
event-time-wait = Port { $port } stays taken, in case a late segment comes.
    .title = TIME-WAIT
    .brief = port { $port }: TIME-WAIT
