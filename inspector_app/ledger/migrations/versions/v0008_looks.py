"""What was changed on two PCs while apart, and who has looked at it.

Written out in v0008_looks.sql and never changed again.

Revision ID: 0008
"""

from inspector_app.ledger.migrations.scripts import run_beside

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the script, a statement at a time."""
    run_beside(__file__)
