### 播放控制：播放、单步、速度、断点。

controls-playback = 播放控制
controls-play = 播放
controls-pause = 暂停
controls-restart = 回到开头
controls-back = 后退一步
controls-forward = 前进一步
controls-end = 到结尾
controls-by = 步长
controls-by-event = 事件
controls-by-function = 函数
controls-by-syscall = 系统调用
controls-speed = 速度
controls-still = 无动画

controls-breaks = 断点
controls-breakpoints = 断点：已启用 { $on } 个
controls-no-breaks = 还没有断点。播放时会停在命中断点的事件上。
controls-break-kind = 断点类型
controls-break-function = 内核函数
controls-break-descriptor = 描述符
controls-break-task = 任务
controls-break-errno = errno
controls-break-add = 添加
controls-break-remove = 删除 { $target }
controls-break-on = 在 { $target } 上设断点
controls-hits = 命中 { $count } 次
controls-off = 已停用
controls-run = 运行到下一个
controls-run-back = 回到上一个
controls-bad-empty = 请填写要停在哪里。
controls-bad-function = 模拟器里没有这个名字的函数。
controls-bad-function-near = 模拟器里没有这个名字的函数；有 { $near }。
controls-bad-descriptor = 既不是描述符编号，也不是脚本中的变量。
controls-bad-task = 本次运行中没有这个名字的任务。
controls-bad-errno = 不是错误名，例如 EAGAIN。
