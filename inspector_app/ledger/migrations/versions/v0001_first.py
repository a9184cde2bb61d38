"""The first schema, written out in v0001_first.sql and never changed again.

Revision ID: 0001
"""

from inspector_app.ledger.migrations.scripts import run_beside

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of the first version."""
    run_beside(__file__)
