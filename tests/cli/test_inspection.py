"""`inspect`: answers in, findings with articles and violations out."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Done = Callable[..., Any]
TWO = ["李明", "赵强"]


@pytest.fixture
def answers(tmp_path: Path) -> Callable[..., Path]:
    """Writes an answers file."""

    def write(answers: object, inspectors: object = TWO, **more: object) -> Path:
        path = tmp_path / "answers.json"
        document = {"inspectors": inspectors, "on": "2026-10-09", "answers": answers, **more}
        path.write_text(json.dumps(document), encoding="utf-8")
        return path

    return write


def project(demo: Done) -> str:
    """The project of the demonstration's first case."""
    case = demo("case", "list", "--view", "rectification")["cases"][0]
    return str(demo("case", "show", case["id"])["project"])


def test_a_failed_item_becomes_a_finding(
    demo: Done, answers: Callable[..., Path], tmp_path: Path
) -> None:
    (tmp_path / "照片.txt").write_text("演示数据", encoding="utf-8")
    path = answers(
        {
            "C01": {"answer": "yes"},
            "C44": {"answer": "no", "note": "大门未设置", "evidence": ["照片.txt"]},
            "C30": {"answer": "partly", "note": "缺 8 月"},
            "C33": {"answer": "n/a"},
        }
    )
    words = ("inspect", "--checklist", "construction", "--project", project(demo))
    made = demo(*words, "--answers", path)
    found = {row["item"]: row for row in made["findings"]}
    assert set(found) == {"C44", "C30"}
    assert set(found["C44"]) >= {"item", "answer", "violations", "articles"}
    assert found["C44"]["violations"]
    assert found["C44"]["articles"]
    assert "C44" not in [point["item"] for point in made["open_points"]]


def test_an_employer_is_inspected_by_code_or_name(demo: Done, answers: Callable[..., Path]) -> None:
    words = ("inspect", "--checklist", "employer", "--answers", answers({"E01": {"answer": "yes"}}))
    case = demo("case", "list", "--view", "rectification")["cases"][0]
    shown = demo("case", "show", case["id"])
    assert demo(*words, "--employer", shown["credit_code"])["findings"] == []
    assert demo(*words, "--employer", shown["employer"])["findings"] == []


@pytest.mark.parametrize(
    ("given", "more", "about"),
    [
        ({"C99": {"answer": "yes"}}, {}, "C99"),
        ({"C01": {"answer": "maybe"}}, {}, "C01"),
        ({"C01": "yes"}, {}, "C01"),
        ({"C01": {"answer": "no", "evidence": "x"}}, {}, "C01"),
        ({"C01": {"answer": "no", "evidence": ["none.jpg"]}}, {}, "evidence"),
        ([], {}, "answers"),
        ({}, {"inspectors": ["李明"]}, "inspectors"),
        ({}, {"inspectors": ["李明", "无此人"]}, "inspectors"),
        ({}, {"inspectors": ["李明", "李明"]}, "inspectors"),
        ({}, {"kind": "holiday"}, "kind"),
        ({}, {"on": "昨天"}, "on"),
    ],
)
def test_what_is_wrong_in_an_answers_file_is_told(
    demo: Done, answers: Callable[..., Path], given: object, more: dict[str, object], about: str
) -> None:
    path = answers(given, **more)
    words = ("inspect", "--checklist", "construction", "--project", project(demo))
    assert demo(*words, "--answers", path, code=1)["error"]["field"] == about


def test_a_place_or_checklist_nobody_knows_is_told(
    demo: Done, answers: Callable[..., Path]
) -> None:
    path = answers({})
    words = ("inspect", "--answers", path, "--checklist")
    site = project(demo)
    assert demo(*words, "nothing", "--project", site, code=1)["error"]["field"] == "checklist"
    gone = demo(*words, "construction", "--project", "没有", code=1)
    assert gone["error"]["kind"] == "not_found"
    nobody = demo(*words, "construction", "--employer", "没有", code=1)
    assert nobody["error"]["kind"] == "not_found"
    demo(*words, "construction", code=2)
    demo(*words, "construction", "--project", site, "--employer", "x", code=2)
