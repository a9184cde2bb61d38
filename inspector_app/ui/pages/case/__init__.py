"""Parts of the case page and of the detail pane beside lists."""
