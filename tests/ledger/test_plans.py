"""Lists stay fast: SQLite walks an index and never sorts or reads a whole table for a page."""

import dataclasses
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from inspector_app.ledger.bench import BENCHES, invented
from inspector_app.ledger.ledger import Ledger
from inspector_app.ledger.schema.machinery import SORTABLE_CASE
from inspector_app.ledger.views import CaseQuery, ClueQuery, View
from tests.ledger.scenes import put

PAGE_SQL = re.compile(r"ORDER BY .* LIMIT", re.DOTALL)


@contextmanager
def plans(view: View) -> Iterator[list[str]]:
    """What SQLite says it does for each query inside."""
    found: list[str] = []

    def explain(connection, cursor, statement, parameters, context, many):  # type: ignore[no-untyped-def]  # SQLAlchemy's own signature
        if statement.startswith("SELECT"):
            raw = connection.connection.driver_connection
            steps = raw.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall()
            kind = "PAGE" if PAGE_SQL.search(statement) else "SUMS"
            found.append(f"{kind}: " + "; ".join(step[3] for step in steps))

    event.listen(view.connection, "before_cursor_execute", explain)
    yield found
    event.remove(view.connection, "before_cursor_execute", explain)


@pytest.fixture
def thousand(ledger: Ledger) -> Ledger:
    """A ledger of 1,000 cases."""
    employer, cases = invented(1000)
    day = date(2024, 1, 1)
    spread = (
        dataclasses.replace(case, filed_on=day + timedelta(days=number))
        for number, case in enumerate(cases)
    )
    put(ledger, employer, *spread)
    return ledger


def case_plans(ledger: Ledger, query: CaseQuery) -> list[str]:
    with ledger.read() as view, plans(view) as found:
        page = view.case_rows(query)
        if query.after is None and page.next is not None:
            view.case_rows(dataclasses.replace(query, after=page.next))
    return found


@pytest.mark.parametrize("column", SORTABLE_CASE)
@pytest.mark.parametrize("direction", ["", " desc"])
def test_a_page_of_cases_walks_the_index_of_its_order(
    thousand: Ledger, column: str, direction: str
) -> None:
    first, sums, later, _ = case_plans(thousand, CaseQuery(order=f"{column}{direction}", limit=50))
    index = f"USING INDEX ix_case_line_{column}"
    assert first == f"PAGE: SCAN case_line {index}"
    assert later.startswith("PAGE: SEARCH case_line")
    assert index in later
    assert "TEMP B-TREE" not in first + later
    assert sums == "SUMS: SCAN case_line USING COVERING INDEX ix_case_line_sums"


def test_a_filtered_page_of_cases_sorts_nothing(thousand: Ledger) -> None:
    with thousand.read() as view:
        stage = view.case_rows(CaseQuery(limit=1)).rows[0].stage
    for plan in case_plans(thousand, CaseQuery(stages=[stage], filed_year=2025, limit=10)):
        assert "TEMP B-TREE" not in plan
        assert "ix_case_line" in plan


def test_the_register_of_clues_walks_an_index(ledger: Ledger) -> None:
    with ledger.read() as view, plans(view) as found:
        view.clue_rows(ClueQuery())
    assert found[0] == "PAGE: SCAN clue USING INDEX ix_clue_received_on_id"


@pytest.mark.parametrize("name", BENCHES)
def test_the_ledger_is_measured_against_a_bare_floor(name: str, tmp_path: Path) -> None:
    figures = BENCHES[name](tmp_path, n=60)
    assert (figures["name"], figures["n"]) == (name, 60)
    assert figures["seconds"] > 0
    assert figures["floor_seconds"] > 0
    assert figures["ratio"] < 200


@pytest.mark.long
def test_a_list_of_100_000_cases_stays_fast(ledger: Ledger) -> None:
    employer, cases = invented(100_000)
    put(ledger, employer, *cases)
    with ledger.read() as view:
        whole = CaseQuery(limit=200)
        page = view.case_rows(whole)
        start = time.perf_counter()
        view.case_rows(dataclasses.replace(whole, after=page.next))
        view.case_rows(CaseQuery(text="9999号", limit=200))
        assert time.perf_counter() - start < 2
    assert page.total == 100_000
