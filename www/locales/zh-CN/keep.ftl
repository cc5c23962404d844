### 保存与分享：链接、文件、之前的内容。

## 链接的问题

keep-link-foreign = 地址中 # 后面的内容不是指向某次运行某一时刻的链接。
keep-link-newer = 此链接由本页面的更新版本生成（链接版本 { $version }）。请重新加载页面以获取新版本。
keep-link-too-long = 此链接长达 { $kb } kB；本页面的链接不会超过 { $max } kB。
keep-link-too-large = 此链接解压后超过 { $max } kB；本页面的链接不会这么大。
keep-link-damaged = 此链接已损坏：有一部分缺失，或在传递途中被改动。请重新完整复制。
keep-link-no-lesson = 此链接指向的课程在这里不存在：“{ $id }”。
keep-link-script = 无法读取此链接中的脚本，问题列在脚本下方。
keep-link-elsewhere = 此次运行的结果与生成链接时不同：模拟内核或课程在那之后有改动。
keep-link-past-end = 此链接的运行在这里共有 { $end } 个事件；现显示最后一个，而不是第 { $at } 个。

## 之前的内容

keep-offer = 上次停在“{ $title }”的第 { $at } 个事件。
keep-offer-own = 上次停在你自己的脚本的第 { $at } 个事件。
keep-restore = 恢复
keep-discard = 丢弃
keep-store-foreign = 浏览器中保存的上次内容无法读取，已忽略。
keep-past-damaged = 此浏览器保存的撤销历史无法读取，已忽略；脚本不受影响。
keep-store-full = 浏览器没有空间保存你在此处所做的内容。可以下载脚本来保存。

## 对话框

keep-share = 分享
keep-title = 分享与保存
keep-close = 关闭
keep-link = 指向此刻的链接
keep-link-field = 链接
keep-copy-link = 复制链接
keep-embed = 嵌入到自己的网页
keep-embed-field = 嵌入代码
keep-copy-embed = 复制代码
keep-copied = 已复制。
keep-copy-by-hand = 浏览器不允许页面复制。文字已选中，请按 Ctrl+C 或 ⌘C。
keep-long = 此链接长 { $kb } kB，有些地方放不下这么长的链接。文件总是可用的。
keep-too-long = 此脚本太长，无法放进链接。请下载为文件。
keep-file = 脚本文件
keep-download = 下载 .epoll
keep-open = 打开文件
keep-drop = 也可以把文件拖到页面任意位置。
keep-opened = 已打开 { $name }。
keep-refused = { $name } 不是可以运行的脚本，问题列在脚本下方。
keep-file-too-large = { $name } 长 { $kb } kB；脚本不能超过 { $max } kB。
keep-file-not-text = { $name } 不是 UTF-8 文本：第 { $line } 行，第 { $column } 字节。
keep-file-unreadable = 无法读取 { $name }。
keep-saved = 已保存 { $name }。
keep-picture = 舞台图片
keep-svg = SVG
keep-png = PNG
keep-run-as-text = 运行文本
keep-strace = 系统调用（strace 格式）
keep-animation = 舞台 GIF 动画
keep-gif-from = 从事件
keep-gif-to = 到事件
keep-gif = 生成 GIF
keep-cancel = 取消
keep-progress = 第 { $done } 帧，共 { $total } 帧
keep-working = 处理中 …
keep-cancelled = 已取消，没有保存任何内容。
keep-gif-cut = 已保存 { $name }，只含前 { $frames } 帧：再多就会超过 { $mb } MB。
keep-failed = 操作失败：{ $why }
