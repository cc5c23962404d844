### Figures in a text.

embed-no-loop = “{ $text }” is no range of positions such as 12-40.
