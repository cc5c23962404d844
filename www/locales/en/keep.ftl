### Keeping and sharing: links, files, what was there before.

## What is wrong with a link

keep-link-foreign = What follows # in this address is no link to a moment of a run.
keep-link-newer = This link was made by a newer version of this page (links of version { $version }). Reload the page to get it.
keep-link-too-long = This link is { $kb } kB long; no link of this page is longer than { $max } kB.
keep-link-too-large = This link unpacks to more than { $max } kB; no link of this page does.
keep-link-damaged = This link is damaged: a part of it is missing or was changed on the way. Copy all of it again.
keep-link-no-lesson = This link is about a lesson that is not here: “{ $id }”.
