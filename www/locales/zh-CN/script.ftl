### 脚本在读取和运行时的错误：不带句号的消息，以及“应为”之后的正确写法。

script-a-call = 一个调用，例如 `epoll_wait(ep, 8, 0)`
script-a-duration = 一个时长，例如 `10ms`
script-a-fault = `ENOMEM`、`ENFILE` 或 `EFAULT`
script-a-flag = `|` 之后的标志或整数
script-a-handler = `handler`、`SIG_IGN` 或 `SIG_DFL`
script-a-list = 一个列表，例如 `{ $list }`
script-a-new-name = 一个新名字
script-a-path = 一个路径，例如 `"/dev/null"`
script-a-pollfd = 描述符以及对它的询问，例如 `{ $pollfd }`
script-a-result = 一个结果：一个值、一个错误的名字、`blocks`，或者表示任意的 `_`
script-a-set = 描述符的列表，例如 `[rd, 5]`，或者 NULL
script-a-value = 一个值，例如 `7`、`EPOLLIN`、`"abc"` 或 `{ $event }`
script-advance-not-for-task = `advance` 不属于任何任务
script-advance-own-line = 单独一行 `advance 10ms`
script-an-event = 一个事件，例如 `{ $event }`
script-an-integer = 一个整数、一个名字，或者用 `|` 连接的标志
script-arrow-before-result = 调用应给出的结果之前的 `->`
script-arrow-for-blocked = `{ $task } => …`，用于检查阻塞的调用给出的结果
script-arrow-or-end = `->` 和一个结果，或者{ script-line-end }
script-as-many-parentheses = `{ $call }` 的调用中 `)` 与 `(` 一样多
script-at-most = 最多 `{ $most }`
script-at-most-plain = 最多 { $most }
script-blocked-task = 上一次调用曾阻塞的任务
script-blocks-or-stopped = blocks（或在途中停住）
script-bound-or-constant = 前面某行绑定的名字，或者 C 的常量
script-brackets-around = 用方括号括住两个名字：`[{ $name }, …] = …`
script-brackets-around-pipe = 用方括号括住两个名字：`[rd, wr] = pipe()`
script-call-inside = 在另一条语句中调用 `{ $call }`
script-call-or-continue = { script-a-call }，或者 `continue`
script-character = 字符 { $code }
script-closing-quote = 结尾的 `"`
script-colon-and-call = `:` 和{ script-a-call }
script-colon-behind = `{ $name }` 之后的 `:` 和一个调用，或者 `=>` 和一个结果
script-comma-or-close = `,` 或者 `{ $close }`
script-continue-no-call = `continue` 不是调用
script-decimal-or-hexadecimal = 没有前导零的十进制数，或十六进制数，例如 `0x1ed`
script-decimal-unit = 单位之前是十进制数字
script-deepest = 列表或花括号最多嵌套 { $most } 层
script-did-not-rest = 机器没有停下来：{ $why }
script-digit-groups = 分组的数字
script-digits-at-once = `-` 之后紧跟数字
script-does-not-fit = { $number } 超出 C 的 `{ $ctype }`
script-double-quotes = 双引号中的字符串，例如 `"abc"`
script-duration-among-flags = 标志中有时长
script-duration-hexadecimal = 十六进制的时长
script-duration-negative = 负的时长
script-duration-too-long = 时长太长
script-end-after-continue = { script-line-end }；在下一行用 `{ $task } => …` 检查结果
script-ends-too-early = 这一行结束得太早
script-equals-and-call = `=` 和一个调用，例如 `pipe()`
script-equals-binds = `=`，它把结果绑定到名字上
script-error-alone = 只写错误的名字，例如 `EAGAIN`
script-error-name-alone = 只写错误的名字，例如 `-> EAGAIN`
script-escape-digits = 一个或两个十六进制数字，例如 `\x7f`
script-escape-no-digit = `\x` 之后没有数字
script-escape-too-large = 转义 `{ $escape }` 超出一个字节
script-event-form = `{ $form }`，例如 `{ $event }`
script-event-needs-data = 期望的事件需要写出数据
script-event-or-null = 一个事件，例如 `{ $event }`，或者 NULL
script-event-two-parts = 事件有两个部分
script-first-process-ended = 无法创建 { $task }：第一个进程已经结束
script-fraction = 带小数的数字
script-from-to = 从 { $least } 到 { $most }
script-gives-one = { $call } 给出一个数字
script-gives-two = { $call } 给出两个描述符
script-got = 得到 { $got }
script-hash-before-comment = 注释之前的 `#`
script-hex-digits = 数字 0–9 和 a–f
script-hexadecimal = 一个数字，例如 `0xff`
script-host-too-slow = 主机太慢，跟不上这个场景的超时：{ $why }
script-idle-task = 没有在调用中的任务
script-in-a-name = 名字中有“{ $text }”
script-in-hexadecimal = 十六进制数中有 { $text }
script-in-its-call =
    { $state ->
        [stopped] { $task } 停在第 { $line } 行的调用中
       *[blocked] { $task } 阻塞在第 { $line } 行的调用中
    }
script-in-no-set = { $fd } 不属于任何描述符集合
script-in-place = 一个值；C 中按地址传递的内容直接写在这里，例如 `{ $event }`
script-integer-too-large = 整数超出 64 位
script-integers = 从 -9223372036854775808 到 18446744073709551615 的整数
script-key-missing = 元数据没有键
script-key-one-word = `#: key = value`，键只有一个词；注释则用 `# `
script-key-spaces = 元数据的键中有空白
script-key-value-or-comment = `#: { $key } = …`；注释则用 `# `
script-key-without-value = 元数据没有 `=`
script-kind-no-path =
    { $kind ->
        [integer] 整数不是路径
        [string] 字符串不是路径
        [duration] 时长不是路径
        [list] 列表不是路径
        [event] 事件不是路径
       *[null] NULL 不是路径
    }
script-known-escapes = { $known }、`\x7f` 或 `\177` 之一
script-known-task = 已经进行过调用的任务的名字
script-lacks-async = 模拟器不支持 O_ASYNC
script-lacks-bad-memory = 模拟器不支持此调用中的坏内存
script-lacks-direct-file = 模拟器不支持普通文件上的 O_DIRECT
script-lacks-empty-oob = 模拟器不支持以带外方式接收 0 字节
script-lacks-fcntl = 模拟器不支持 fcntl 的锁、租约、属主、密封和提示
script-lacks-file-write = 模拟器不支持写普通文件
script-lacks-ioctl = 模拟器不支持这个 ioctl
script-lacks-large-pipe = 模拟器不支持大于 1 MiB 的管道（需要特权）
script-lacks-large-read = 模拟器不支持从 /dev/zero 一次读取超过 16 MiB
script-lacks-large-write = 模拟器不支持一次写入超过 16 MiB 的填充数据
script-lacks-library-signals = 模拟器不支持信号 32 和 33（C 库留给自己用）
script-lacks-message-flags = 模拟器不支持 send 和 recv 的这些标志
script-lacks-noatime = 模拟器不支持 O_NOATIME
script-lacks-notification-pipe = 模拟器不支持 O_NOTIFICATION_PIPE
script-lacks-open-flags = 模拟器不支持 open 的标志 { $flags }
script-lacks-path = 模拟器没有路径 `{ $path }`：只有 { $known }
script-lacks-self-connect = 模拟器不支持套接字连接自己
script-lacks-socket-kind = 模拟器不支持这种套接字
script-lacks-socket-option = 模拟器不支持这个套接字选项
script-lacks-stop-signals = 模拟器不支持停止、继续或转储核心的信号
script-lacks-unix-type = 模拟器不支持这种类型的 AF_UNIX 套接字
script-lacks-unknown-task = 模拟器不支持从未存在过的任务
script-letters = 字母 a–z 和 A–Z、数字以及 `_`
script-line-end = 行尾
script-living-name = 仍然存在的任务的名字
script-living-task = 仍然存在的任务
script-must-succeed = 调用成功，因为没有 `->` 另作说明
script-name-for-task = 新任务的名字
script-name-of-constant = `{ $name }` 是 C 的常量
script-name-to-bind = 要绑定的名字，例如 `[rd, wr] = pipe()`
script-no-call-gives = 没有调用会给出这个
script-no-call-made = { $task } 没有进行过调用
script-no-data = 这超出 `data` 的范围
script-no-descriptor-list =
    { $kind ->
        [integer] 整数不是描述符的列表
        [string] 字符串不是描述符的列表
        [duration] 时长不是描述符的列表
        [list] 列表不是描述符的列表
        [event] 事件不是描述符的列表
       *[null] NULL 不是描述符的列表
    }
script-no-descriptor-set =
    { $kind ->
        [integer] 整数不是描述符的集合
        [string] 字符串不是描述符的集合
        [duration] 时长不是描述符的集合
        [list] 列表不是描述符的集合
        [event] 事件不是描述符的集合
       *[null] NULL 不是描述符的集合
    }
script-no-duration = 这不是时长
script-no-event = 这不是事件
script-no-fault = 无法让它发生
script-no-handler = 不能这样处理信号
script-no-hexadecimal = `0x` 之后没有十六进制数字
script-no-integer =
    { $kind ->
        [integer] 整数不是整数
        [string] 字符串不是整数
        [duration] 时长不是整数
        [list] 列表不是整数
        [event] 事件不是整数
       *[null] NULL 不是整数
    }
script-no-mask = 这超出事件掩码的范围
script-no-name = 这不是名字
script-no-number = 这不是数字
script-no-octal = 没有八进制数
script-no-parentheses = 不带圆括号的值，例如 `EPOLLIN|EPOLLET`
script-no-path = 这不是路径
script-no-set = 这不是集合
script-no-signal = 没有编号为 { $number } 的信号
script-no-signal-list = 这不是信号的列表
script-no-statement = 这不是一条语句
script-no-struct = 这不是 `{ $name }`
script-no-such-call = 没有名为 `{ $call }` 的调用
script-no-such-point = 没有名为 `{ $point }` 的抢占点；现有 { $known }
script-no-such-setting = `{ $key }` 的值无效
script-no-such-task = 没有名为 `{ $task }` 的任务
script-no-task-named = 没有写明任务
script-no-turn =
    { $doing ->
        [gone] { $task } 不在等处理器：它已经不在了
        [idle] { $task } 不在等处理器：它没有进行中的调用
        [stopped] { $task } 不在等处理器：它停在抢占点上
       *[asleep] { $task } 不在等处理器：它在睡眠
    }
script-no-unit = 数字没有单位
script-not-closed = `{ $open }` 没有闭合
script-not-stopped = { $task } 没有停在抢占点
script-not-writable = 这不能写入
script-nothing-named = 没有名为 `{ $name }` 的东西
script-null-among-flags = 标志中有 `NULL`
script-number-alone = 只写数字
script-number-as-first = 一个数字，与列表的第一项一样
script-number-up-to = 从 0 到 { $most } 的数字
script-one-of = 其中之一：{ $names }
script-one-piece = 连写的数字，例如 `1000000`
script-open-and-arguments = `(` 和 `{ $call }` 的参数
script-other-name = 给变量换一个名字
script-outcome-stopped = 停在 { $point }
script-params-or-null = `{ $params }`，或者 NULL
script-plain-minus = 普通的 `-`
script-point-before-arrow = `@` 和抢占点要写在 `->` 之前
script-point-name = 一个抢占点的名字
script-returned-name = 其调用已返回的名字
script-same-name-twice = `{ $name }` 被绑定了两次
script-second-name = `,` 和第二个名字，例如 `[rd, wr] = pipe()`
script-single-bar = 两个标志之间只有一个 `|`
script-stopped-task = 其调用带有 `@ 抢占点` 的任务
script-stops-at = { $task } 停在 `{ $point }`
script-string = 字符串
script-string-not-closed = 字符串没有闭合
script-string-or-count = 一个字符串，或者字节数
script-suffix = 多余的后缀 { $suffix }
script-takes =
    { $most ->
        [0] `{ $call }` 没有参数，而这里有 { $count } 个
       *[other] `{ $call }` 需要 { $most } 个参数，而这里有 { $count } 个
    }
script-takes-or = `{ $call }` 需要 { $least } 或 { $most } 个参数，而这里有 { $count } 个
script-task-before-brackets = 先写任务的名字，例如 `main: [rd, wr] = pipe()`
script-task-before-colon = `:` 之前写任务的名字，例如 `main: nop()`
script-task-begins-with-letter = 任务的名字，以字母开头
script-task-exists = { $task } 已经存在
script-task-first = 先写任务：`main: { $text }`
script-task-gone = { $task } 已消失：它的进程已经结束
script-task-or-advance = 任务的名字，例如 `main: nop()`，或者 `advance 10ms`
script-tasks-run-on = 一条语句中任务已运行 { $times } 次
script-timeout-too-long = `{ $duration }` 超出 `int timeout`
script-timers-fire-on = 一条语句中定时器已到期 { $times } 次
script-too-deep = 嵌套太深
script-two-at-most = `]`，因为一个调用最多给出两个描述符
script-two-different-names = 两个不同的名字
script-unexpected = 意外的 { $text }
script-unit-at-once = 单位必须紧跟数字
script-units = ns、us、ms、s 之一
script-unknown-escape = 未知的转义 { $escape }
script-unknown-unit = 未知的单位 { $unit }
script-unsigned = 一个无符号 64 位数字
script-value-and-close =
    { $first ->
        [yes] 一个值，或者 `{ $close }`
       *[no] 一个值和 `{ $close }`
    }
script-value-never = `{ $name }` 没有值：第 { $line } 行的调用没有给出值
script-value-not-yet = `{ $name }` 没有值：第 { $line } 行的调用尚未返回
script-variable-own-line = 一个变量，在单独一行中绑定：`main: ep = epoll_create1(0)`
script-was-not-blocked = { $task } 没有阻塞：它在第 { $line } 行的调用立刻返回了
script-what-calls-give = 一个数字、字符串、事件列表、三个集合、错误的名字、`blocks` 或 `_`
script-whole-number = 整数，例如用 `1500us` 表示 1.5 毫秒
script-without-colon = `{ $task } => …`，不带 `:`
script-machine-gave-up = 未执行：机器在第 { $line } 行没有停下来
