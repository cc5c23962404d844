# 大规模的内容：上千个节点的树、长列表、长时间的运行。
big-tree = 红黑树的图，共 { $n } 个节点。方向键移动，加减号缩放，0 显示整棵树，c 转到当前 epitem，回车选中正中的节点。“表格”页列出全部节点。
big-tree-ready = { $n } 个节点，{ $ready } 个就绪
big-tree-ready-some = { $n } 个节点，{ $ready } 个就绪，圈出前 { $marked } 个
big-tree-table = 表格
big-tree-view = 树的视图
big-tree-out = 缩小树
big-tree-fit = 显示整棵树
big-tree-in = 放大树
big-tree-show = 转到当前 epitem
big-files = 第 { $from } 至 { $to } 个文件，共 { $n } 个
big-list-all = 显示 { $list } 中的全部 { $n } 项
big-list-of = { $list }：{ $n } 项
big-rows = 第 { $from } 至 { $to } 行，共 { $n } 行
big-rows-before = 前面的行
big-rows-after = 后面的行
big-rows-first = 最前面的行
big-rows-last = 最后面的行
