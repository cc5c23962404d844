### 等待队列、唤醒、poll 和 select 以及场景开关方面发生的事。值是整句，`.title` 是几个字，`.brief` 是列表中的一行。

event-wait-enqueue =
    { $waiter ->
        [epitem]
            { $exclusive ->
                [yes]
                    { $end ->
                        [head] epitem 加入 { $queue }的头部，直到被移除。EPOLLEXCLUSIVE 使该条目成为独占条目：唤醒可能在它这里结束。
                       *[tail] epitem 加入 { $queue }的尾部，直到被移除。EPOLLEXCLUSIVE 使该条目成为独占条目：唤醒可能在它这里结束。
                    }
               *[no]
                    { $end ->
                        [head] epitem 加入 { $queue }的头部，直到被移除。它不是独占的：该文件的每次唤醒都会到达它。
                       *[tail] epitem 加入 { $queue }的尾部，直到被移除。它不是独占的：该文件的每次唤醒都会到达它。
                    }
            }
        [epoll-wait]
            { $end ->
                [head] 没有就绪的，所以 { $who } 作为独占等待者加入 { $queue }的头部：后进者先被唤醒，一次唤醒只叫醒一个。
               *[tail] 没有就绪的，所以 { $who } 作为独占等待者加入 { $queue }的尾部：后进者先被唤醒，一次唤醒只叫醒一个。
            }
        [poll]
            { $end ->
                [head] { $who } 加入 { $queue }的头部，直到调用结束。每次调用中，每个被询问的描述符都要付出这样一个条目。
               *[tail] { $who } 加入 { $queue }的尾部，直到调用结束。每次调用中，每个被询问的描述符都要付出这样一个条目。
            }
       *[task]
            { $end ->
                [head] 调用无法继续，所以 { $who } 加入 { $queue }的头部。
               *[tail] 调用无法继续，所以 { $who } 加入 { $queue }的尾部。
            }
    }
    .title =
        { $waiter ->
            [epitem] { $item } 被挂入
            [epoll-wait] { $who } 加入 ep->wq
            [poll] { $who } 被挂入
           *[task] { $who } 等待该文件
        }
    .brief =
        { $end ->
            [head] { $who } 从头部加入
           *[tail] { $who } 从尾部加入
        }
event-wait-dequeue =
    { $known ->
        [yes] { $subject } 不再位于 { $queue }：那里以后的唤醒不会到达它。
       *[no] 该条目不再位于 { $queue }：那里以后的唤醒不会到达它。
    }
    .title =
        { $known ->
            [yes] { $subject } 离开队列
           *[no] 条目离开队列
        }
    .brief =
        { $known ->
            [yes] { $who } 离开队列
           *[no] 离开队列
        }
event-wake-begin =
    { $length ->
        [0] { $subject }为空：没有人需要通知。
       *[other]
            { $keyed ->
                [yes]
                    { $exclusive ->
                        [0] 从头部开始遍历 { $queue }，键为 { $key }；调用每一个条目。
                        [1] 从头部开始遍历 { $queue }，键为 { $key }；遇到第一个算作被唤醒的独占等待者后结束。
                       *[other] 从头部开始遍历 { $queue }，键为 { $key }；唤醒 { $exclusive } 个独占等待者后结束。
                    }
               *[no]
                    { $exclusive ->
                        [0] 从头部开始遍历 { $queue }，没有键；调用每一个条目。
                        [1] 从头部开始遍历 { $queue }，没有键；遇到第一个算作被唤醒的独占等待者后结束。
                       *[other] 从头部开始遍历 { $queue }，没有键；唤醒 { $exclusive } 个独占等待者后结束。
                    }
            }
    }
    .title = 一次唤醒
    .brief = wake_up(key { $short })
event-wake-entry =
    { $waiter ->
        [epitem] 这个条目属于 { $item } 的 epitem，所以就在这里、在写入者的调用之中，调用它的函数 ep_poll_callback。
        [epoll-wait] { $who } 最靠近 ep->wq 的头部：最后睡着的最先被唤醒。
        [task] { $who } 在一次阻塞调用中等待于此队列。
        [poll] { $who } 只为一次调用挂入这个条目；它的函数是 pollwake。
       *[none] 调用它的函数。
    }
    .title =
        { $waiter ->
            [epitem] ep_poll_callback
            [poll] pollwake
            [none] 下一个条目
           *[other] 轮到 { $who }
        }
    .brief =
        { $waiter ->
            [none] → 条目
           *[other] → { $who }
        }
event-wake-verdict =
    { $waiter ->
        [epitem]
            { $counts ->
                [yes]
                    { $exclusive ->
                        [yes] 回调返回 1，而且条目是独占的：它用掉了这次唤醒，排在后面的实例得不到任何消息。
                       *[no] 回调返回 1。条目不是独占的，所以遍历照样继续。
                    }
               *[no] 回调返回 0：那里没有人在等这个，所以遍历继续，另一个实例得到机会。
            }
        [poll]
            { $counts ->
                [yes] 任务原本在睡眠，现在被唤醒。条目不是独占的，所以遍历照样继续。
               *[no] 或者该调用不关注这个键，或者它的任务已经醒来；遍历继续。
            }
       *[other]
            { $counts ->
                [yes] 任务确实在睡眠，现在被唤醒。它是独占等待者，所以用掉了这次唤醒。
               *[no] 任务早已醒来，所以这次唤醒没有用掉，继续传给下一个等待者。
            }
    }
    .title =
        { $counts ->
            [yes] 算作一次唤醒
           *[no] 不算数
        }
    .brief = 返回 { $bit }
event-wake-end =
    { $why ->
        [exclusive]
            { $wq ->
                [yes]
                    { $left ->
                        [0] 要求唤醒一个独占等待者，已经唤醒一个，遍历结束。没有别人在等待。
                       *[other] 要求唤醒一个独占等待者，已经唤醒一个，遍历结束。{ $sleepers } 继续睡眠。
                    }
               *[no] 一个独占条目用掉了这次唤醒，所以不再调用它后面的条目。
            }
       *[end]
            { $wq ->
                [yes]
                    { $left ->
                        [0] ep->wq 上不再有任务。
                       *[other] 已调用 { $queue }的每一个条目。
                    }
               *[no] 已调用 { $queue }的每一个条目。
            }
    }
    .title =
        { $why ->
            [exclusive] 唤醒到此为止
           *[end] 队列结束
        }
    .brief =
        { $why ->
            [exclusive] nr_exclusive = 0：停止
           *[end] 队列结束
        }

event-poll-begin =
    { $hooking ->
        [yes] 栈上有一个带 9 个条目的 struct poll_wqueues；要查看 { $asked } 个描述符。每个被查看的文件都会把调用者挂入自己的等待队列，直到有一个就绪。
       *[no] 栈上有一个带 9 个条目的 struct poll_wqueues；要查看 { $asked } 个描述符。超时为 0，所以调用不会睡眠，也不挂任何条目。
    }
    .title = { $call } 开始
    .brief = { $call }，共 { $nfds }
event-poll-chunk = 栈上只放得下 30 个描述符，所以为另外 { $len } 个分配内存，仅供这次调用使用。
    .title = 分配一块内存
    .brief = { $len } 个 pollfd 的一块
event-poll-page = 现有的条目已用完；一页能再容纳 63 个，仅供这次调用使用。
    .title = 分配一页条目
    .brief = 63 个条目的一页
event-select-bitmaps =
    { $heap ->
        [yes] 三个集合传入、三个传出，每个 { $bytes } 字节，栈上放不下，所以另行分配。
       *[no] 三个集合传入、三个传出，每个 { $bytes } 字节，放在栈上。
    }
    .title = 六张位图
    .brief = 6 张位图，各 { $bytes } B
event-poll-pass =
    { $nfds ->
        [0] 没有什么可查看的。
       *[other] 从第一个到最后一个，全部 { $nfds } 个都要查看，无论哪些就绪。
    }
    .title =
        { $hooking ->
            [yes] 第一遍
           *[no] 一遍
        }
    .brief = 扫描 { $nfds } 个
event-poll-look =
    { $what ->
        [file] { $file } 报告 { $mask }；其中调用所关注的是 { $revents }。
        [negative] 负的描述符：不询问，也没有结果。
       *[invalid] 该描述符没有打开。这也算找到：调用不会睡眠。
    }
    .title =
        { $what ->
            [file] { $file }：{ $short }
            [negative] 跳过
           *[invalid] POLLNVAL
        }
    .brief =
        { $what ->
            [file] { $file }：{ $short }
           *[other] 没有文件：{ $short }
        }
event-poll-arm = { $file } 的等待队列里现在有这次调用的一个条目，它等待 { $key }；文件被持有到调用结束。
    .title = { $file } 的条目
    .brief = { $file } 的条目
event-poll-pass-end =
    { $count ->
        [0] 这一遍什么也没有。之后的各遍只查看：该挂的都已挂上。
       *[other] 调用即将返回，所以挂上的全部重新摘下。
    }
    .title = 找到 { $count } 个
    .brief = 找到 { $count } 个
event-poll-triggered =
    { $on ->
        [yes] { $task } 所关注的某件事发生了。是在哪里，它得重新查看全部才知道。
       *[no] { $task } 从头再来。
    }
    .title = triggered = { $bit }
    .brief = triggered = { $bit }
event-poll-disarm = 条目从该文件的等待队列中取出。下一次调用还要再挂上。
    .title = { $file } 被摘下
    .brief = 摘下 { $file }
event-poll-end = 所询问的一切，在内核中什么也没留下。
    .title = 拆除完毕
    .brief = 拆除完毕

event-wakeup-source-new = EPOLLWAKEUP：持有它期间，系统不会挂起。
    .title = { $whose } 的唤醒源
    .brief = { $whose } 的唤醒源
event-wakeup-source-free = 没有谁还需要它。
    .title = { $subject } 失去唤醒源
    .brief = { $whose }：释放 ws
event-pm-stay-awake =
    { $item ->
        [yes] epitem 已就绪：在有人查看它之前，系统不得挂起。
       *[no] 在放开 epitem 的唤醒源之前，实例自己的唤醒源先接手，这样就没有空隙。
    }
    .title =
        { $item ->
            [yes] 为 { $whose } 保持唤醒
           *[no] 为扫描保持唤醒
        }
    .brief = 为 { $whose } 保持唤醒
event-pm-relax = 它的唤醒源被放开。
    .title = { $subject } 允许系统休息
    .brief = 放开：{ $whose }
event-epoll-params =
    { $prefer ->
        [yes] 等待者在睡眠之前会亲自轮询网络设备 { $usecs } µs，每轮 { $budget } 个包，期间关闭中断。loopback 没有可轮询的设备。
       *[no] 等待者在睡眠之前会亲自轮询网络设备 { $usecs } µs，每轮 { $budget } 个包。loopback 没有可轮询的设备。
    }
    .title = 忙轮询
    .brief = 忙轮询 { $params }
event-configured =
    { $suspend ->
        [yes]
            { $admin ->
                [yes] 一个用户最多可有 { $watches } 个 epitem；CAP_BLOCK_SUSPEND：有；CAP_NET_ADMIN：有。
               *[no] 一个用户最多可有 { $watches } 个 epitem；CAP_BLOCK_SUSPEND：有；CAP_NET_ADMIN：无。
            }
       *[no]
            { $admin ->
                [yes] 一个用户最多可有 { $watches } 个 epitem；CAP_BLOCK_SUSPEND：无；CAP_NET_ADMIN：有。
               *[no] 一个用户最多可有 { $watches } 个 epitem；CAP_BLOCK_SUSPEND：无；CAP_NET_ADMIN：无。
            }
    }
    .title = 机器已设置
    .brief = max_user_watches { $watches }
event-fault-set =
    { $what ->
        [none] 调用结束。
        [efault] 在 { $task } 的下一次调用中，它传入的内存在 { $count } 个元素之后遇到一个不存在的页。
       *[other] 接下来的某次分配将会失败。
    }
    .title =
        { $what ->
            [none] 恢复正常
            [efault] 前方有坏内存
           *[other] 前方内存不足
        }
    .brief =
        { $what ->
            [none] 没有故障
            [spent] 故障已用掉
            [enomem] 第 { $count } 次分配将失败
            [enfile] 第 { $count } 个文件将超出限制
           *[efault] 内存从 { $count } 起是坏的
        }
event-alloc-fail = 分配失败：该调用到目前为止所做的都被撤销。
    .title = 没有 { $what }
    .brief = 没有内存：{ $what }
event-user-fault = 复制在这里停止。之前已复制的算数；如果什么也没复制，调用返回 EFAULT。
    .title = 一个不存在的页
    .brief = 用户内存无效
