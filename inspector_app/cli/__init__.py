"""The same use cases as the window, for scripts and the IT desk: `inspector-app VERB …`."""
