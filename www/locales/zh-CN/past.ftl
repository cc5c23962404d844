### 过去：就地修改各行、撤销与重做、各个版本及其比较。

past-at-end = 你在末尾：你的操作会加在这里。
past-in-past = 你在第 { $line } 行（共 { $of } 行）：你的操作会插入这里。
past-before-all = 你在第一行之前：你的操作会插入这里。
past-in-past-to-end = 你在第 { $line } 行（共 { $of } 行）：你的操作会加在末尾。
past-put-at-end = 改为加在末尾
past-put-here = 改为插入这里

past-undo = 撤销
past-redo = 重做
past-undo-what = 撤销：{ $what }
past-redo-what = 重做：{ $what }

past-edit-line = 修改第 { $line } 行
past-text-of = 第 { $line } 行
past-text-before = 第 { $line } 行之前的新行
past-text-after = 第 { $line } 行之后的新行
past-run-line = 运行
past-cancel = 取消
past-insert-before = 在第 { $line } 行之前插入一行
past-insert-after = 在第 { $line } 行之后插入一行
past-move-up = 上移第 { $line } 行
past-move-down = 下移第 { $line } 行
past-drag = 拖动以移动此行
past-delete = 删除第 { $line } 行
past-was = 原为 { $result }

past-history = 历史
past-versions = { $n } 个版本
past-here = 当前
past-compare = 比较
past-opened = 打开“{ $title }”
past-opened-own = 打开一个脚本
past-changed = 修改第 { $line } 行：{ $text }
past-added =
    { $count ->
        [one] 新增第 { $line } 行：{ $text }
       *[other] 从第 { $line } 行起新增 { $count } 行：{ $text }
    }
past-removed =
    { $count ->
        [one] 删除第 { $line } 行：{ $text }
       *[other] 从第 { $line } 行起删除 { $count } 行：{ $text }
    }
past-moved = 第 { $from } 行移到第 { $to } 行：{ $text }
past-rewritten = 从第 { $line } 行起改写了 { $count } 行

past-key-undo = 撤销、重做
past-key-edit = 修改脚本的当前行
past-key-move = 移动脚本的当前行

past-results-changed = { $n } 个结果变了：比较
past-compare-with = 将版本 { $n } 与当前版本比较
past-compare-title = 比较两个版本
past-compare-close = 关闭
past-compare-same = 每个调用都相同，结果也相同。
past-compare-first =
    { $n ->
        [0] 第一处差异在第 { $line } 行。两边都有的调用结果相同。
       *[other] 第一处差异在第 { $line } 行。有 { $n } 个调用的结果不同。
    }
past-compare-next = 下一处差异
past-compare-lines = 两个版本的各行
past-compare-stages = 显示哪个舞台
past-pair-result = 结果不同
past-pair-call = 不同的调用
past-pair-gone = 只在左边的版本里
past-pair-new = 只在右边的版本里
past-pair-none = 没有
past-pair-first = 第一处差异
