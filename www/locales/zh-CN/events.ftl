### 事件说明中出现的名称和词语。

name-item = { $fd } 的 epitem
name-pipe = 管道 fd { $read }/{ $write }
name-queue = { $file } 的等待队列
name-queue-poll-wait = { $ep } 的 poll_wait 队列
name-queue-signals = signalfd_wqh 队列
name-queue-wq = { $ep } 的 ep->wq 队列
name-sock-without-file = 一个没有文件的套接字

who-boot = 机器
who-hardirq = 定时器中断
who-softirq = 网络软中断

word-alloc-context = 文件的上下文
word-alloc-bitmaps = 位图
word-alloc-file-table = 系统打开文件表的表项
word-datagram-socket = 数据报套接字
word-directory = 目录
word-eventfd-semaphore = eventfd，信号量
word-instance = 该实例
word-list-separator = 、
word-nothing = 无
word-pipe-read-end = 管道读端
word-pipe-write-end = 管道写端
word-place =
    { $point ->
        [armed] 把 epitem 挂入文件的等待队列之后、询问它是否已经就绪之前
        [before_sleep] 什么也没找到之后、加入 ep->wq 之前
        [timed_out] 超时已到、它的条目却还在 ep->wq 上的时候
        [before_scan] 为收取事件而取得 ep->mtx 之前
        [copy_out] 扫描中途、把一个事件存入用户内存之前：缺页可能让它在那里睡眠
       *[polled] 扫描全部描述符一无所获之后、睡眠之前
    }
word-regular-file = 普通文件
word-state =
    { $state ->
        [dead] 已消失
        [idle] 在用户空间
        [runnable] 可运行
        [running] 运行中
        [interruptible] 睡眠
        [uninterruptible] 等待 mtx
       *[stopped] 停在 { $point }
    }
word-tcp-socket = TCP 套接字
word-unix-stream = unix 流
