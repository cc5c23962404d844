### What it cost: epoll, poll and select.
