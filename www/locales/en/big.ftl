# What is large: trees of thousands of nodes, long lists, long runs.
big-tree = Red-black tree of { $n ->
    [one] { $n } node
   *[other] { $n } nodes
  }, as a picture. Arrow keys move it, plus and minus zoom, 0 shows all, c goes to the current item, Enter selects the node in the middle. The tables list all nodes.
big-tree-ready = { $n } nodes, { $ready } ready
big-tree-ready-some = { $n } nodes, { $ready } ready, the first { $marked } of them ringed
big-tree-table = table
big-tree-view = View of the tree
big-tree-out = zoom out of the tree
big-tree-fit = show the whole tree
big-tree-in = zoom into the tree
big-tree-show = go to the current item
big-files = files { $from } to { $to } of { $n }
big-list-all = Show all { $n } in { $list }
big-list-of = { $list }: { $n }
big-rows = rows { $from } to { $to } of { $n }
big-rows-before = previous rows
big-rows-after = next rows
big-rows-first = first rows
big-rows-last = last rows
big-running = line { $done } of { $all }, { $events ->
    [one] { $events } event
   *[other] { $events } events
  }
big-running-name = How far the script has run
big-running-keep = stop here
big-running-cancel = cancel
big-script = Script, { $n } lines
