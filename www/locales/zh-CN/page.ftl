### 页面框架：顶栏、标签页、提示。

page-language = 语言：{ $name }
page-dismiss = 好
page-no-scenario = 没有名为“{ $id }”的场景。
page-no-position = “{ $text }”不是一个位置。
page-no-line = “{ $text }”不是行号。
page-no-lang = 这里没有语言“{ $text }”，只有 en 和 zh-CN。
page-no-theme = 没有主题“{ $text }”，只有 light、dark 和 auto。
page-position-past-end = 这个场景共有 { $end } 个事件；现在显示最后一个，而不是第 { $at } 个。
page-note = 说明
page-note-play = 继续播放
page-title = epoll 演练场
page-title-of = { $title } · epoll 演练场
page-description = 观看 Linux epoll 如何工作：红黑树、就绪链表和等待队列逐步变化，可前进也可后退。
page-embed = 嵌入
page-tutorial = 教程
page-open = 打开 ↗
page-scenario = 场景
page-your-script = 你的脚本
page-part-how = I · 工作原理
page-part-wrong = II · 常见陷阱
page-part-cost = III · 代价
page-theme =
    { $theme ->
        [light] 主题：浅色
        [dark] 主题：深色
       *[auto] 主题：自动
    }
page-theme-name =
    { $theme ->
        [light] 浅色
        [dark] 深色
       *[auto] 自动
    }
page-view = 视图
page-tab-stage = 舞台
page-tab-script = 脚本
page-tab-inside = 内部
page-left = 脚本和操作
page-right = 内核内部
page-script = 脚本
page-edit-script = 编辑脚本
page-close-editor = 关闭编辑器
page-run = 运行
page-run-script = 运行脚本
page-add-line = 添加一行脚本
page-blocks = 阻塞
page-problem = ✗ { $message }，应为 { $expected }
page-place = 第 { $line } 行，第 { $column } 列：
page-expected = 应为 { $expected }
