"""Ten published wage-arrears cases, as they were written, through the whole intake."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from inspector_app.ledger.views import ClueQuery
from inspector_app.services.clue_filing import file_clue
from inspector_app.services.clues import clue_list, clue_sheet
from inspector_app.services.desk import Desk
from inspector_app.services.intake import preview_import, run_import
from tests.helpers.desks import make_desk
from tests.helpers.real_data import shared_data

pytestmark = pytest.mark.real_data

AMOUNTS_FEN = [
    134_660_000, 6_020_000, 28_241_700, 17_060_000, 13_660_000, 15_376_400, 16_237_000, 35_372_500,
    172_293_800, 2_318_000,
]  # fmt: skip


@pytest.fixture
def today_desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk after the last of the cases was published."""
    made = make_desk(tmp_path, date(2026, 11, 20))
    yield made
    made.ledger.close()


def test_the_published_cases_come_in_with_their_amounts(today_desk: Desk) -> None:
    file = shared_data() / "cn_cases" / "wage_arrears_public_cases.csv"

    preview = preview_import(today_desk, file)
    outcome = run_import(today_desk, preview)

    assert preview.kind.value == "clues"
    assert (outcome.data_rows, outcome.accepted, outcome.rejected) == (10, 10, 0)
    assert outcome.amount_sum_fen == sum(AMOUNTS_FEN)
    rows = sorted(clue_list(today_desk, ClueQuery()).rows, key=lambda row: row.clue_no)
    clues = [clue_sheet(today_desk, row.id).clue for row in rows]
    assert [clue.amount_fen for clue in clues] == AMOUNTS_FEN
    assert clues[3].amount_written == "17.06 万元"
    flagged = [clue for clue in clues if any("校验" in flag for flag in clue.flags)]
    assert [clue.credit_code for clue in flagged] == ["91520382MAAJM1B991"]
    assert clues[0].workers == 61
    assert clues[0].received_on == date(2018, 5, 30)
    assert "珙县" in clues[0].statement


def test_a_second_import_and_every_filing_go_through(today_desk: Desk) -> None:
    file = shared_data() / "cn_cases" / "wage_arrears_public_cases.csv"
    run_import(today_desk, preview_import(today_desk, file, "clues"))

    again = run_import(today_desk, preview_import(today_desk, file, "clues"))

    assert (again.accepted, again.already_known) == (0, 10)
    for row in clue_list(today_desk, ClueQuery()).rows:
        assert file_clue(today_desk, row.id, date(2026, 11, 20)).case_no
    assert today_desk.ledger.check() == []
