"""The labour-security inspector's workstation: case ledger, checklists, enforcement papers."""

__version__ = "0.1.0"
