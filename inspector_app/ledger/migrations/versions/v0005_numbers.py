"""Numbers a PC holds on lease from the shared database.

Written out in v0005_numbers.sql and never changed again.

Revision ID: 0005
"""

from inspector_app.ledger.migrations.scripts import run_beside

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the script, a statement at a time."""
    run_beside(__file__)
