### 页面框架：顶栏、标签页、提示。

page-language = 语言
page-dismiss = 好
page-no-scenario = 没有名为“{ $id }”的场景。
page-no-position = “{ $text }”不是一个位置。
page-position-past-end = 这个场景共有 { $end } 个事件；现在显示最后一个，而不是第 { $at } 个。
page-note = 说明
page-note-play = 继续播放
