"""Keys, passwords and sealed files: what keeps the ledger unreadable when the PC is stolen."""
