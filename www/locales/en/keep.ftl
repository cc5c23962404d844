### Keeping and sharing: links, files, what was there before.

## What is wrong with a link

keep-link-foreign = What follows # in this address is no link to a moment of a run.
keep-link-newer = This link was made by a newer version of this page (links of version { $version }). Reload the page to get it.
keep-link-too-long = This link is { $kb } kB long; no link of this page is longer than { $max } kB.
keep-link-too-large = This link unpacks to more than { $max } kB; no link of this page does.
keep-link-damaged = This link is damaged: a part of it is missing or was changed on the way. Copy all of it again.
keep-link-no-lesson = This link is about a lesson that is not here: “{ $id }”.
keep-link-script = The script of this link cannot be read. What is wrong with it stands below the script.
keep-link-elsewhere = This run has come to something else than it had when the link was made: the simulated kernel or the lesson has changed since then.
keep-link-past-end =
    { $end ->
        [one] The run of this link has { $end } event here; showing the last one, not { $at }.
       *[other] The run of this link has { $end } events here; showing the last one, not { $at }.
    }

## What was there before

keep-offer = You were at “{ $title }”, event { $at }.
keep-offer-own = You were at a script of your own, event { $at }.
keep-restore = Restore
keep-discard = Discard
keep-store-foreign = What this browser kept of your last visit cannot be read; it was left out.
keep-past-damaged = The undo history that this browser kept cannot be read; it was left out. The script is not touched.
keep-store-full = This browser has no room left to keep what you do here. Download the script to keep it.

## The dialog

keep-share = Share
keep-title = Share and keep
keep-close = Close
keep-link = Link to this moment
keep-link-field = Link
keep-copy-link = Copy link
keep-embed = Figure for a page of yours
keep-embed-field = Embed snippet
keep-copy-embed = Copy snippet
keep-copied = Copied.
keep-copy-by-hand = The browser does not let the page copy. It is selected: press Ctrl+C, or ⌘C.
keep-long = This link is { $kb } kB long, and not everything that takes links takes such long ones. A file always works.
keep-too-long = This script is too long for a link. Download it as a file.
keep-file = Script as a file
keep-download = Download .epoll
keep-open = Open a file
keep-drop = Or drop a file anywhere on the page.
keep-opened = Opened { $name }.
keep-refused = { $name } is no script that can be run; what is wrong stands below the script.
keep-file-too-large = { $name } is { $kb } kB long; no script is longer than { $max } kB.
keep-file-not-text = { $name } is not UTF-8 text: line { $line }, byte { $column }.
keep-file-unreadable = { $name } cannot be read.
keep-saved = Saved { $name }.
keep-picture = Stage as a picture
keep-svg = SVG
keep-png = PNG
keep-run-as-text = Run as text
keep-strace = Calls, as strace tells them
keep-animation = Stage as a GIF
keep-gif-from = From event
keep-gif-to = to event
keep-gif = Make GIF
keep-cancel = Cancel
keep-progress = Frame { $done } of { $total }
keep-working = Working …
keep-cancelled = Cancelled; nothing was saved.
keep-gif-cut = Saved { $name }, with the first { $frames } frames: more would have been larger than { $mb } MB.
keep-failed = That did not work: { $why }
