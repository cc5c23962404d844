### 任务、调用、时间和信号方面发生的事。值是整句，`.title` 是几个字，`.brief` 是列表中的一行。

event-process-new = 进程启动时带有描述符 0、1 和 2；它的所有线程共用一张描述符表。
    .title = 新进程
    .brief = 新进程
event-task-new = { $task } 是用户空间里的一个线程，与所属进程共用描述符。
    .title = 线程 { $task }
    .brief = 新任务 { $task }
event-syscall-enter = { $task } 以 { $call } 进入内核。{ $intent }
    .title = { $task } 调用 { $name }
event-syscall-exit =
    { $kind ->
        [empty] epoll_wait 没有给出事件：时间已到，或者没有任何就绪。
        [events] { $task } 带着 { $count } 个事件回到用户空间：{ $result }。
        [error] 调用失败：{ $error }（{ $reason }）。
       *[other] { $task } 回到用户空间；调用返回 { $result }。
    }
    .title = { $task } 返回 { $result }
    .brief = 返回 { $result }
event-task-state =
    { $state ->
        [dead] { $task } 所属的进程已经结束。
        [idle] { $task } 现在运行自己的代码，没有正在进行的调用。
        [runnable] { $task } 可以继续，正在等待处理器。
        [running] { $task } 得到处理器，在内核中继续执行。
        [interruptible] { $task } 让出处理器，一直睡到有唤醒或它的定时器到来。
        [uninterruptible] 另一个任务持有 ep->mtx；{ $task } 睡眠，连信号也叫不醒它。
       *[stopped] { $task } 停在{ $place }。此刻运行的一切，都发生在它的调用中途。
    }
    .title =
        { $state ->
            [dead] { $task } 已消失
            [idle] { $task } 在用户空间
            [runnable] { $task } 可运行
            [running] { $task } 运行
            [interruptible] { $task } 入睡
            [uninterruptible] { $task } 等待互斥锁
           *[stopped] { $task } 停在 { $point }
        }
    .brief =
        { $own ->
            [yes] { $word }
           *[no] { $task }：{ $word }
        }
event-wakeup =
    { $woken ->
        [yes] { $task } 原本在睡眠，现在变为可运行；得到处理器后，它在自己的调用里继续。
       *[no] { $task } 已经不在睡眠，所以这次唤醒不算数，遍历继续到下一个等待者。
    }
    .title =
        { $woken ->
            [yes] { $task } 被唤醒
           *[no] { $task } 早已醒来
        }
    .brief =
        { $woken ->
            [yes] 唤醒 { $task }
           *[no] { $task } 早已醒来
        }
event-leave = { $func } 返回到它的调用者。
    .title = { $func } 结束
    .brief = { $func } 结束
event-copy-from-user = { $bytes } 字节从 { $who } 的内存复制到内核。
    .title = 复制入 { $bytes } 字节
    .brief = 复制入 { $bytes } B
event-copy-to-user = { $bytes } 字节从内核复制到 { $who } 的内存。
    .title = 复制出 { $bytes } 字节
    .brief = 复制出 { $bytes } B

event-clock = 现在是启动后 { $time }。只有脚本要求时，时间才会流逝。
    .title = 时钟前进
    .brief = 时钟：{ $time }
event-timer-arm = 如果之前没有别的唤醒，{ $task } 将在 { $time } 被唤醒。Linux 最多可能晚 { $slack }（slack，松弛量）；这里准时。
    .title = 设置定时器
    .brief = 定时器设在 { $time }
event-timer-fire = { $task } 的时间已到：定时器中断将它唤醒。
    .title = 定时器到期
    .brief = { $task } 的定时器到期
event-timer-cancel = { $task } 在时间用完之前就被唤醒，不再需要它的定时器。
    .title = 取消定时器
    .brief = 定时器已取消

event-signal-action = 从现在起，{ $signal } 对该进程的作用是：{ $handler }。
    .title = { $signal }：{ $handler }
    .brief = { $signal }：{ $handler }
event-signalfd-queue = 一个进程的所有 signalfd 共用一个等待队列：发给其中任何任务的信号都会唤醒它。
    .title = 信号的等待队列
    .brief = 信号的等待队列
event-signal-mask = 从现在起，{ $task } 屏蔽 { $blocked }。
    .title = 信号掩码
    .brief = 掩码 = { $blocked }
event-signal-send =
    { $fate ->
        [queued] 信号现在处于待处理状态。
        [merged] 该信号已经待处理，一次就够了。
       *[ignored] 该信号被忽略，什么也不会发生。
    }
    .title = { $signal } 发给 { $task }
    .brief = { $signal } → { $task }
event-signal-dequeue =
    { $end ->
        [handled] { $task } 运行它的信号处理函数。
        [read] { $task } 从文件中读出它；不运行处理函数。
       *[discarded] { $task } 忽略它。
    }
    .title = 取走 { $signal }
    .brief = 取走 { $signal }

## 调用的目的。

intent-epoll_create = 它要一个新的、空的关注集合。
intent-epoll_create1 = { intent-epoll_create }
intent-epoll_ctl =
    { $which ->
        [add] 它把一个描述符加入关注集合，集合留在内核里。
        [delete] 它从关注集合中取出一个描述符。
        [modify] 它修改一个 epitem 所关注的事件。
       *[other] Linux 没有这样的操作。
    }
intent-epoll_wait =
    { $which ->
        [now] 它取走已就绪的，不睡眠。
        [for-ever] 如果没有就绪的，它就一直睡到有为止。
       *[other] 如果没有就绪的，它就睡眠，但不会超过超时时间。
    }
intent-epoll_pwait = 它等待，等待期间使用另一个信号掩码。
intent-epoll_pwait2 = { intent-epoll_pwait }
intent-socketpair = 它要两个互相连接的套接字。
intent-socket = 它要一个套接字，尚未连接到任何地方。
intent-bind = 它要 127.0.0.1 的这个端口。
intent-listen = 从现在起可以有连接进来。
intent-connect = 它发起连接：SYN、SYN|ACK、ACK。
intent-accept = 它取走第一个等待中的连接。
intent-accept4 = { intent-accept }
intent-shutdown = 它结束一个方向，或者两个方向。
intent-setsockopt = 它设置套接字的一个选项。
intent-getsockopt = 它查询一个选项；SO_ERROR 会把错误一并取走。
intent-recv = 接收会取走使套接字就绪的数据。
intent-send = 它发送的数据会到达另一端。
intent-pipe2 = 它要一个管道：一个描述符用于读，一个用于写。
intent-eventfd = 它要一个可以等待的计数器。
intent-signalfd = 它要读取信号，而不是被信号打断。
intent-signal = 它规定某个信号对所属进程的作用。
intent-sigprocmask = 它修改自己屏蔽哪些信号。
intent-kill = 它向一个任务发送信号；信号 0 不发送任何东西，只询问该任务是否存在。
intent-fork = 新进程有自己的描述符，它们指向同样的打开文件。
intent-exit = 它的进程结束，所有任务和描述符随之消失。
intent-timerfd_create = 它要一个可以等待的定时器。
intent-timerfd_settime = 定时器重新开始；没有被读走的到期次数丢失。
intent-read = 读取会取走使文件就绪的数据。
intent-write = 它写入的数据可能使某个文件变得可读：这个文件自己，或它的另一端。
intent-close = 只有文件的最后一个描述符关闭时，文件才会消失。
intent-dup = 两个描述符将指向同一个打开文件。
intent-dup2 = { intent-dup }
intent-poll = 每次调用都交出全部描述符，逐个查看，再全部交回。
intent-ppoll = { intent-poll }
intent-select = 每次调用都交出三个位集合，带着就绪的位返回。
intent-pselect = { intent-select }
intent-fcntl = 它查询或修改描述符或打开文件的标志。
intent-open = 它要一个路径所对应的打开文件。
intent-ioctl = 它查询或设置该实例如何忙轮询。
intent-inject = 不是系统调用：场景让接下来出一个错。
intent-hold =
    { $which ->
        [woken] 不是系统调用：从现在起，被唤醒的任务要等到放它运行为止。
        [task] 不是系统调用：从现在起该任务得不到 CPU。
       *[other] 不是系统调用：从现在起报文段停留在途中。
    }
intent-run = 不是系统调用：该任务得到 CPU，直到它睡眠或返回。
intent-release = 不是系统调用：又是先变为可运行的先运行。
intent-deliver = 不是系统调用：被扣住的报文段到达。
intent-sleep = 它睡到时间结束。
intent-nop = 不是系统调用：什么也不做，但任务已经存在。
