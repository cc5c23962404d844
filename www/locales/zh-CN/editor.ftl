### 脚本编辑器，以及它对系统调用、标志和错误的说明。

editor-loading = 正在加载编辑器……
editor-runs = 边输入边运行，舞台跟随光标所在的行。
editor-runs-but = 已运行，其中 { $count } 行的结果与所写不符。
editor-kept =
    { $count ->
        [0] 尚未运行。
       *[other] 有 { $count } 处无法解析，舞台保留上一个可以运行的脚本。
    }
editor-holds = 编辑器里有一段无法解析的文本。
editor-back = 回到编辑器
editor-discard = 丢弃
editor-unavailable = 编辑器加载失败。可以先用这个普通文本框：写好后点击运行。
editor-again = 重新加载编辑器
editor-format = 格式化
editor-format-hint = 把每一行写成规范形式（Shift+Alt+F）
editor-keys = Ctrl+空格 补全，F8 跳到下一处问题，先按 Esc 再按 Tab 离开编辑器。
editor-task = 任务
editor-errors = 可能返回的错误：
editor-bound = 由第 { $line } 行绑定的名字。
editor-named = 任务，首次出现在第 { $line } 行。

editor-find = 查找
editor-replace-with = 替换为
editor-next = 下一个
editor-previous = 上一个
editor-all = 全部
editor-match-case = 区分大小写
editor-regexp = 正则表达式
editor-by-word = 全字匹配
editor-replace = 替换
editor-replace-all = 全部替换
editor-close-panel = 关闭
editor-current-match = 当前匹配
editor-replaced = 已替换 $ 处
editor-replaced-one = 已替换第 $ 行的匹配
editor-on-line = 位于行
editor-go-to-line = 转到行
editor-go = 转到
editor-completions = 补全
editor-diagnostics = 问题
editor-no-diagnostics = 没有问题

## 各个调用的作用。

call-epoll_create = 创建 epoll 实例。size 只检查是否为正数。
call-epoll_create1 = 创建 epoll 实例，返回它的描述符。
call-epoll_ctl = 向关注集合添加描述符、修改其掩码，或将其移除。
call-epoll_wait = 交付就绪事件；没有就绪事件时睡眠，直到有事件或超时（毫秒）。-1 表示一直等待，0 表示不睡眠。
call-epoll_pwait = 等待期间使用另一信号掩码的 epoll_wait。
call-epoll_pwait2 = 超时以纳秒为单位的 epoll_pwait。
call-socket = 创建套接字。
call-bind = 为套接字绑定环回地址的一个端口。
call-listen = 把套接字变为监听套接字，最多容纳 backlog 个尚未被接受的连接。
call-connect = 连接到一个端口；对数据报套接字则是设定对端。
call-accept = 从监听套接字的队列中取出最早的连接；没有连接时睡眠。
call-accept4 = 可为新描述符指定标志的 accept。
call-socketpair = 创建一对互相连接的套接字。
call-pipe = 创建管道：读端和写端。
call-pipe2 = 可为两端指定标志的 pipe。
call-eventfd = 创建计数器：write 累加，read 一次取走全部。
call-timerfd_create = 创建定时器，到期后可读。
call-timerfd_settime = 启动定时器：首次在 initial 之后到期，此后每隔 interval 到期一次。initial 为 0 则停止。
call-signalfd = 创建一个描述符，从中读取被阻塞的信号。
call-read = 最多读取 count 字节；没有数据时睡眠，除非设置了 O_NONBLOCK。
call-write = 写入字节；没有空间时睡眠，除非设置了 O_NONBLOCK。
call-recv = 可为本次调用指定标志的 read。
call-send = 可为本次调用指定标志的 write。
call-shutdown = 关闭连接的一个方向或两个方向，对所有引用它的描述符都生效。
call-setsockopt = 设置套接字选项，level 由选项名决定。
call-getsockopt = 读取套接字选项。读取 SO_ERROR 会清除该错误。
call-close = 释放描述符。没有其他描述符引用时，打开的文件才会释放。
call-dup = 为同一个打开的文件再分配一个描述符。
call-dup2 = 复制到指定的编号；该编号上原来打开的文件会被关闭。
call-signal = 设置信号在本进程中的处理方式。
call-sigprocmask = 修改本任务阻塞的信号。
call-kill = 向一个任务发送信号。
call-fork = 创建带有描述符表副本的进程；名字是其第一个任务的名字。
call-exit = 结束进程及其所有任务和描述符。
call-poll = 逐个询问列表中的描述符，并在它们的全部等待队列上睡眠，直到有一个就绪。
call-ppoll = 超时以纳秒为单位、可带信号掩码的 poll。
call-select = 询问三个集合中的描述符，并在它们的全部等待队列上睡眠，直到有一个就绪。
call-pselect = 超时以纳秒为单位、可带信号掩码的 select。
call-fcntl = 修改或读取描述符及其打开文件的属性。
call-open = 打开设备、文件或目录，路径限于已知的三个。
call-sleep = 睡眠一段时间。
call-ioctl = 设置或读取 epoll 实例的忙轮询参数。
call-inject = 让本任务的下一次调用按指定方式出错。
call-hold = 不带参数：报文段停在途中。带任务名：该任务得不到处理器。
call-run = 让被扣住的任务继续运行，直到它再次停下。
call-release = 取消对该任务的 hold。
call-deliver = 让被扣住的报文段到达：接下来的 count 个，或全部。
call-nop = 什么也不做；任务从此存在。

## 错误的原因。

errno-epoll_ctl-EBADF = ep 或 fd 不是打开的描述符。
errno-epoll_ctl-EEXIST = ADD 的描述符已在该实例的关注集合中。
errno-epoll_ctl-EINVAL = ep 不是 epoll 实例，fd 就是 ep 自身，操作未知，或 EPOLLEXCLUSIVE 用在不允许的地方。
errno-epoll_ctl-ELOOP = 实例之间会形成环，或嵌套超过五层。
errno-epoll_ctl-ENOENT = MOD 或 DEL 的描述符不在该实例的关注集合中。
errno-epoll_ctl-ENOSPC = 该用户关注的描述符已达到 max_user_watches 的上限。
errno-epoll_ctl-EPERM = 文件没有 poll 操作：普通文件或目录。
errno-epoll_ctl-EFAULT = 无法从程序的内存读取 event。
errno-epoll_ctl-ENOMEM = 没有内存分配 epitem 或等待队列项。
errno-epoll_wait-EBADF = ep 不是打开的描述符。
errno-epoll_wait-EINTR = 睡眠期间收到信号。
errno-epoll_wait-EINVAL = ep 不是 epoll 实例，或 maxevents 不是正数。
errno-epoll_wait-EFAULT = 无法把事件写入程序的内存。

## 标志的含义。

constant-EPOLLIN = 有内容可读：数据、新连接或文件结束。
constant-EPOLLOUT = 有空间可写。
constant-EPOLLPRI = 有紧急数据。
constant-EPOLLRDHUP = 对端关闭了写方向。
constant-EPOLLERR = 有待处理的错误。无论是否请求都会报告。
constant-EPOLLHUP = 两个方向都已关闭。无论是否请求都会报告。
constant-EPOLLET = 边沿触发：每次到达报告一次，而不是在就绪期间一直报告。
constant-EPOLLONESHOT = 报告一次后失效，直到 MOD 重新启用。
constant-EPOLLEXCLUSIVE = 多个实例关注同一文件时只唤醒其中一个。只能与 ADD 一起使用。
constant-EPOLLWAKEUP = 从事件发生到下一次 epoll_wait 之间，系统不会挂起。
constant-EPOLL_CTL_ADD = 把描述符加入关注集合。
constant-EPOLL_CTL_MOD = 替换被关注描述符的掩码和数据，并重新启用。
constant-EPOLL_CTL_DEL = 把描述符移出关注集合。
constant-SOCK_NONBLOCK = 本应睡眠的调用改为返回 EAGAIN。
constant-O_NONBLOCK = 本应睡眠的调用改为返回 EAGAIN。
constant-MSG_DONTWAIT = 本次调用本应睡眠时返回 EAGAIN。
constant-MSG_PEEK = 读到的数据仍留在缓冲区中。

## 调用可以停下的位置。

point-armed = ep_insert()：epitem 已挂入文件的等待队列，尚未检查是否就绪。
point-before_sleep = ep_poll()：不持锁时没有发现事件；即将持锁再看一次，并加入 wq。
point-timed_out = ep_poll()：已超时，等待项仍在 wq 上。
point-before_scan = ep_send_events()：即将获取 ep->mtx。
point-copy_out = ep_send_events()：即将把事件写入程序的内存。
point-polled = do_poll()、do_select()：一轮检查没有发现就绪；除非期间有事发生，否则即将睡眠。
