"""Tables of the exchange with the shared database; what must be kept apart is guarded by triggers.

Written out in v0003_exchange.sql and never changed again. The indices that refused a second row are
made anew without refusing: what two PCs made while apart must come in and be shown.

Revision ID: 0003
"""

from pathlib import Path

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the new tables and the indices."""
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    connection = op.get_bind()
    for statement in script.split(";\n"):
        if statement.strip():
            connection.exec_driver_sql(statement)
