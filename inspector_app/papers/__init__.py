"""A filled form becomes a page, and the page a PDF that never changes."""
