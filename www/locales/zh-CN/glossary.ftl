### 术语表：每个词的含义。

glossary-eventpoll = 一个 epoll 实例，由 epoll_create1 创建。它包含用树保存的关注集合、就绪链表，以及在 epoll_wait 中睡眠的任务所在的等待队列。
glossary-epitem = 实例中的一个被监视描述符：由 EPOLL_CTL_ADD 从 slab 分配的 128 字节。它是树的节点，可以挂入就绪链表，并保存事件掩码和程序的 data。
glossary-eppoll_entry = epitem 挂在目标文件等待队列上的钩子：64 字节，内嵌一个等待队列项，其回调函数是 ep_poll_callback。
glossary-filefd = epitem 在树中的键：先比较打开文件的地址，再比较描述符编号。因此树中的顺序不是编号的顺序，dup 出来的描述符是另一个 epitem。
glossary-rbr = 实例的红黑树，也就是关注集合。添加、修改、删除需要 O(log n) 次比较；等待时完全不会访问它。
glossary-interest-set = 一个实例监视的所有描述符。它在两次调用之间留在内核中；poll 和 select 则每次都要重新传入。
    .name = 关注集合
glossary-rdllist = 就绪链表：目标文件已发出通知的 epitem。epoll_wait 从头部取出，只查看这些项。
glossary-txlist = 一次扫描的私有链表：ep_send_events 在拷贝之前把 rdllist 整个移到这里，新到的事件就不会干扰它。
glossary-ovflist = 扫描期间触发的 epitem 放在这里，扫描结束后再移入 rdllist。没有扫描时它的值是 EP_UNACTIVE_PTR。
glossary-wq = 实例的等待队列：在 epoll_wait 中睡眠的任务。它们从头部加入，且是独占的，所以最后睡下的最先被唤醒，每次只唤醒一个。
glossary-poll_wait = 实例的第二个等待队列：供那些通过 poll、select 或另一个实例监视该 epoll 描述符的等待者使用。
glossary-mtx = 实例的互斥锁。epoll_ctl 期间以及等待返回前的拷贝期间持有；抢不到锁的任务会睡眠。
glossary-lock = 实例的自旋锁，可在中断中使用：保护 rdllist、ovflist 和 wq，只持有几条指令的时间。
glossary-ws = 唤醒源，为 EPOLLWAKEUP 创建。持有期间机器不会挂起，从而保证事件在到达与 epoll_wait 之间不会丢失。
glossary-refs = 监视某个文件的 epitem 链表。文件的最后一个引用消失时，内核遍历它并删除所有项。仅关闭多个描述符之一则不会。
glossary-epoll_event = 程序传入并取回的结构：紧凑排列的 12 字节，包含掩码和程序自己的一个字。内核从不查看这个字。
glossary-file = 打开的文件：每次 open、每个套接字、每个管道端各一个。dup 和 fork 只是让更多描述符指向同一个。就绪状态属于它，而不属于描述符。
glossary-descriptor = 进程表中代表一个打开文件的编号。epitem 同时记住两者，因此可能比编号活得更久。
    .name = 文件描述符
glossary-wait_queue_head = 等待队列：一把锁和一个链表，记录有事发生时要通知谁。每个可以被 poll 的文件都有一个或多个。
glossary-wait_queue_entry = 等待队列中的一项：唤醒时要调用的函数，以及为谁而设。它不一定唤醒任务：epoll 的函数只是把 epitem 挂入链表。
glossary-ep_insert = EPOLL_CTL_ADD：创建 epitem，链入文件和树，挂到等待队列上，并立即询问文件是否已经就绪。
glossary-ep_poll_callback = 文件被唤醒时，对每个监视它的 epitem 调用的函数：用掩码检查唤醒键，把 epitem 放入就绪链表，并从 wq 唤醒一个任务。
glossary-ep_poll = epoll_wait 的循环：看有没有事件；没有就加入 wq 并睡眠；醒来后再看一次。
glossary-ep_send_events = 移交事件：逐个取下就绪链表中的项，再次询问每个文件，把仍然成立的事件拷贝出去。水平与边缘触发在此分道：水平触发的项会回到链表尾部。
glossary-ep_item_poll = 询问 epitem 的文件当前什么就绪。就绪链表只是提示，真正算数的是这里的回答。
glossary-ep_ptable_queue_proc = ADD 期间由文件的 poll 操作调用：把 epitem 挂到文件指定的等待队列上。
glossary-ep_autoremove_wake_function = 唤醒 wq 时调用的函数：把该项移出队列并唤醒它的任务。
glossary-wake_up = 遍历等待队列：从头开始调用每一项的函数，唤醒了所要求数量的独占项后停止。
glossary-try_to_wake_up = 使睡眠的任务变为可运行。它何时真正运行由调度器决定。
glossary-level = 默认方式：只要描述符就绪就一直报告。每次报告后 epitem 回到就绪链表，下一次查看时若已不就绪则丢弃。
    .name = 水平触发
glossary-edge = EPOLLET：每次到达只报告一次。epitem 不再放回链表，只有文件的新通知才会让它再次进入。应当一直读到 EAGAIN。
    .name = 边缘触发
glossary-oneshot = 报告一次后掩码被清空：epitem 仍在集合中但不再报告，直到 EPOLL_CTL_MOD 重新启用。
glossary-exclusive = 遇到第一个带 WQ_FLAG_EXCLUSIVE 且回调认为有效的项就停止的唤醒。epoll_wait 中的任务总是这样等待；设置 EPOLLEXCLUSIVE 后 epitem 也是如此。
    .name = 独占唤醒
glossary-key = 唤醒所通知的内容，是一个掩码，例如 EPOLLIN。掩码与之无交集的 epitem 会被跳过而不入队。键为 0 则通过所有过滤。
    .name = 唤醒键
glossary-poll_table = 传给 poll 操作的参数：一个把调用者挂入等待队列的函数；若只需要掩码则为空。
glossary-poll_wqueues = poll 或 select 在栈上的结构：9 个内嵌项，之后每 63 项分配一页。睡眠前全部挂好，返回时全部拆除。
glossary-pollwake = poll 和 select 在等待队列中的函数：置 triggered 并唤醒任务，任务随后重新查看它的所有描述符。
glossary-fd_set = select 的六个位图：三个传入，三个传出。不超过 320 个描述符时在栈上，超过则分配内存。
glossary-spurious = 醒来后什么也没有：别的线程更快，或者文件已不再就绪。任务会再次睡眠，白白消耗处理器时间。
    .name = 虚假唤醒
glossary-herd = 一个事件唤醒许多任务，只有一个能拿到，其余全部落空。独占等待是解决办法。
    .name = 惊群
glossary-softirq = 报文段到达时所在的上下文：介于中断与任务之间的内核代码。它不属于程序的任何任务，可以在任意位置打断一次调用。
glossary-nested = 一个 epoll 描述符放在另一个实例的关注集合中。当它自己的就绪链表非空时即为就绪。形成环会以 ELOOP 拒绝。
    .name = 嵌套 epoll
glossary-busy-poll = epoll_wait 可以先不睡眠，而是自己向网络设备轮询一段时间的报文。消耗处理器时间，省去一次中断。
    .name = 忙轮询
glossary-watches = 一个用户在所有关注集合中最多可拥有的 epitem 数：低端内存的 4%，每项按 184 字节计。超出时 ADD 返回 ENOSPC。
glossary-sock = 内核中的套接字：队列、限额、状态。读者和写者共用一个等待队列，靠唤醒键区分。
glossary-receive-queue = 已经到达而尚未读取的缓冲区。只要不空，套接字就可读。
    .name = 接收队列
glossary-accept-queue = 握手已完成而尚未被 accept 的连接。只要不空，监听套接字就可读。
    .name = 全连接队列
glossary-backlog = 任务占有套接字期间到达的报文段在此等待，占有者释放时再处理它们。
glossary-pipe = 管道：16 个槽的环形缓冲，每槽一页。一旦被 poll 过，每次写都会唤醒读者，边缘触发的监视者就不会漏掉。
glossary-slack = 超时允许推迟的量：时长的 0.1%，至少 50 µs，以便把多个定时器合并处理。
    .name = 定时器松弛

look-glossary-search = 搜索术语
look-glossary-count =
    { $count ->
        [0] 没有术语
       *[other] { $count } 个术语
    }
look-glossary-show = 在舞台上显示
look-glossary-absent = 此刻不在舞台上
look-glossary-source = { $name } 的源码
