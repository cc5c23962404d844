### The past: lines changed in place, undo and redo, versions and their comparison.

past-at-end = You are at the end: what you do is added there.
past-in-past = You are at line { $line } of { $of }: what you do goes in here.
past-before-all = You are before the first line: what you do goes in here.
past-in-past-to-end = You are at line { $line } of { $of }: what you do is added at the end.
past-put-at-end = add at the end instead
past-put-here = put it in here instead

past-undo = Undo
past-redo = Redo
past-undo-what = Undo: { $what }
past-redo-what = Redo: { $what }

past-edit-line = Change line { $line }
past-text-of = Line { $line }
past-text-before = New line before line { $line }
past-text-after = New line after line { $line }
past-run-line = Run it
past-cancel = Cancel
past-insert-before = New line before line { $line }
past-insert-after = New line after line { $line }
past-move-up = Move line { $line } up
past-move-down = Move line { $line } down
past-drag = Drag to move the line
past-delete = Delete line { $line }
past-was = was { $result }

past-history = History
past-versions =
    { $n ->
        [one] { $n } version
       *[other] { $n } versions
    }
past-here = here
past-compare = compare
past-opened = opened “{ $title }”
past-opened-own = opened a script
past-changed = line { $line } changed: { $text }
past-added =
    { $count ->
        [one] line { $line } added: { $text }
       *[other] { $count } lines added from line { $line } on: { $text }
    }
past-removed =
    { $count ->
        [one] line { $line } deleted: { $text }
       *[other] { $count } lines deleted from line { $line } on: { $text }
    }
past-moved = line { $from } moved to line { $to }: { $text }
past-rewritten =
    { $count ->
        [one] { $count } line rewritten at line { $line }
       *[other] { $count } lines rewritten from line { $line } on
    }

past-key-undo = undo, redo
past-key-edit = change the line of the script
past-key-move = move the line of the script

past-results-changed =
    { $n ->
        [one] { $n } result changed: compare
       *[other] { $n } results changed: compare
    }
past-compare-with = compare version { $n } with this one
past-compare-title = Two versions compared
past-compare-close = Close
past-compare-same = Every call is the same and gives the same.
past-compare-first =
    { $n ->
        [0] The first difference is at line { $line }. Calls that are in both give the same.
        [one] The first difference is at line { $line }. { $n } call gives something else.
       *[other] The first difference is at line { $line }. { $n } calls give something else.
    }
past-compare-next = Next difference
past-compare-lines = Lines of both versions
past-compare-stages = Which stage is shown
past-pair-result = gives something else
past-pair-call = another call
past-pair-gone = only in the left one
past-pair-new = only in the right one
past-pair-none = not there
past-pair-first = first difference
