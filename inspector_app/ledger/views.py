"""What pages read: a snapshot of the ledger with its list views."""

from inspector_app.ledger.rows import Rows


class View(Rows):
    """A read-only snapshot; made by Ledger.read only."""
