### The timeline and its lanes.
