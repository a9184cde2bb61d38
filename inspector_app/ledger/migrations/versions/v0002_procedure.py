"""Stages of the whole procedure, events of a case, proofs of service, the bureau's own law.

Written out in v0002_procedure.sql and never changed again. The three rebuilt tables keep every row;
their indices go with the old table and are made anew.

Revision ID: 0002
"""

from pathlib import Path

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the new tables, and rebuild what has new columns or a wider check."""
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    connection = op.get_bind()
    for statement in script.split(";\n"):
        if statement.strip():
            connection.exec_driver_sql(statement)
