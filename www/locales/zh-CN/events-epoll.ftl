### epoll 内部发生的事：实例、epitem、红黑树、列表、扫描。值是整句，`.title` 是几个字，`.brief` 是列表中的一行。

event-eventpoll-new = 一棵空的红黑树，一个空的就绪链表，还有两个等待队列：wq 供 epoll_wait 中的任务使用，poll_wait 供监视这个实例本身的人使用。
    .title = 一个 struct eventpoll
    .brief = 新 eventpoll
event-eventpoll-free = 它的文件已消失，也不再有 epitem 引用它。
    .title = eventpoll 被释放
    .brief = eventpoll 已释放
event-mtx-lock = 互斥锁把 epoll_ctl 与扫描隔开：同一时刻只有一个可以修改红黑树或收取事件。回调不需要它。
    .title = { $task } 持有 ep->mtx
    .brief = 锁住 mtx
event-mtx-wait =
    { $known ->
        [yes] { $holder } 持有互斥锁，所以 { $task } 睡到它空闲为止，即使超时为 0。
       *[no] 另一个任务持有互斥锁，所以 { $task } 睡到它空闲为止，即使超时为 0。
    }
    .title = { $task } 等待 ep->mtx
    .brief = { $task } 等待 mtx
event-mtx-unlock = 下一个 epoll_ctl 或扫描可以开始。
    .title = ep->mtx 空闲
    .brief = 释放 mtx
event-spin-lock = 只持有几条指令的自旋锁，期间关闭中断：它保护 rdllist、ovflist 和 wq。
    .title = 取得 ep->lock
    .brief = 锁住 ep->lock
event-spin-unlock = 各列表重新一致。
    .title = ep->lock 空闲
    .brief = 释放 ep->lock
event-watches = 每个 epitem 都记在其用户账上：现在是 { $count } 个。max_user_watches 允许 { $limit } 个；再多一个，epoll_ctl 就返回 ENOSPC。
    .title = epitem：{ $count }
    .brief = epoll_watches = { $count }
event-epitem-new = 它关注 { $mask }，并保存程序给的数据 { $data }。它还不在红黑树中。
    .title = fd { $fd } 的 struct epitem
    .brief = fd { $fd } 的新 epitem
event-epitem-free = 它不再位于任何列表、树或队列中。
    .title = { $item } 的 epitem 被释放
    .brief = 释放 { $item } 的 epitem
event-epitem-event =
    { $disarmed ->
        [yes] EPOLLONESHOT：该 epitem 已报告一次，掩码不再关注任何事件，连错误也不关注。EPOLL_CTL_MOD 会重新启用它。
       *[no] 掩码现在是 { $mask }。文件等待队列中的挂钩保持不变。
    }
    .title =
        { $disarmed ->
            [yes] { $item } 被停用
           *[no] { $item } 关注 { $short }
        }
    .brief = events = { $short }
event-file-link = { $item } 的 epitem 加入文件自己的 epitem 列表，这样最后一次关闭时能找到并移除它。
    .title = { $file } 知道谁在监视它
    .brief = { $file } 记下它的 epitem
event-file-unlink = { $file } 不再被这个 epitem 监视。
    .title = 离开文件的列表
    .brief = { $file } 忘掉它的 epitem
event-pwq-new = 一个 struct eppoll_entry 把 { $item } 的 epitem 与其文件刚刚给出的等待队列联系起来。
    .title = 一个挂钩
    .brief = 挂上 { $item }
event-pwq-free = { $item } 的 epitem 不再得到其文件的任何消息。
    .title = 挂钩被释放
    .brief = 摘下 { $item }

event-rb-compare =
    { $turn ->
        [left] 键（文件地址，描述符）小于 { $at } 的键：向左。
        [right] 键（文件地址，描述符）大于 { $at } 的键：向右。
       *[found] 文件和描述符与 { $at } 相同：找到了。
    }
    .title = 与 { $at } 比较
    .brief =
        { $turn ->
            [left] 与 { $at } 比较：向左
            [right] 与 { $at } 比较：向右
           *[found] 与 { $at } 比较：找到
        }
event-rb-link =
    { $place ->
        [left] 它链接在 { $parent } 之下的左侧，为红色：红色节点不改变任何路径上黑色节点的数目。
        [right] 它链接在 { $parent } 之下的右侧，为红色：红色节点不改变任何路径上黑色节点的数目。
       *[root] 它作为根节点链接，为红色：红色节点不改变任何路径上黑色节点的数目。
    }
    .title = { $node } 加入红黑树
    .brief = 链接 { $node }，红色
event-rb-color =
    { $why ->
        [erase] 某条路径少了一个黑色节点；颜色不断调整，直到所有路径的数目重新相同。
        [root] 根节点总是黑色。
        [upper] 红色节点不能有红色子节点，所以两者中上面的一个变为黑色。
       *[red] 它的子节点变为黑色，或者旋转把它放到黑色节点之下：红色使每条路径上黑色节点的数目保持不变。
    }
    .title =
        { $color ->
            [red] { $node } 变为红色
           *[black] { $node } 变为黑色
        }
    .brief =
        { $color ->
            [red] { $node } := 红
           *[black] { $node } := 黑
        }
event-rb-rotate =
    { $side ->
        [left]
            { $known ->
                [yes] { $at } 向左下移，{ $up } 取代它的位置。键的顺序不变；一侧变短，另一侧变长。
               *[no] { $at } 向左下移，它的子节点取代它的位置。键的顺序不变；一侧变短，另一侧变长。
            }
       *[right]
            { $known ->
                [yes] { $at } 向右下移，{ $up } 取代它的位置。键的顺序不变；一侧变短，另一侧变长。
               *[no] { $at } 向右下移，它的子节点取代它的位置。键的顺序不变；一侧变短，另一侧变长。
            }
    }
    .title =
        { $side ->
            [left] 在 { $at } 处左旋
           *[right] 在 { $at } 处右旋
        }
    .brief =
        { $side ->
            [left] 在 { $at } 处左旋
           *[right] 在 { $at } 处右旋
        }
event-rb-unlink =
    { $replaced ->
        [yes] { $node } 被取出；它唯一的子节点 { $child } 取代它的位置。
       *[no] { $node } 被取出；它没有子节点，所以无需取代。
    }
    .title = { $node } 离开红黑树
    .brief = 取出 { $node }
event-rb-successor = { $node } 有两个子节点。下一个更大的键 { $successor } 接管它的位置和子节点。
    .title = { $successor } 取代 { $node } 的位置
    .brief = { $successor } 取代 { $node } 的位置
event-rb-leftmost =
    { $there ->
        [yes] { $node } 现在的键最小。红黑树记住它，这样遍历所有 epitem 时不必先查找。
       *[no] 红黑树为空：没有最小的键。
    }
    .title = 最左节点
    .brief =
        { $there ->
            [yes] 最左 = { $node }
           *[no] 最左 = 无
        }

event-item-poll =
    { $found ->
        [ready] 文件报告 { $mask }；epitem 关注 { $wish }。所以 { $revents } 就绪。
        [dropped] 文件报告 { $mask }；epitem 关注 { $wish }。使它就绪的东西已不复存在：它悄悄退出列表。
       *[nothing] 文件报告 { $mask }；epitem 关注 { $wish }。此刻没有一项成立。
    }
    .title = { $item } 上有什么就绪？
    .brief = poll { $item } → { $short }
event-ready-link =
    { $why ->
        [failed] 向用户内存的复制失败，所以该 epitem 回到私有列表的前端：什么也没丢失。
        [level] 水平触发：报告之后，它又回到 rdllist 的尾部。下一次 epoll_wait 会再次询问它的文件，只要仍然就绪就再次报告。
        [scan] 它在扫描期间触发；现在从 ovflist 进入 rdllist，下一次 epoll_wait 会在那里找到它。
        [insert] 它在加入之前就已就绪：这也算一个事件，水平触发和边缘触发都一样。
        [modify] 对它现在所关注的事件来说，它已就绪：EPOLL_CTL_MOD 使之再次成为事件，即使是 EPOLLET。
        [head] 它进入就绪链表的前端。
       *[tail] 它加入就绪链表的尾部。epoll_wait 只看这个列表，从不看整个集合。
    }
    .title =
        { $list ->
            [txlist] { $item } 退回
           *[rdllist] { $item } 进入 rdllist
        }
    .brief = { $list } ← { $item }
event-ready-unlink =
    { $list ->
        [txlist] 它从私有列表取出；现在询问它的文件是否仍然就绪。
       *[rdllist] 该 epitem 即将消失，所以也不再就绪。
    }
    .title =
        { $list ->
            [txlist] 轮到 { $item }
           *[rdllist] { $item } 离开 rdllist
        }
    .brief = { $list } → { $item }
event-scan-start =
    { $count ->
        [0] 没有 epitem 从 rdllist 移到私有列表。从现在起触发的都进入 ovflist，这样复制时可以睡眠而不必持有锁。
       *[other] { $count } 个 epitem 从 rdllist 移到私有列表。从现在起触发的都进入 ovflist，这样复制时可以睡眠而不必持有锁。
    }
    .title = 扫描开始
    .brief = rdllist → txlist
event-ovflist-push = 此刻 rdllist 归扫描所有，所以该 epitem 先放在一边。它不会丢失：扫描结束时会移入 rdllist。
    .title = { $item } 在 ovflist 上等待
    .brief = ovflist ← { $item }
event-ovflist-pop = 它在复制事件期间触发；如果还不在 rdllist 中，现在就进入，留给下一次 epoll_wait。
    .title = { $item } 离开 ovflist
    .brief = ovflist → { $item }
event-scan-done =
    { $rest ->
        [0] 私有列表没有剩余。回调可以重新使用 rdllist；ovflist 停用。
       *[other] 放不下的 { $rest } 个 epitem 回到 rdllist 的前端。回调可以重新使用 rdllist；ovflist 停用。
    }
    .title = 扫描结束
    .brief = txlist → rdllist 前端
event-callback =
    { $verdict ->
        [disarmed] EPOLLONESHOT 已触发过：在 EPOLL_CTL_MOD 之前，该 epitem 不关注任何事件，所以这次到达被略过，也不唤醒任何人。
        [filtered] 键为 { $key }，epitem 关注 { $wish }：没有共同之处。它不会就绪，也不唤醒任何人。
        [overflow]
            { $keyed ->
                [yes] 键为 { $key }，epitem 关注 { $wish }：通过过滤。但就绪链表正归扫描所有，所以该 epitem 进入 ovflist。
               *[no] 这次唤醒没有键，能通过任何过滤（epitem 关注 { $wish }）。但就绪链表正归扫描所有，所以该 epitem 进入 ovflist。
            }
        [overflow-already]
            { $keyed ->
                [yes] 键为 { $key }，epitem 关注 { $wish }：通过过滤。它已在 ovflist 上：两次到达合为一个事件。
               *[no] 这次唤醒没有键，能通过任何过滤（epitem 关注 { $wish }）。它已在 ovflist 上：两次到达合为一个事件。
            }
        [queued]
            { $keyed ->
                [yes] 键为 { $key }，epitem 关注 { $wish }：通过过滤。它进入 rdllist 的尾部。
               *[no] 这次唤醒没有键，能通过任何过滤（epitem 关注 { $wish }）。它进入 rdllist 的尾部。
            }
       *[queued-already]
            { $keyed ->
                [yes] 键为 { $key }，epitem 关注 { $wish }：通过过滤。它已在 rdllist 上：两次等待之间的多次到达合为一个事件。
               *[no] 这次唤醒没有键，能通过任何过滤（epitem 关注 { $wish }）。它已在 rdllist 上：两次等待之间的多次到达合为一个事件。
            }
    }
    .title =
        { $verdict ->
            [disarmed] { $item } 已停用
            [filtered] { $item } 不关注这个
            [overflow] { $item } 在扫描期间触发
            [overflow-already] { $item } 已在 ovflist 上
            [queued] { $item } 变为就绪
           *[queued-already] { $item } 早已就绪
        }
    .brief =
        { $verdict ->
            [disarmed] 已停用：略过 ✗
            [filtered] 过滤：不关注 ✗
            [overflow] 过滤 ✓，正在扫描
            [overflow-already] 过滤 ✓，已在 ovflist
            [queued] 过滤 ✓，进入 rdllist
           *[queued-already] 过滤 ✓，已在列表中
        }
event-events-available =
    { $available ->
        [yes]
            { $count ->
                [0] 正在扫描：它剩下的可以收取，所以值得一试。
               *[other] rdllist 中有 { $count } 个 epitem。
            }
       *[no] rdllist 为空，也没有扫描在进行。
    }
    .title =
        { $available ->
            [yes]
                { $count ->
                    [0] 可能有事件
                   *[other] 有事件可以收取
                }
           *[no] 没有可收取的
        }
    .brief =
        { $available ->
            [yes] 有事件
           *[no] 没有事件
        }
event-copy-out = 12 字节写入 { $task } 的数组：{ $item } 现在报告的事件，以及程序在 epoll_ctl 时留下的数据 { $data }。这是复制，不是共享内存。
    .title = events[{ $index }] = { "{" }{ $events }, { $data }{ "}" }
    .brief = 复制 { "{" }{ $short }, { $data }{ "}" } → events[{ $index }]
event-edge-not-requeued = 该 epitem 不再放回 rdllist。没读完的数据不会再被报告：只有新的到达才会再次报告。
    .title = EPOLLET：{ $item } 不再放回
    .brief = EPOLLET：{ $item } 不再放回
