"""Stages of the whole procedure, events of a case, proofs of service, the bureau's own law.

Written out in v0002_procedure.sql and never changed again. The three rebuilt tables keep every row;
their indices go with the old table and are made anew.

Revision ID: 0002
"""

from inspector_app.ledger.migrations.scripts import run_beside

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the new tables, and rebuild what has new columns or a wider check."""
    run_beside(__file__)
