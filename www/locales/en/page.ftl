### The page's frame: bar, tabs, notices.

page-language = Language
page-dismiss = OK
page-no-scenario = There is no scenario “{ $id }”.
page-no-position = “{ $text }” is not a position.
page-position-past-end =
    { $end ->
        [one] This scenario has { $end } event; showing the last one, not { $at }.
       *[other] This scenario has { $end } events; showing the last one, not { $at }.
    }
page-note = Remark
page-note-play = Play on
