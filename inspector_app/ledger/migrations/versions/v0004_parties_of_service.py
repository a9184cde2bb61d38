"""Which party of a joint paper a service record is of.

Written out in v0004_parties_of_service.sql and never changed again.

Revision ID: 0004
"""

from inspector_app.ledger.migrations.scripts import run_beside

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the script, a statement at a time."""
    run_beside(__file__)
