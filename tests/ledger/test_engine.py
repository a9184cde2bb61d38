"""Engines of ledgers: what was compiled for one serves every other."""

from pathlib import Path

import pytest
from sqlalchemy import column, select, table
from sqlalchemy.sql.compiler import SQLCompiler

from inspector_app.ledger.engine import make_engine


def test_a_statement_is_compiled_once_for_writing_reading_and_other_ledgers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled: list[str] = []
    whole = SQLCompiler.__init__

    def counted(self: SQLCompiler, *given: object, **named: object) -> None:
        whole(self, *given, **named)  # type: ignore[arg-type]  # passed on as it came
        compiled.append(self.string)

    monkeypatch.setattr(SQLCompiler, "__init__", counted)
    for name in ("one.db", "two.db"):
        for read_only in (False, True):
            engine = make_engine(tmp_path / name, None, read_only=read_only, busy_ms=50)
            with engine.connect() as connection:
                if not read_only:
                    connection.exec_driver_sql("CREATE TABLE odd_words (word TEXT)")
                    connection.exec_driver_sql("INSERT INTO odd_words VALUES (?)", (name,))
                    connection.commit()
                asked = select(column("word")).select_from(table("odd_words"))
                assert connection.execute(asked).scalar_one() == name
            engine.dispose()
    assert sum("odd_words" in words for words in compiled) == 1
