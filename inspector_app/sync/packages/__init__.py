"""The exchange by file: sealed packages for a stick, whose keys they are, what colleagues carry."""
