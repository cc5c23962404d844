### One sentence for every kind of event; `.title` is its few words, `.brief` its line in the list.
