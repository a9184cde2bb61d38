"""Roles of persons, and who looked at what is covered.

Written out in v0006_rights.sql and never changed again.

Revision ID: 0006
"""

from inspector_app.ledger.migrations.scripts import run_beside

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the script, a statement at a time."""
    run_beside(__file__)
