### 表单、菜单与手动操作。

hands-actions = { $what }：可执行的操作
hands-close-menu = 关闭
hands-task = 任务 { $name }
hands-item = fd { $fd } 的监视项
hands-file = fd { $fd }，{ $kind }
hands-file-unheld = 没有描述符的文件，{ $kind }
hands-ep = epoll 实例 fd { $fd }
hands-here = 队列上有
hands-belongs = 相关对象
hands-none = 还没有
hands-mask = 掩码
hands-mask-more = 较少用的标志

hands-hint-disarmed = 已被 EPOLLONESHOT 停用；MOD 可重新启用。
hands-hint-exclusive = 独占的监视项不能用 MOD 修改：会改写成 DEL 和 ADD。
hands-hint-to-exclusive = EPOLLEXCLUSIVE 只能随 ADD 设置：切换它会写入 DEL 和 ADD。
hands-hint-mod = data { $data } · 每次切换写入一个 EPOLL_CTL_MOD

hands-act-data = + 数据
hands-act-oob = + 紧急字节
hands-act-count = 写入
hands-act-drain = 读空
hands-act-read = 读取
hands-act-far-close = 关闭对端
hands-act-connect = 连接
hands-act-connect-many = 连接 ×
hands-act-arm = 启动定时器
hands-act-disarm = 停止定时器
hands-act-watch = 监视
hands-act-rearm = 重新启用
hands-act-stop-at = epoll_wait，停在
hands-act-poll = poll 全部
hands-act-select = select 全部
hands-act-continue = 继续
hands-act-run = 运行
hands-act-hold = 扣住
hands-act-release = 放行
hands-act-kill = 发送信号
hands-act-mask = 屏蔽信号
hands-act-unmask = 解除屏蔽
hands-act-thread = + 线程

hands-field-bytes = 字节数
hands-field-value = 值
hands-field-times = 连接数
hands-field-initial = 首次到期，毫秒
hands-field-interval = 周期，毫秒；0 表示一次性
hands-field-max = 最大事件数
hands-field-timeout = 超时，毫秒
hands-field-signal = 信号
hands-field-point = 抢占点
hands-field-fd = 描述符
hands-field-usecs = 忙轮询，微秒
hands-field-budget = 预算，包数
hands-field-prefer = 优先忙轮询，0 或 1
hands-field-of = { $act }：{ $field }

hands-bad-range = 应为 { $least } 到 { $most } 之间的数。
hands-bad-number = 这不是整数。
hands-bad-choice = 尚未选择。
hands-bad-duration = 应为时长，例如 10ms、1s 或 500us。

hands-off-no-fd = 已没有描述符指向它。
hands-off-all-busy = 没有空闲的任务可以发起调用。
hands-off-far-closed = 对端已关闭。
hands-off-far-unheld = 没有人持有对端：尚未被 accept，或已关闭。
hands-off-not-connected = 尚未连接，没有对端。
hands-off-not-armed = 定时器未启动。
hands-off-empty = 没有可读的内容。
hands-off-all-watch = 所有 epoll 实例都已监视它，或还没有实例。
hands-off-no-instance = 它的进程没有 epoll 实例。
hands-off-dead = { $task } 已不存在。
hands-off-stopped = { $task } 停在抢占点上。
hands-off-runnable = { $task } 正在等待 CPU。
hands-off-blocked = { $task } 阻塞在 { $call } 中。
hands-off-no-fds = 没有可选的描述符。

hands-new = 新建描述符
hands-tasks = 任务
hands-thread = + 线程
hands-process = + 进程
hands-clock = 时钟 + { $by }
hands-signal = 信号
hands-send = 发送
hands-advance = 推进时钟
hands-advance-by = 推进
hands-set = 加入监视集合
hands-descriptor = 描述符
hands-instance = epoll 实例
hands-data = data
hands-data-hint = 默认为 fd 编号
hands-wait = 等待
hands-wait-call = 调用
hands-wait-on = 等待对象
hands-wait-all = 全部描述符
hands-who = 任务
hands-who-new = { $name }（新建）
hands-max = 最多
hands-ms = 毫秒

hands-any = 任意调用
hands-any-call = 调用
hands-any-arg = { $call }：{ $arg }
hands-any-bind = 结果的名字
hands-any-point = 停在
hands-any-point-none = 不停
hands-any-errors = 可能的错误：{ $errors }
hands-any-no-errors = 它自身不会出错。
hands-any-run = 发起调用
hands-any-expected = { $message }；应为 { $expected }

hands-turns = 调度
hands-turns-switch = 由我来调度
hands-turns-on = 被唤醒的任务会等待，直到你让它运行。
hands-turns-off = 先变为可运行的先运行。
hands-turns-nobody = 没有任务在等待 CPU。
hands-turns-run = 运行 { $task }
hands-net-switch = 扣住报文段
hands-net-deliver = 送达下一个
hands-net-way =
    { $count ->
        [0] 没有报文段在途。
       *[other] { $count } 个报文段在途。
    }

hands-load = 负载
hands-load-kind = 种类
hands-load-connections = 多个连接
hands-load-ticks = 每拍活跃若干
hands-load-bursts = 突发
hands-load-slow-reader = 慢读者
hands-load-firehose = 洪流
hands-load-connections-about = 一个监听套接字和 n 个连接，全部被监视。
hands-load-ticks-about = n 对套接字；每拍有 k 个依次收到数据。
hands-load-bursts-about = n 对套接字；每拍有 k 个先收到数据，然后才有人查看。
hands-load-slow-reader-about = 每拍到达 100 字节，只读走 k 字节。
hands-load-firehose-about = 写者尽快写满管道；读者每拍读一页。
hands-load-n = n，连接数
hands-load-k = k，活跃数
hands-load-k-read = k，读取字节数
hands-load-t = 拍数
hands-load-add = 追加 { $lines } 行
hands-load-more-active = 活跃的比现有的多：k 不能大于 n。
hands-load-too-long = 将有 { $lines } 行，最多 2000 行。
