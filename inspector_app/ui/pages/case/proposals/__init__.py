"""研判: what the law proposes for a case as cards to read, to try and to act on."""
