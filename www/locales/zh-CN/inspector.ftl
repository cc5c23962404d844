### 结构体及其字段；表格；右栏的标签页。

inspector-empty = 空
inspector-free = 空闲
inspector-held = 已持有
inspector-held-by = 持有者
inspector-not-linked = 未链入
inspector-ws-active = 已持有：机器保持唤醒
inspector-ws-idle = 未持有
inspector-watches = epoll_watches = { $count }
inspector-items = （{ $count } 项）
inspector-last-descent = 上次查找路径：
inspector-txlist = 扫描的 txlist：
inspector-pages = { $count } 页
inspector-passes = nfds { $nfds }，{ $count } 轮扫描
inspector-slots-filled = tail + { $count } 个槽
inspector-machine = 整机

inspector-table-tasks = 任务
inspector-table-tree = { $ep } 的兴趣集合：{ $count } 项，按树的顺序
inspector-table-lists = { $ep } 的就绪链表
inspector-table-queues = 等待队列，逐项列出
inspector-table-descriptors = 描述符
inspector-table-none = 无
inspector-column-task = 任务
inspector-column-process = 进程
inspector-column-state = 状态
inspector-column-call = 调用
inspector-column-result = 结果
inspector-column-file = 文件
inspector-column-colour = 颜色
inspector-column-depth = 深度
inspector-column-ready = 就绪
inspector-column-list = 链表
inspector-column-item = 项
inspector-column-queue = 队列
inspector-column-for = 等待者
inspector-column-holds = 内容
inspector-column-watched = 监视者
inspector-red = 红
inspector-black = 黑
inspector-root = 根
inspector-no = 否

look-tabs = 细看
look-events = 事件
look-object = 对象
look-tables = 表格
look-cost = 开销
look-glossary = 术语
look-wider = 加宽
look-narrower = 收窄
look-heading = 内核内部
look-event-list = 事件
look-nothing = 没有选中对象，这里显示当前事件。点击舞台上的对象或这里的链接即可查看该对象。
look-no-event = 还没有发生任何事。
look-event = 事件 { $at }
look-kind = 种类
look-function = 函数
look-context = 上下文
look-cause = 起因
look-cause-none = 由程序决定
look-context-boot = 机器启动
look-context-hardirq = 硬中断：定时器
look-context-softirq = 软中断：网络
look-context-task = 任务
look-close = 显示事件
look-field = 字段
look-offset = 偏移
look-size = 大小
look-value = 值
look-bytes = { $count } 字节
look-partial = 偏移取决于内核配置
look-in-4x = 4.x：{ $name }
look-unmodelled = 未建模
look-was = 原为
look-changed = 已改变
look-new = 本步新建
look-changes =
    { $count ->
        [0] 本步没有变化
       *[other] 本步改变了 { $count } 个字段
    }
look-only-changes = 只看变化
look-term = 什么是 { $name }？
look-layout-note = 字段取自 x86-64 上的 Linux 6.18，未开启锁调试。
look-find = 在事件中查找
look-find-count = 第 { $at } 个，共 { $count } 个
look-find-none = 没有找到
look-find-previous = 上一个
look-find-next = 下一个
look-find-close = 关闭
look-keys = 快捷键
look-keys-close = 关闭
