### The page's frame: bar, tabs, notices.

page-language = Language: { $name }
page-dismiss = OK
page-no-scenario = There is no scenario “{ $id }”.
page-no-position = “{ $text }” is not a position.
page-no-line = “{ $text }” is not a line number.
page-no-lang = There is no language “{ $text }” here: en and zh-CN are the two.
page-no-theme = There is no theme “{ $text }”: light, dark and auto are the three.
page-position-past-end =
    { $end ->
        [one] This scenario has { $end } event; showing the last one, not { $at }.
       *[other] This scenario has { $end } events; showing the last one, not { $at }.
    }
page-note = Remark
page-note-play = Play on
page-title = epoll playground
page-title-of = { $title } · epoll playground
page-description = See Linux epoll at work: the red-black tree, the ready list and the wait queues move, step by step, forward and back.
page-embed = Embed
page-tutorial = Tutorial
page-open = open ↗
page-scenario = Scenario
page-your-script = Your script
page-part-how = I · How it works
page-part-wrong = II · What goes wrong
page-part-cost = III · What it costs
page-theme =
    { $theme ->
        [light] Theme: light
        [dark] Theme: dark
       *[auto] Theme: auto
    }
page-theme-name =
    { $theme ->
        [light] light
        [dark] dark
       *[auto] auto
    }
page-view = View
page-tab-stage = Stage
page-tab-script = Script
page-tab-inside = Inside
page-left = Script and actions
page-right = Inside the kernel
page-script = Script
page-edit-script = edit script
page-close-editor = close editor
page-run = Run
page-run-script = Run script
page-add-line = Add a line of script
page-blocks = blocks
page-problem = ✗ { $message }, expected { $expected }
page-place = Line { $line }, column { $column }:{ " " }
page-expected = expected { $expected }
