### 保存与分享：链接、文件、之前的内容。

## 链接的问题

keep-link-foreign = 地址中 # 后面的内容不是指向某次运行某一时刻的链接。
keep-link-newer = 此链接由本页面的更新版本生成（链接版本 { $version }）。请重新加载页面以获取新版本。
keep-link-too-long = 此链接长达 { $kb } kB；本页面的链接不会超过 { $max } kB。
keep-link-too-large = 此链接解压后超过 { $max } kB；本页面的链接不会这么大。
keep-link-damaged = 此链接已损坏：有一部分缺失，或在传递途中被改动。请重新完整复制。
keep-link-no-lesson = 此链接指向的课程在这里不存在：“{ $id }”。
