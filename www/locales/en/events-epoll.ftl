### What happened inside epoll: instances, items, the tree, the lists, the scan. The value is the
### sentence, `.title` a few words, `.brief` the line of a list.

event-eventpoll-new = An empty red-black tree, an empty ready list, and two wait queues: wq for tasks in epoll_wait, poll_wait for those who watch this instance itself.
    .title = A struct eventpoll
    .brief = new eventpoll
event-eventpoll-free = Its file is gone and no item refers to it any more.
    .title = The eventpoll is freed
    .brief = eventpoll freed
event-mtx-lock = The mutex keeps epoll_ctl and scans apart: one at a time may change the tree or harvest. Callbacks do not need it.
    .title = { $task } holds ep->mtx
    .brief = lock mtx
event-mtx-wait =
    { $known ->
        [yes] { $holder } holds the mutex, so { $task } sleeps until it is free, even with a timeout of 0.
       *[no] Another task holds the mutex, so { $task } sleeps until it is free, even with a timeout of 0.
    }
    .title = { $task } waits for ep->mtx
    .brief = { $task } waits for mtx
event-mtx-unlock = The next epoll_ctl or scan may begin.
    .title = ep->mtx is free
    .brief = unlock mtx
event-spin-lock = A spinlock for a few instructions, with interrupts off: it guards rdllist, ovflist and wq.
    .title = ep->lock is taken
    .brief = lock ep->lock
event-spin-unlock = The lists are consistent again.
    .title = ep->lock is free
    .brief = unlock ep->lock
event-watches = Every item is charged to its user: { $count } now. max_user_watches allows { $limit }; one more than that, and epoll_ctl gives ENOSPC.
    .title = Watches: { $count }
    .brief = epoll_watches = { $count }
event-epitem-new = It asks for { $mask } and keeps the program's word { $data }. It is not in the tree yet.
    .title = A struct epitem for fd { $fd }
    .brief = new epitem for fd { $fd }
event-epitem-free = It is in no list, tree or queue any more.
    .title = The item for { $item } is freed
    .brief = free epitem { $item }
event-epitem-event =
    { $disarmed ->
        [yes] EPOLLONESHOT: the item was reported once, and its mask asks for nothing any more, not even errors. EPOLL_CTL_MOD arms it again.
       *[no] The mask is { $mask } now. The hook in the file's wait queue stays as it was.
    }
    .title =
        { $disarmed ->
            [yes] { $item } is disarmed
           *[no] { $item } asks for { $short }
        }
    .brief = events = { $short }
event-file-link = The item for { $item } joins the file's own list of items, so that the last close can find and remove it.
    .title = { $file } knows who watches it
    .brief = { $file } knows its item
event-file-unlink = { $file } is not watched by this item any more.
    .title = Off the file's list
    .brief = { $file } forgets its item
event-pwq-new = A struct eppoll_entry ties the item for { $item } to the wait queue that its file has just named.
    .title = A hook
    .brief = hook { $item } up
event-pwq-free = The item for { $item } hears nothing of its file any more.
    .title = The hook is freed
    .brief = unhook { $item }

event-rb-compare =
    { $turn ->
        [left] The key (file address, descriptor) is smaller than that of { $at }: go left.
        [right] The key (file address, descriptor) is larger than that of { $at }: go right.
       *[found] File and descriptor are those of { $at }: found.
    }
    .title = Compare with { $at }
    .brief =
        { $turn ->
            [left] compare with { $at }: left
            [right] compare with { $at }: right
           *[found] compare with { $at }: found
        }
event-rb-link =
    { $place ->
        [left] It is linked below { $parent }, at its left, and red: a red node changes no path's number of black nodes.
        [right] It is linked below { $parent }, at its right, and red: a red node changes no path's number of black nodes.
       *[root] It is linked as the root, and red: a red node changes no path's number of black nodes.
    }
    .title = { $node } joins the tree
    .brief = link { $node } red
event-rb-color =
    { $why ->
        [erase] A path has lost a black node; colours change until all paths have the same number again.
        [root] The root is always black.
        [upper] A red node must not have a red child, so the upper of the two turns black.
       *[red] Its children turned black, or a rotation put it below a black node: red keeps the number of black nodes on every path.
    }
    .title =
        { $color ->
            [red] { $node } turns red
           *[black] { $node } turns black
        }
    .brief =
        { $color ->
            [red] { $node } := red
           *[black] { $node } := black
        }
event-rb-rotate =
    { $side ->
        [left]
            { $known ->
                [yes] { $at } goes down to the left, { $up } takes its place. The order of keys stays the same; one side gets shorter, the other longer.
               *[no] { $at } goes down to the left, its child takes its place. The order of keys stays the same; one side gets shorter, the other longer.
            }
       *[right]
            { $known ->
                [yes] { $at } goes down to the right, { $up } takes its place. The order of keys stays the same; one side gets shorter, the other longer.
               *[no] { $at } goes down to the right, its child takes its place. The order of keys stays the same; one side gets shorter, the other longer.
            }
    }
    .title =
        { $side ->
            [left] Rotate left at { $at }
           *[right] Rotate right at { $at }
        }
    .brief =
        { $side ->
            [left] rotate left at { $at }
           *[right] rotate right at { $at }
        }
event-rb-unlink =
    { $replaced ->
        [yes] { $node } is taken out; its only child { $child } takes its place.
       *[no] { $node } is taken out; it has no children, so nothing takes its place.
    }
    .title = { $node } leaves the tree
    .brief = unlink { $node }
event-rb-successor = { $node } has two children. The next larger key, { $successor }, takes over its place and its children.
    .title = { $successor } takes the place of { $node }
    .brief = { $successor } takes the place of { $node }
event-rb-leftmost =
    { $there ->
        [yes] { $node } has the smallest key now. The tree remembers it, so that a walk over all items can start without a search.
       *[no] The tree is empty: there is no smallest key.
    }
    .title = Leftmost
    .brief =
        { $there ->
            [yes] leftmost = { $node }
           *[no] leftmost = none
        }

event-item-poll =
    { $found ->
        [ready] The file says { $mask }; the item asks for { $wish }. So { $revents } is ready.
        [dropped] The file says { $mask }; the item asks for { $wish }. Nothing is left of what made it ready: it drops out of the list, silently.
       *[nothing] The file says { $mask }; the item asks for { $wish }. Nothing of it holds right now.
    }
    .title = What is ready on { $item }?
    .brief = poll { $item } → { $short }
event-ready-link =
    { $why ->
        [failed] The copy to user memory failed, so the item goes back to the front of the private list: nothing is lost.
        [level] Level-triggered: having been reported it goes to the tail of rdllist again. The next epoll_wait asks its file once more, and reports it while it is still ready.
        [scan] It fired during the scan; from ovflist it goes to rdllist, where the next epoll_wait finds it.
        [insert] It was ready before it was added: that counts as an event too, for level and for edge.
        [modify] It is ready for what it now asks for: EPOLL_CTL_MOD makes it an event again, even with EPOLLET.
        [head] It goes to the front of the ready list.
       *[tail] It joins the tail of the ready list. epoll_wait will look only at this list, never at the whole set.
    }
    .title =
        { $list ->
            [txlist] { $item } goes back
           *[rdllist] { $item } goes to rdllist
        }
    .brief = { $list } ← { $item }
event-ready-unlink =
    { $list ->
        [txlist] It is taken off the private list; now its file is asked whether it is still ready.
       *[rdllist] The item is going away, so it is not ready any more either.
    }
    .title =
        { $list ->
            [txlist] { $item } is next
           *[rdllist] { $item } is off rdllist
        }
    .brief = { $list } → { $item }
event-scan-start =
    { $count ->
        [0] Nothing moves from rdllist to a private list. Whatever fires from now on goes to ovflist, so that the copy can sleep without holding the lock.
        [one] { $count } item moves from rdllist to a private list. Whatever fires from now on goes to ovflist, so that the copy can sleep without holding the lock.
       *[other] { $count } items move from rdllist to a private list. Whatever fires from now on goes to ovflist, so that the copy can sleep without holding the lock.
    }
    .title = The scan begins
    .brief = rdllist → txlist
event-ovflist-push = rdllist belongs to the scan at this moment, so the item is kept aside. It is not lost: the end of the scan moves it to rdllist.
    .title = { $item } waits on ovflist
    .brief = ovflist ← { $item }
event-ovflist-pop = It fired while events were being copied; unless it is listed already it goes to rdllist now, for the next epoll_wait.
    .title = { $item } is off ovflist
    .brief = ovflist → { $item }
event-scan-done =
    { $rest ->
        [0] Nothing was left over on the private list. Callbacks may use rdllist again; ovflist is inactive.
        [one] { $rest } item that did not fit goes back to the front of rdllist. Callbacks may use rdllist again; ovflist is inactive.
       *[other] { $rest } items that did not fit go back to the front of rdllist. Callbacks may use rdllist again; ovflist is inactive.
    }
    .title = The scan ends
    .brief = txlist → front of rdllist
event-callback =
    { $verdict ->
        [disarmed] EPOLLONESHOT has fired before: the item asks for nothing until EPOLL_CTL_MOD, so this arrival is passed over and nobody is woken.
        [filtered] The key says { $key }, the item asks for { $wish }: nothing in common. It is not made ready and nobody is woken.
        [overflow]
            { $keyed ->
                [yes] The key says { $key }, the item asks for { $wish }: it passes the filter. But a scan owns the ready list, so the item goes to ovflist.
               *[no] The wake-up has no key, which passes every filter (the item asks for { $wish }). But a scan owns the ready list, so the item goes to ovflist.
            }
        [overflow-already]
            { $keyed ->
                [yes] The key says { $key }, the item asks for { $wish }: it passes the filter. It is on ovflist already: two arrivals become one event.
               *[no] The wake-up has no key, which passes every filter (the item asks for { $wish }). It is on ovflist already: two arrivals become one event.
            }
        [queued]
            { $keyed ->
                [yes] The key says { $key }, the item asks for { $wish }: it passes the filter. It goes to the tail of rdllist.
               *[no] The wake-up has no key, which passes every filter (the item asks for { $wish }). It goes to the tail of rdllist.
            }
       *[queued-already]
            { $keyed ->
                [yes] The key says { $key }, the item asks for { $wish }: it passes the filter. It is on rdllist already: arrivals between two waits become one event.
               *[no] The wake-up has no key, which passes every filter (the item asks for { $wish }). It is on rdllist already: arrivals between two waits become one event.
            }
    }
    .title =
        { $verdict ->
            [disarmed] { $item } is disarmed
            [filtered] { $item } did not ask for this
            [overflow] { $item } fired during a scan
            [overflow-already] { $item } is on ovflist already
            [queued] { $item } becomes ready
           *[queued-already] { $item } is ready already
        }
    .brief =
        { $verdict ->
            [disarmed] disarmed: ignored ✗
            [filtered] filter: not asked for ✗
            [overflow] filter ✓, a scan is on
            [overflow-already] filter ✓, on ovflist already
            [queued] filter ✓, to rdllist
           *[queued-already] filter ✓, listed already
        }
event-events-available =
    { $available ->
        [yes]
            { $count ->
                [0] A scan is under way: what it leaves can be harvested, so there is reason to try.
                [one] rdllist holds { $count } item.
               *[other] rdllist holds { $count } items.
            }
       *[no] rdllist is empty and no scan is under way.
    }
    .title =
        { $available ->
            [yes]
                { $count ->
                    [0] Something may be there
                   *[other] There is something to harvest
                }
           *[no] Nothing to harvest
        }
    .brief =
        { $available ->
            [yes] events available
           *[no] nothing available
        }
event-copy-out = 12 bytes go into { $task }'s array: what { $item } reports now, and the word { $data } that the program left at epoll_ctl. It is a copy, not shared memory.
    .title = events[{ $index }] = { "{" }{ $events }, { $data }{ "}" }
    .brief = copy { "{" }{ $short }, { $data }{ "}" } → events[{ $index }]
event-edge-not-requeued = The item is not put back on rdllist. Whatever is left unread stays unreported: only a new arrival reports it again.
    .title = EPOLLET: { $item } is not put back
    .brief = EPOLLET: { $item } not put back
