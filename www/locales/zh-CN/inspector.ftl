### Structures and their fields.
