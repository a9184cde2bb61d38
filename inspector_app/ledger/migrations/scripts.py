"""Runs the SQL script that lies beside a version of the schema."""

from pathlib import Path

from alembic import op


def run_beside(version: str) -> None:
    """Every statement of the `.sql` file with the name of this version's file, one at a time."""
    script = Path(version).with_suffix(".sql").read_text(encoding="utf-8")
    connection = op.get_bind()
    for statement in script.split(";\n"):
        if statement.strip():
            connection.exec_driver_sql(statement)
