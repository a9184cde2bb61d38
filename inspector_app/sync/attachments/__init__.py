"""Files that rows name: their own queue, in pieces, verified by hash."""
