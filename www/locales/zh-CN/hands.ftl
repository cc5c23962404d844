### Forms, gestures, menus, breakpoints, workloads.
