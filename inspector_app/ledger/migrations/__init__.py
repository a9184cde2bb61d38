"""The ledger's schema history, from the first version on."""
