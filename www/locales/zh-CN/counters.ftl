### 计数器：epoll、poll 与 select 的开销。

counters-real = 到此刻为止的开销
counters-twins =
    { $waits ->
        [0] 还没有 epoll_wait 可与 poll、select 比较
       *[other] 同样的 { $waits } 次等待，如果用 poll 或 select
    }
counters-as-it-was = 实际的 epoll
counters-with-poll = 用 poll
counters-with-select = 用 select
counters-syscalls = 系统调用
counters-looked-at = 扫描的 fd
counters-file-polls = 询问文件
counters-bytes-in = 拷入字节
counters-bytes-out = 拷出字节
counters-allocations = 内存分配
counters-allocated = 分配字节
counters-armed = 挂上的等待项
counters-disarmed = 拆下的等待项
counters-callbacks = 运行的回调
counters-useful = 有效唤醒
counters-spurious = 虚假唤醒
counters-model = 这个比较是怎么算的
counters-model-1 = 每次 epoll_wait 都与一次 poll() 和一次 select() 对照：描述符是该实例在等待开始时监视的全部描述符，超时相同。epoll 一列也包含 epoll_ctl 调用。
counters-model-2 = 这样的调用要把集合拷入拷出，睡眠前挂入每一个等待队列，并在开始时、每次唤醒后、超时或信号之后扫描所有描述符。
counters-model-3 = 假定它找到的与 epoll_wait 相同。真正的 poll 和 select 没有边缘触发、一次性触发和独占等待：它们会报告更多、唤醒更多线程。
