"""The queue in which files go to and come from the shared database.

Written out in v0007_attachments.sql and never changed again.

Revision ID: 0007
"""

from inspector_app.ledger.migrations.scripts import run_beside

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the script, a statement at a time."""
    run_beside(__file__)
