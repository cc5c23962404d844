### The script and its messages.
