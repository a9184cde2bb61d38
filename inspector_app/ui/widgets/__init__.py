"""Small building blocks of the window: they know tokens and Qt, never cases or the ledger."""
