### 舞台上的东西。

## 各层。

stage-user-space = 用户空间
stage-kernel = 内核
stage-files = 文件与网络
stage-no-epoll = 还没有 epoll 实例：epoll_create1(0) 会创建一个。
stage-no-files = 除了 0、1、2 没有别的打开文件。
stage-more = 还有 { $n } 个
stage-close = 关闭

## 任务。

stage-state-running = 运行中
stage-state-runnable = 可运行
stage-state-woken = 已唤醒
stage-state-blocked = 阻塞
stage-state-held = 被扣住
stage-state-idle = 在用户空间
stage-state-exited = 已退出
stage-state-stopped = 停在 @ { $point }
stage-waits-wq = 睡在 { $ep } 的 ep->wq 上
stage-waits-mtx = 等待 { $ep } 的 mtx
stage-waits-queue = 睡在 { $file } 的等待队列上
stage-waits-signalfd = 睡在本进程的 signalfd_wqh 上
stage-waits-poll = 在 { $call } 中，挂在 { $n } 个队列上
stage-waits-clock = 等定时器到期
stage-waits-signal = 等信号
stage-timer = 定时器 { $at }
stage-pending = 待处理 { $signals }
stage-process = 进程 { $n }
stage-fds = { $n } 个 fd
stage-table = { $task } 的描述符表：{ $n } 个描述符
stage-shared = { $file } × { $n }
stage-slots-more = 还有 { $n } 个
stage-sleeps = { $task } 睡眠中

## 一句话说明。

stage-name-task = 任务 { $name }：{ $state }；{ $call }
stage-name-item =
    struct epitem：fd { $fd }，{ $mask }，data { $data }，{ $color ->
        [red] 红
        [black] 黑
       *[none] 不在树中
    }{ $state ->
        [ready] ，就绪
        [disarmed] ，已停用
       *[rests] { "" }
    }{ $ws ->
        [held] ，唤醒源被持有
        [free] ，有唤醒源
       *[none] { "" }
    }
stage-name-file = struct file：{ $kind }，{ $name }，引用计数 { $n }
stage-name-ep = struct eventpoll { $ep }：{ $items } 项，文件引用计数 { $n }
stage-name-sock = { $name } 的 struct sock
stage-name-entry =
    { $kind ->
        [exclusive] ★ { $what }，独占，队列中第 { $at } 个，共 { $n } 个
       *[plain] { $what }，队列中第 { $at } 个，共 { $n } 个
    }
stage-waiter-item = epoll 实例 fd { $ep } 中 fd { $fd } 对应项的 eppoll_entry
stage-waiter-poll = { $task } 的 poll_table_entry
stage-waiter-task = { $task } 的 wait_queue_entry

## 文件。

stage-no-fd = 无 fd
stage-closed = 已关闭
stage-queue = 等待队列
stage-queue-empty = 等待队列：空
stage-queue-of = { $file } 的等待队列：{ $n } 个条目，队首在前
stage-queue-all = 等待队列的全部 { $n } 个条目
stage-counter = 计数器 { $n }
stage-ticks = 到期 { $n } 次未读
stage-fires = { $at } 到期，还有 { $left }
stage-stands-still = 未启动
stage-every = 每 { $interval } 一次
stage-pipe = { $bytes } B · { $n }/{ $of } 个槽
stage-no-writer = 没有写端
stage-no-reader = 没有读端
stage-listens = 端口 { $port } · { $n } 个待 accept
stage-recv = 接收 { $bytes } B
stage-urgent = 紧急字节“{ $byte }”
stage-sent = 已发 { $used }，上限 { $room } B
stage-backlog = backlog { $n } 个
stage-peer-gone = 对端已挂断
stage-receive-shut = 接收已关闭
stage-send-shut = 发送已关闭
stage-signals = 关注 { $mask }
stage-do-data = + 数据
stage-do-drain = 读空
stage-do-read = 读取
stage-do-close = 关闭

## 网络。

stage-wire = 传输中
stage-wire-empty = 没有报文段
stage-port = 端口 { $port }
stage-segment = 报文段 { $number }：{ $from } 发往 { $to }，{ $flags }，{ $bytes } B

## epoll 实例。

stage-panel = epoll 实例 { $ep }；用上下方向键在各部分之间移动
stage-rbr = rbr：关注集合，键为 (file, fd)
stage-disarmed = 已停用
stage-empty = 空
stage-nobody = 无人等待
stage-no-scan = 无扫描
stage-inactive = 未启用
stage-about-wq = ：epoll_wait 中的任务
stage-about-rdllist = ：就绪项
stage-free = 空闲
stage-held = 被持有
stage-busy-poll = 忙轮询 { $usecs } µs，预算 { $budget }
stage-list-wq = { $ep } 的 wq：{ $n } 个任务睡在 epoll_wait 中
stage-list-poll-wait = { $ep } 的 poll_wait：{ $n } 个条目在监视这个实例
stage-list-rdllist = { $ep } 的 rdllist：{ $n } 个就绪项
stage-list-txlist = { $ep } 的 txlist：本次扫描的 { $n } 项
stage-list-ovflist = { $ep } 的 ovflist：扫描期间触发的 { $n } 项
stage-list-ovflist-off = { $ep } 的 ovflist：未启用，没有扫描在进行
stage-locks-held =
    { $ep } 的 mtx 由 { $task } 持有，{ $n } 个任务在等；lock { $lock ->
        [held] 被持有
       *[free] 空闲
    }
stage-locks-free =
    { $ep } 的 mtx 空闲；lock { $lock ->
        [held] 被持有
       *[free] 空闲
    }

## poll 与 select。

stage-poll-panel = { $task } 的 { $call }：条目表
stage-poll-pass =
    { $n ->
        [0] 尚未扫描
       *[other] 第 { $n } 遍
    }
stage-poll-qproc = _qproc：__pollwait 会把调用者挂进队列；NULL 只看不挂
stage-poll-triggered = triggered：由 pollwake() 置位，睡眠前会检查它
stage-poll-stack = 栈上
stage-poll-stack-title = inline_entries：调用者的栈上有 { $n } 个 poll_table_entry
stage-poll-page = 第 { $n } 页
stage-poll-page-title = poll_table_page：一页，可容纳 { $n } 个条目
stage-poll-entry = { $task } 的 poll_table_entry：挂在 { $file } 上，等待 { $key }
stage-pollfd = pollfd { $n }：fd { $fd }，关注 { $events }，得到 { $revents }
stage-pollfds-title =
    { $chunks ->
        [0] { $n } 个 struct pollfd，都在栈上
       *[other] { $n } 个 struct pollfd，30 个在栈上，其余分配在 { $chunks } 块内存中
    }
stage-bits-title = fd_set_bits：六张位图，不超过 320 位时放在栈上
stage-bits-stack = 栈上
stage-bits-heap = kvmalloc
stage-bitmap =
    { $n ->
        [0] { $name }：没有置位
       *[other] { $name }：{ $fds }
    }

stage-arrow-sleeps = 入睡
stage-arrow-hooks-in = 挂上
stage-arrow-wakes = 唤醒
stage-arrow-a-scan-is-on = 正在扫描
stage-arrow-what-is-ready = 有什么就绪？
stage-arrow-12-bytes = 12 字节
stage-arrow-hooked-in = 已挂上
stage-arrow-unhooked = 已摘下
stage-arrow-to-the-backlog = 进 backlog
stage-arrow-try-to-wake = 尝试唤醒
stage-arrow-disarmed = 已解除
stage-arrow-filtered = 被过滤
stage-arrow-to-ovflist = 进 ovflist
stage-arrow-to-rdllist = 进 rdllist
stage-arrow-there-already = 已在其中
