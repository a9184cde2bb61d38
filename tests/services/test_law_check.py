"""The self-check of the rules: the pack, the articles in imported texts, choices outgrown."""

from pathlib import Path

import pytest

from inspector_app.library.check import LibraryProblem
from inspector_app.services import law_check
from inspector_app.services.desk import Desk
from inspector_app.services.law_check import run_check
from inspector_app.services.rules import choose
from inspector_app.services.statutes import import_text

TEXT = "劳动保障监察条例\n\n第一条　为了演示。\n\n第二条　只有两条。\n"


def looked(desk: Desk, stop_after: int = 99) -> tuple[law_check.CheckOutcome, list[int]]:
    done: list[int] = []
    outcome = run_check(desk, lambda at, _all: done.append(at), lambda: len(done) > stop_after)
    return outcome, done


def test_whole_rules_have_no_findings(desk: Desk) -> None:
    outcome, done = looked(desk)
    assert (outcome.findings, outcome.texts, outcome.stopped) == ((), 0, False)
    assert done == [0, 1, 2, 3]


def test_articles_missing_from_an_imported_text_lead_to_their_rules(
    desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "劳动保障监察条例.txt"
    path.write_text(TEXT, encoding="utf-8")
    import_text(desk, path, "监察条例")
    outcome, _ = looked(desk)
    assert outcome.texts == 1
    found = next(one for one in outcome.findings if "第十七条" in one.words)
    assert (found.kind, found.where, found.rule) == ("原文", "监察条例", "D05")


def test_problems_of_the_pack_and_outgrown_choices_are_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = choose(desk, "D05", "length", "45", "x")
    broken = LibraryProblem("term", "D06", "D06 的期限长度应为正整数")
    nowhere = LibraryProblem("setting", "某项", "没有这项设置")
    monkeypatch.setattr(law_check, "check_law", lambda _office: [broken, nowhere])
    monkeypatch.setattr(law_check, "stale_choices", lambda _desk: [made])
    outcome, _ = looked(desk)
    assert [(one.kind, one.rule) for one in outcome.findings] == [
        ("规则包", "D06"),
        ("规则包", ""),
        ("本局口径", "D05"),
    ]
    assert "“45”已不起作用" in outcome.findings[2].words


@pytest.mark.parametrize("after", [1, 2])
def test_the_check_stops_between_its_looks(desk: Desk, after: int) -> None:
    outcome, done = looked(desk, stop_after=after)
    assert outcome.stopped
    assert done[-1] == after
