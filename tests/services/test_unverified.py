"""What nobody has read in full is not printed as law until the bureau brings the text."""

from datetime import date
from pathlib import Path

import pytest

from inspector_app.errors import UserError
from inspector_app.services import papers
from inspector_app.services.cases import new_case
from inspector_app.services.desk import Desk
from inspector_app.services.issuing import issue
from inspector_app.services.statutes import import_text
from tests.helpers.desks import a_case_form

ORDER = "rectification_order"
CITED = "违反《最低工资规定》第十二条，支付的工资低于最低工资标准。"


@pytest.fixture
def draft_id(desk: Desk) -> str:
    """An order whose facts cite a regulation known only second hand."""
    case = new_case(desk, a_case_form())
    draft = papers.start_draft(desk, case.id, ORDER)
    papers.save_draft(desk, draft.id, {"facts": CITED})
    return draft.id


def doubts(desk: Desk, draft_id: str) -> list[str]:
    problems = papers.draft_sheet(desk, draft_id).problems
    return [one.message for one in problems if "没有核实全文" in one.message]


def test_an_unread_regulation_stops_the_issue(desk: Desk, draft_id: str) -> None:
    (message,) = doubts(desk, draft_id)
    assert "《最低工资规定》转述" in message
    with pytest.raises(UserError):
        issue(desk, draft_id)


def test_the_official_text_clears_the_way(desk: Desk, draft_id: str, tmp_path: Path) -> None:
    text = tmp_path / "最低工资规定.txt"
    articles = "\n\n".join(f"第{n}条 演示条文，不是原文。" for n in "一二三四五六七八九十")
    more = "\n\n".join(f"第十{n}条 演示条文，不是原文。" for n in ("一", "二", "三", "四", "五"))
    text.write_text(f"最低工资规定\n\n{articles}\n\n{more}\n", encoding="utf-8")

    import_text(desk, text, "最低工资规定")

    assert doubts(desk, draft_id) == []


def test_what_was_read_in_full_is_no_problem(desk: Desk) -> None:
    case = new_case(desk, a_case_form(received_on=date(2026, 9, 25)))
    draft = papers.start_draft(desk, case.id, ORDER)
    papers.save_draft(desk, draft.id, {"facts": "违反《保障农民工工资支付条例》第十六条。"})
    assert doubts(desk, draft.id) == []
