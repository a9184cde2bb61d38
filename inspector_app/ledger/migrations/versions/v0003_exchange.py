"""Tables of the exchange with the shared database; what must be kept apart is guarded by triggers.

Written out in v0003_exchange.sql and never changed again. The indices that refused a second row are
made anew without refusing: what two PCs made while apart must come in and be shown.

Revision ID: 0003
"""

from inspector_app.ledger.migrations.scripts import run_beside

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the new tables and the indices."""
    run_beside(__file__)
