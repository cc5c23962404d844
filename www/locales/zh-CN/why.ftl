### Why, and why not.
