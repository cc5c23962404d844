### 描述符、打开文件、管道、套接字和报文段方面发生的事。值是整句，`.title` 是几个字，`.brief` 是列表中的一行。

event-file-new = 位于 { $address } 的 struct file。在每个关注集合里，键的第一部分是这个地址，而不是描述符。
    .title = 新的打开文件：{ $kind }
    .brief = 新文件：{ $kind }
event-file-free = 对这个打开文件的最后一个引用没有了，于是它被释放，监视它的所有 epitem 也随之消失。
    .title = { $file } 被释放
    .brief = 释放 { $file }
event-file-count = { $file } 现在有 { $count } 个引用，来自描述符和正在进行的调用。
    .title = 引用计数：{ $count }
    .brief = { $file } 引用 = { $count }
event-fd-install = 从现在起，描述符 { $fd }（最小的空闲编号）指向这个打开文件。
    .title = fd { $fd }
    .brief = 安装 fd { $fd }
event-fd-remove =
    { $left ->
        [0] 编号 { $fd } 重新空闲。这是最后一个引用，文件将被释放。
       *[other] 编号 { $fd } 重新空闲。打开文件还有 { $left } 个引用，继续存在；监视它的 epitem 也保留。
    }
    .title = fd { $fd } 已消失
    .brief = 移除 fd { $fd }
event-fd-cloexec =
    { $on ->
        [yes] 执行 execve 时该描述符会被关闭。
       *[no] 执行 execve 时该描述符保持打开。
    }
    .title = fd { $fd } 的 FD_CLOEXEC
    .brief =
        { $on ->
            [yes] fd { $fd } close_on_exec = 1
           *[no] fd { $fd } close_on_exec = 0
        }
event-file-flags = 打开文件的标志现在是 { $flags }，对指向它的所有描述符都有效。
    .title = { $file } 的标志
    .brief = { $file } 标志 = { $flags }
event-eventfd-count =
    { $readable ->
        [yes] { $file } 的计数器从 { $old } 变为 { $count }。大于 0 时可读。
       *[no] { $file } 的计数器从 { $old } 变为 { $count }。为 0 时不再可读。
    }
    .title = 计数器为 { $count }
    .brief = { $file } 计数 = { $count }
event-timerfd-arm =
    { $armed ->
        [yes] { $file } 将在 { $time } 到期。
       *[no] { $file } 停止计时。
    }
    .title =
        { $armed ->
            [yes] 设置定时器
           *[no] 没有定时器
        }
    .brief =
        { $armed ->
            [yes] 到期时间 { $time }
           *[no] { $file } 停止计时
        }
event-timerfd-fire = { $file } 的定时器到期。周期性定时器在有人读取之前停住不动。
    .title = 一次到期
    .brief = { $file } 到期
event-timerfd-ticks =
    { $ticks ->
        [0] { $file } 没有未读的到期次数了：已全部读走，或被重新设置。现在不可读。
       *[other] { $file } 有 { $ticks } 次到期还没有人读取。大于 0 时可读。
    }
    .title = 到期次数：{ $ticks }
    .brief = { $file } 到期次数 = { $ticks }

event-pipe-new = 一个有 16 个槽（65 536 字节）的环形缓冲区，读者和写者各有一个等待队列。
    .title = 一个管道
    .brief = 新管道
event-pipe-free = 两端都已关闭，环形缓冲区被释放。
    .title = 管道已消失
    .brief = 管道已释放
event-pipe-push = 它们填入{ $pipe } 的一个新槽。读端可读。
    .title = 到达 { $bytes } 字节
    .brief = 管道：+ { $bytes } B，新槽
event-pipe-merge = 它们还放得进{ $pipe } 的最后一个槽，所以不需要新槽。
    .title = 又来 { $bytes } 字节
    .brief = 管道：+ { $bytes } B
event-pipe-take =
    { $freed ->
        [yes] { $pipe } 中还剩 { $left } 字节。这个槽已空，被释放。
       *[no] { $pipe } 中还剩 { $left } 字节。这个槽继续使用。
    }
    .title = 读走 { $bytes } 字节
    .brief = 管道：− { $bytes } B
event-pipe-ends = { $pipe } 现在有 { $readers } 个读端和 { $writers } 个写端打开。
    .title = 管道的两端
    .brief = 管道：{ $readers } 读，{ $writers } 写
event-pipe-poll-usage = 它第一次被轮询。从现在起每次写入都会唤醒读者，而不只是写入空管道的第一次，这样边缘触发的 epitem 能得知每一次到达。
    .title = 这个管道被监视
    .brief = 管道：poll_usage = 1
event-pipe-resize = 管道的环形缓冲区换成 { $slots } 页的。
    .title = { $slots } 个槽
    .brief = 管道：{ $slots } 个槽

event-sock-new = 它在途中、对端尚未读取的缓冲区最多可有 { $bytes } 字节。
    .title = 一个套接字
    .brief = 新套接字
event-sock-free = 不再有人引用它。
    .title = 套接字已消失
    .brief = 套接字已释放
event-sock-peer =
    { $there ->
        [yes] 写入 { $sock } 的内容可从 { $peer } 读出，反之亦然。
       *[no] { $subject } 的另一端不再有人。
    }
    .title =
        { $there ->
            [yes] 已连接
           *[no] 对端已消失
        }
    .brief =
        { $there ->
            [yes] { $sock } ↔ { $peer }
           *[no] { $sock } 失去对端
        }
event-skb-queue = 一个缓冲区加入它的接收队列，其中有 { $bytes } 字节，向发送方记账 { $truesize } 字节。
    .title = { $bytes } 字节到达 { $sock }
    .brief = { $sock } 接收：+ { $bytes } B
event-skb-take =
    { $left ->
        [0] 从 { $sock } 的接收队列取走。什么也不剩：不再可读。
       *[other]
            { $freed ->
                [yes] 从 { $sock } 的接收队列取走。这个缓冲区用完了；后面还有 { $left } 字节等待。
               *[no] 从 { $sock } 的接收队列取走。还剩 { $left } 字节，所以仍然可读；但这本身不会产生新事件。
            }
    }
    .title = 读走 { $bytes } 字节
    .brief = { $sock } 接收：− { $bytes } B
event-skb-inside =
    { $freed ->
        [yes] 它先前已被提前读走。
       *[no] 带外字节先于排在它前面的数据被读取。它的缓冲区空着留在队列里：读取会停在这个标记处。
    }
    .title =
        { $freed ->
            [yes] 队列中间的一个缓冲区被释放
           *[no] 提前读取
        }
    .brief =
        { $freed ->
            [yes] 中间的缓冲区被释放
           *[no] 中间的缓冲区：剩 { $left } B
        }
event-sock-wmem = { $subject } 已发送而尚未被读取的数据记账为 { $bytes } 字节。只要这个数不大，就可以写。
    .title = 对端尚未读取
    .brief = { $sock } wmem = { $bytes }
event-sock-shutdown =
    { $ended ->
        [both] { $subject } 从现在起既不能接收也不能发送。它的 poll 会报告这一点。
        [receive] { $subject } 从现在起不能接收。它的 poll 会报告这一点。
        [send] { $subject } 从现在起不能发送。它的 poll 会报告这一点。
       *[none] { $subject } 仍然可以接收和发送。它的 poll 会报告这一点。
    }
    .title = 关闭方向
    .brief = { $sock } shutdown
event-sock-err =
    { $pending ->
        [yes] { $sock } 上的下一个调用会返回它，在那之前它的 poll 报告 EPOLLERR。
       *[no] { $subject } 已报告过一次，把它清除。
    }
    .title =
        { $pending ->
            [yes] 待报告的错误 { $error }
           *[no] 错误被取走
        }
    .brief =
        { $pending ->
            [yes] sk_err = { $error }
           *[no] sk_err 被取走
        }

event-sock-state = { $sock } 的连接现在处于这个状态。
    .title = { $state }
    .brief = { $sock }：{ $state }
event-sock-port =
    { $given ->
        [yes] { $subject } 拥有 127.0.0.1 的端口 { $port }。
       *[no] { $subject } 归还了分配给它的端口。
    }
    .title =
        { $given ->
            [yes] 一个端口
           *[no] 端口空闲
        }
    .brief =
        { $given ->
            [yes] { $sock }：端口 { $port }
           *[no] { $sock }：归还端口
        }
event-sock-option = { $sock } 的选项 { $option } 现在是 { $value }。
    .title = 套接字选项
    .brief = { $sock }：选项 = { $value }
event-sock-nospace =
    { $on ->
        [yes] 发现它不可写。正因如此，等它再次可写时才会有事件。
       *[no] 现在通知等待者。
    }
    .title =
        { $on ->
            [yes] SOCK_NOSPACE
           *[no] 又有空间
        }
    .brief = SOCK_NOSPACE = { $bit }
event-sock-urgent =
    { $there ->
        [yes] 在 recv(MSG_OOB) 取走它之前，一直报告 EPOLLPRI。
       *[no] EPOLLPRI 随之结束。
    }
    .title =
        { $there ->
            [yes] 一个紧急字节
           *[no] 紧急字节没有了
        }
    .brief =
        { $there ->
            [yes] 紧急字节
           *[no] 紧急字节没有了
        }
event-accept-queue =
    { $queued ->
        [yes] 握手完成；在有人 accept 之前，监听套接字一直可读。
       *[no] 连接现在归程序所有，或者被复位。
    }
    .title =
        { $queued ->
            [yes] 一个连接在等待
           *[no] 离开 accept 队列
        }
    .brief =
        { $queued ->
            [yes] accept 队列：+ 1
           *[no] accept 队列：− 1
        }
event-segment-send = { $flags }，{ $bytes } 字节，发往端口 { $port }。
    .title = 报文段 { $number } 发出
    .brief = 报文段 { $flags } →（{ $bytes } B）
event-segment-arrive = 在软中断上下文中：loopback 在发送方自己的发送路径末尾完成交付。
    .title = 报文段 { $number } 到达
    .brief = 报文段 { $number } 到达
event-sock-backlog =
    { $queued ->
        [yes] 套接字的所有者正在对它进行调用；报文段等到所有者放手。
       *[no] 所有者放手，处理期间到来的报文段。
    }
    .title =
        { $queued ->
            [yes] 进入 backlog
           *[no] 离开 backlog
        }
    .brief =
        { $queued ->
            [yes] 被占用：进入 backlog
           *[no] 离开 backlog
        }
event-time-wait = 端口 { $port } 仍被占用，以防有迟到的报文段。
    .title = TIME-WAIT
    .brief = 端口 { $port }：TIME-WAIT
