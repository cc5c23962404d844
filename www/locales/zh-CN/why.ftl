### 为什么，以及为什么没有：因果链，和挡在路上的东西。

## 谁在做。

why-who-timer = 定时器中断
why-who-softirq = 网络软中断
why-who-machine = 机器

## 因果链的各环：每一环都可以接在“因为”后面。

why-because = 因为{ $what }
why-other = 此前发生了：{ $what }
why-call = { $task } 调用了 { $call }
why-return = { $task } 从 { $call } 得到 { $result }
why-copy-to-user = { $bytes } 字节被拷贝给了 { $task }
why-woken = { $task } 在睡眠中被唤醒
why-awake = { $task } 本来就醒着，这次唤醒无事可做
why-sleeps = { $task } 进入睡眠
why-sleeps-mtx = { $task } 进入睡眠，等待 ep->mtx 空闲
why-stopped = { $task } 被停在 { $point }
why-runnable = { $task } 变为可运行
why-running = { $task } 得到了处理器
why-idle = { $task } 回到了用户空间
why-dead = { $task } 的进程结束了
why-timer-arm = { $task } 设了一个 { $time } 的定时器
why-timer-fire = { $task } 的定时器到期
why-signal = { $signal } 被发给了 { $task }
why-alloc = 没有内存可用于 { $what }
why-fault = { $task } 传入的内存不存在
why-eventfd = { $file } 的计数器变为 { $count }
why-timerfd-arm = { $file } 的定时器被设为 { $time }
why-timerfd-stop = { $file } 的定时器被停掉
why-timerfd-fire = { $file } 的定时器到期
why-timerfd-ticks =
    { $ticks ->
        [0] { $file } 的到期次数已被读走
       *[other] { $file } 有 { $ticks } 次到期待读
    }
why-pipe-write = { $bytes } 字节被写入 { $pipe }
why-pipe-read = { $bytes } 字节从 { $pipe } 被读出
why-pipe-ends = { $pipe } 还有 { $readers } 个读端和 { $writers } 个写端打开
why-arrived = { $bytes } 字节到达 { $file } 的接收队列
why-taken = { $bytes } 字节从 { $file } 被读出
why-wmem = { $file } 已发送而无人读取的数据记账为 { $bytes } B
why-shut-both = { $file } 的两个方向都已关闭
why-shut-receive = { $file } 不会再收到数据：对端不再发送
why-shut-send = { $file } 不再发送
why-sock-error = { $file } 有了待处理的错误 { $error }
why-sock-state = { $file } 变为 { $state }
why-peer-gone = { $file } 失去了对端
why-accept-queue = 一个连接进入了 { $file } 的 accept 队列
why-segment-arrive = 一个报文段到达
why-segment-send =
    { $bytes ->
        [0] { $file } 发出了一个报文段（{ $flags }）
       *[other] { $file } 发出了一个 { $bytes } B 的报文段（{ $flags }）
    }
why-walk = { $who } 在 { $file } 的等待队列上通告了 { $key }
why-walk-no-key = { $who } 唤醒了 { $file } 的等待队列，不带 key
why-walk-stopped = { $queue } 上的唤醒停在了一个独占等待者处
why-walk-ended = { $queue } 上的唤醒走到了队尾
why-counts = 这算作一次唤醒
why-counts-not = 这不算一次唤醒
why-hooked = { $item } 的 epitem 被挂到了 { $file } 的等待队列上
why-joined-wq = { $task } 从队首加入了 { $file } 的 ep->wq
why-joined = { $task } 加入了 { $file } 的等待队列
why-added = { $item } 被加入 { $file } 的兴趣集
why-disarmed = EPOLLONESHOT 在报告 { $item } 时把它解除了
why-modified = { $item } 的掩码被设为 { $mask }
why-polled = 查询时 { $item } 回答 { $mask }；epitem 关心的是其中的 { $events }
why-polled-empty = 查询时 { $item } 回答 { $mask }：没有 epitem 关心的事件
why-link = { $item } 被放入 rdllist
why-link-back = { $item } 无法拷贝，被放回扫描用的链表
why-link-level = { $item } 是水平触发的，报告之后又被放回 rdllist
why-link-ovflist = 扫描结束时 { $item } 从 ovflist 转入 rdllist
why-link-add = { $item } 加入时已经就绪，于是被放入 rdllist
why-link-mod = 设置掩码时 { $item } 已经就绪，于是被放入 rdllist
why-unlinked = { $item } 被从链表上取下
why-ovflist = 扫描正在进行，{ $item } 被放入 ovflist
why-ovflist-left = 扫描结束时 { $item } 离开了 ovflist
why-callback = ep_poll_callback 放行了对 { $item } 的通告
why-callback-disarmed = ep_poll_callback 跳过了已被解除的 { $item }
why-callback-filtered = ep_poll_callback 滤掉了这次通告：{ $item } 不关心它
why-callback-overflow = ep_poll_callback 在扫描途中放行了对 { $item } 的通告
why-callback-already = ep_poll_callback 发现 { $item } 已在链表上
why-copied = { $item } 被报告给 { $task }：events[{ $index }] 中的 { $events }
why-edge = { $item } 是边缘触发的，报告之后没有放回 rdllist
why-rb-link = { $item } 进入了树
why-rb-unlink = { $item } 被从树上取下
why-rb-color =
    { $color ->
        [red] { $item } 被染成红色
       *[black] { $item } 被染成黑色
    }
why-rb-rotate =
    { $side ->
        [left] 树在 { $item } 处左旋
       *[right] 树在 { $item } 处右旋
    }
why-nothing = { $file } 的 rdllist 是空的
why-something = { $file } 上有可收割的事件
why-scan = 对 { $file } 的扫描开始了
why-scan-done = 对 { $file } 的扫描结束了
why-mtx = { $task } 拿到了 { $file } 的 ep->mtx
why-mtx-wait = { $task } 想要 { $file } 的 ep->mtx，而它正被别人持有
why-mtx-free = { $file } 的 ep->mtx 被释放

## 名称。

why-queue-wq = { $file } 的 ep->wq
why-queue-poll-wait = { $file } 的 ep->poll_wait
why-queue-signals = 进程的 signalfd_wqh
why-queue = { $file } 的等待队列
why-pipe = 管道 { $read }/{ $write }
why-sock = 没有描述符的套接字

## 对台上之物可以问的问题。

why-ask-there = 它为什么在这里？
why-ask-returned = 它的调用为什么返回？
why-ask-blocked = 它为什么阻塞？
why-ask-runnable = 它为什么可运行？
why-ask-running = 它为什么在运行？
why-ask-stopped = 它为什么停住？
why-ask-dead = 它为什么没了？
why-ask-timer = 为什么有这个定时器？
why-ask-rdllist = 为什么在 rdllist 上？
why-ask-txlist = 为什么在扫描中？
why-ask-ovflist = 为什么在 ovflist 上？
why-ask-disarmed = 为什么被解除？
why-ask-reported = 为什么被报告？
why-ask-red = 为什么是红色？
why-ask-black = 为什么是黑色？
why-ask-mask = 为什么是这个掩码？
why-ask-counter = 为什么是这个计数？
why-ask-contents = 为什么是这些内容？
why-ask-list = 链表为什么是这样？
why-ask-queue = 队列为什么是这样？
why-ask-mtx = mtx 为什么是这样？

## 文件上有什么。

why-the-peer = 对端
why-has-error = { $file } 有错误
why-has-hup = { $file } 的对端已关闭
why-has-room = { $file } 有可写的空间
why-has-bytes = { $file } 中有 { $bytes } 字节待读
why-has-counter = { $file } 的计数器为 { $count }
why-has-ticks = { $file } 有 { $ticks } 次到期待读
why-has-signals = { $file } 所等的 { $signals } 处于待处理状态
why-has-items = { $file } 的就绪链表上有 { $items } 个 epitem
why-has-connections = { $file } 的 accept 队列中有 { $count } 个连接在等待

## 文件缺什么，怎样才会改变。

why-lacks-file = 它的文件已关闭
why-lacks-poll = { $file } 是没有 poll 操作的文件
why-lacks-count = { $file } 的计数器为 0
why-lacks-room-count = { $file } 的计数器容不下这个数
why-lacks-tick = { $file } 的定时器要到 { $time } 才到期
why-lacks-timer = { $file } 的定时器没有设置
why-lacks-signal = { $file } 所等的 { $signals } 都没有待处理
why-lacks-items = { $file } 的就绪链表上没有真正就绪的 epitem
why-lacks-bytes = { $file } 中没有可读的数据
why-lacks-lowat = { $file } 中只有 { $bytes } 字节，而 SO_RCVLOWAT 要求 { $wanted } 字节
why-lacks-reading = { $file } 是写端：永远没有可读的数据
why-lacks-slots = { $file } 的管道满了：{ $slots } 个槽位已被占用
why-lacks-room = { $file } 的发送缓冲区满了：已记账 { $used } / { $size } B
why-lacks-connection = { $file } 的 accept 队列是空的
why-lacks-synack = { $file } 的握手尚未完成
why-lacks-fin = { $file } 的对端 { $peer } 还没有停止发送
why-lacks-peer = { $file } 没有连接

why-do-other = 只有信号能结束它。
why-do-count = 需要有人向 { $file } 写入大于 0 的数。
why-do-read = 需要有人读 { $file }。
why-do-advance = 需要时间流逝：前进 { $time }。
why-do-settime = 用 timerfd_settime({ $file }, …) 设置它。
why-do-kill = 需要发送 { $signals } 之一：kill()。
why-do-items = { $file } 的某个 epitem 必须就绪。
why-do-write = 需要有人向 { $file } 写入，或者关闭它。
why-do-drain = 需要有人从 { $file } 读取，或者关闭它。
why-do-connect = 需要有客户端连接端口 { $port }。
why-do-synack = 对端必须回复 SYN|ACK，或者拒绝。
why-do-fin = 需要有人调用 shutdown({ $peer }, SHUT_WR)，或者关闭它。
why-do-send = 需要向端口 { $port } 发送数据报。
why-do-peer = 必须先调用 connect({ $file }, …)。

## 什么挡在路上。

why-held-at = { $task }（停在 { $point }）
why-not-ovflist = { $item } 已就绪，但 { $task } 正在扫描途中：epitem 在 ovflist 上。
why-not-scan = { $item } 在 { $task } 正进行的扫描的私有链表上。
why-not-max = { $item } 在 rdllist 上，但 { $task } 只有 { $max } 个事件的空间。
why-not-run-yet = { $item } 在 rdllist 上，{ $task } 已醒来要取它，但还没有运行。
why-not-fetched = { $item } 在 rdllist 上，但没有人调用 epoll_wait 来取。
why-not-disarmed = EPOLLONESHOT 在第 { $event } 个事件解除了 { $item }：它的掩码什么都不关心。
why-not-disarmed-with = EPOLLONESHOT 在第 { $event } 个事件解除了 { $item }：它的掩码什么都不关心，尽管{ $what }。
why-not-exclusive = { $what }，但唤醒是独占的，在到达 { $item } 之前就结束了：{ $ep } 的 { $by } 把它拿走了。
why-not-edge = { $what }，但这个边缘已在第 { $event } 个事件报告给 { $task }，此后没有新的边缘。
why-not-announced = { $what }，但自从第 { $event } 个事件上次查询 { $item } 以来，没有人通告过它。
why-not-asked = { $what }（{ $ready }），但 { $item } 的掩码只关心 { $asked }。
why-not-stale = { $item } 曾在 rdllist 上，但第 { $event } 个事件再次查询时已经什么都不剩：{ $lacks }。
why-not-ready = { $item } 关心 { $asked }，而其中没有一项就绪：{ $lacks }。
why-not-held = 发往 { $item } 的 { $count } 个报文段被扣在途中。
why-not-watched = { $file } 不在任何兴趣集里。
why-not-stopped = { $task } 被停在 { $point } 这一点。
why-not-runs = { $task } 已被唤醒，但还没有得到处理器。
why-not-mutex = { $task } 在等 { $file } 的 ep->mtx，它由 { $holder } 持有。
why-not-mutex-free = { $task } 在等一个现已空闲的互斥锁。
why-not-signals = { $task } 只等信号。
why-not-rest = 另有 { $count } 个描述符，什么都没有就绪。
why-not-empty-set = { $file } 的兴趣集是空的。
why-not-another = 一次唤醒只唤醒一个：第 { $event } 个事件的那次唤醒了 { $other }，它在 ep->wq 上比 { $task } 更靠近队首。
why-not-here = { $item } 已就绪，但它在 { $other } 的兴趣集里，不在 { $file } 的里面。
why-not-poll = { $file } 上没有所关心的事件就绪：{ $lacks }。
why-not-call = { $task } 阻塞在 { $call }：{ $lacks }。
why-not-masked = { $signal } 已发给 { $task } 待处理，但被它的信号掩码挡住。
why-not-sleeping = { $task } 一直睡到 { $time }。
why-not-timeout = { $task } 的超时要到 { $time } 才结束。

## 必须发生什么。

why-do-scan = 扫描必须结束：{ $task } 必须继续运行。
why-do-wait = 需要有任务调用 epoll_wait({ $file }, …)。
why-do-run = { $task } 必须得到处理器：继续单步。
why-do-mod = 用带掩码的 epoll_ctl(EPOLL_CTL_MOD) 重新启用 { $item }。
why-do-exclusive = 下一次通告会唤醒下一个等待者；或者加入 { $item } 时不用 EPOLLEXCLUSIVE。
why-do-edge-in = 把 { $item } 一直读到 EAGAIN；或者等新数据到达；或者用 EPOLL_CTL_MOD 使它再次成为事件。
why-do-edge-out = 向 { $item } 一直写到 EAGAIN，之后有空间才算新事件；或者用 EPOLL_CTL_MOD 使它再次成为事件。
why-do-announce = { $item } 上必须发生新的事情，或者用 EPOLL_CTL_MOD 让它重新被查询。
why-do-ask = 用 epoll_ctl(EPOLL_CTL_MOD) 把 { $ready } 放进 { $item } 的掩码。
why-do-deliver = deliver() 让它们到达。
why-do-add = epoll_ctl(EPOLL_CTL_ADD) 把 { $file } 放进一个兴趣集。
why-do-continue = { $task }: continue 让它继续。
why-do-unlock = { $holder } 必须释放它。
why-do-signal = 需要发送信号：kill({ $task }, …)。
why-do-rest = 其中之一必须有动静。
why-do-add-any = epoll_ctl({ $file }, EPOLL_CTL_ADD, …) 必须往里面放点什么。
why-do-another = 需要再有一次唤醒：另一个就绪的描述符，或者一个会被放回的水平触发描述符。
why-do-here = 在那个实例上等待，或者把 { $item } 加入 { $file }。
why-do-unmask = { $task } 必须把 { $signal } 移出掩码：sigprocmask，或者换一个掩码来等待。

## 框。

why-button = 为什么？
why-button-event = 为什么？这个事件的起因
why-not-button-task = 它为什么不往下走？
why-not-button-run = 它为什么不运行？
why-not-button-item = 它为什么没有被报告？
why-asks = 问题
why-card = 为什么？
why-card-name = 为什么？是什么让 { $task } 走不下去
why-empty = 一台空机器。
why-ready = 就绪
why-stop = 。
why-name-item = { $item } 的 epitem
why-so = { $what }。
why-of-event = 为什么有第 { $event } 个事件？
why-of-thing = { $name } 为什么是这样？
why-not-of-task = 是什么让 { $name } 走不下去？
why-not-of-thing = { $name } 为什么没有被报告？
why-not-nothing = 没有什么挡在路上。
why-close = 关闭回答
why-further = 那又是为什么？
why-go = 去那里：第 { $event } 个事件
why-go-back = 回到第 { $event } 个事件
why-end-program = 因果链到此为止：调用是程序自己的决定。
why-end = 因果链到此为止。
