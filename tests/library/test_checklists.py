"""The 53 construction and 25 employer items, complete and consistent."""

from pathlib import Path

import pytest

from inspector_app.domain.findings import findings, order_text
from inspector_app.domain.inspections import Answer, CheckItem, ItemAnswer
from inspector_app.domain.law import Liable
from inspector_app.library.check import RECORD_ONLY
from inspector_app.library.loading import Library
from tests.library.shelf import CONSTRUCTION, append, edit, problems, refusal

ASK_WORKERS = {
    "C15", "C17", "C22", "C31", "C33", "C36", "C38", "C41", "C48", "E06", "E09", "E13",
}  # fmt: skip
NO_VIOLATION = {
    "C02", "C08", "C10", "C11", "C20", "C28", "C29", "C34", "C40", "C46", "C47", "C48", "C51",
    "C52", "E01", "E08", "E24",
}  # fmt: skip

# No article lays a duty on the unit that is inspected: powers of authorities, who pays in the end.
RECORDED = {
    "C09", "C11", "C20", "C28", "C29", "C46", "C47", "C48", "C51", "C52", "E01", "E24",
}  # fmt: skip


def all_items(library: Library) -> list[CheckItem]:
    return [item for one in library.checklists.values() for item in one.items]


def test_the_fifty_three_and_the_twenty_five_stand_in_order(library: Library) -> None:
    ids = {key: [item.id for item in one.items] for key, one in library.checklists.items()}
    assert ids == {
        "construction": [f"C{n:02d}" for n in range(1, 54)],
        "employer": [f"E{n:02d}" for n in range(1, 26)],
    }


def test_no_item_leaves_anything_empty(library: Library) -> None:
    for item in all_items(library):
        assert item.question.strip(), item.id
        assert item.method.strip(), item.id
        assert item.evidence.strip(), item.id
        assert item.articles, item.id
        assert item.violations or item.triggers, item.id
        assert item.finding.strip(), item.id


def test_every_violation_and_every_way_on_is_known(library: Library) -> None:
    for item in all_items(library):
        assert set(item.violations) <= library.violations.keys(), item.id
        assert item.triggers, item.id
        assert set(item.triggers) <= library.triggers.keys(), item.id
        for code in item.violations:
            assert set(library.violations[code].triggers) <= set(item.triggers), item.id


def test_items_without_a_violation_are_few_and_lead_somewhere(library: Library) -> None:
    assert {item.id for item in all_items(library) if not item.violations} == NO_VIOLATION


def test_every_question_is_good_when_the_answer_is_yes(library: Library) -> None:
    for item in all_items(library):
        assert item.good_answer is Answer.YES, item.id
        assert item.question.endswith("？"), item.id
        assert "有无" not in item.question, item.id
        assert "是否" not in item.question, item.id


def test_what_has_no_demand_goes_only_into_the_record(library: Library) -> None:
    bare = {item.id for item in all_items(library) if not item.demand}
    assert bare == RECORDED
    for item in all_items(library):
        if item.id in bare:
            assert set(item.triggers) <= RECORD_ONLY, item.id


def test_every_item_says_whom_it_addresses_and_its_violations_can_be_held_against_them(
    library: Library,
) -> None:
    for item in all_items(library):
        assert item.liable, item.id
        assert set(item.liable) <= {one.value for one in Liable}, item.id
        if item.violations:
            held = {one.value for v in item.violations for one in library.violations[v].liable}
            assert set(item.liable) <= held, item.id


@pytest.mark.parametrize(
    ("word", "liable"), [("建设单位", "owner"), ("施工总承包单位", "general"), ("分包单位", "sub")]
)
def test_a_unit_told_to_do_something_is_liable_and_nobody_else(
    library: Library, word: str, liable: str
) -> None:
    told = [item for item in all_items(library) if item.demand.startswith(word)]
    assert len(told) > 1
    assert {item.liable for item in told} == {(liable,)}


def test_a_finding_carries_whom_it_addresses(library: Library) -> None:
    checklist = library.checklists["construction"]
    (found,) = findings(checklist, [ItemAnswer("a", "v", "C01", Answer.NO)], {"C01"})
    assert found.liable == ("owner", "general")


def test_an_item_may_leave_open_whom_it_addresses_but_not_name_a_stranger(office: Path) -> None:
    edit(office, CONSTRUCTION, 'liable = ["owner", "general"]\n', "")
    assert Library(office).checklists["construction"].item("C01").liable == ()
    edit(office, CONSTRUCTION, 'liable = ["owner"]', 'liable = ["landlord"]')
    assert "“liable”写的是“landlord”，应为 employer、general" in refusal(office, "checklists")


def test_findings_and_demands_are_sentences_with_nothing_to_fill_in(library: Library) -> None:
    for item in all_items(library):
        for text in (item.finding, item.demand or "。"):
            assert text.endswith("。"), item.id
            assert not set("{}_＿□×") & set(text), item.id


def test_the_items_to_ask_workers_about_are_marked(library: Library) -> None:
    assert {item.id for item in all_items(library) if item.ask_workers} == ASK_WORKERS


@pytest.mark.parametrize(
    ("item_id", "violation", "trigger"),
    [
        ("C03", "GZ-13", "T57"), ("C05", "GZ-14", "T57"), ("C12", "GZ-10", "T56"),
        ("C16", "GZ-08", "T55"), ("C23", "GZ-05", "T55"), ("C26", "GZ-06", "T55"),
        ("C31", "GZ-09", "T56"), ("C33", "GZ-22", "TP"), ("C36", "GZ-04", "T54"),
        ("C42", "GZ-07", "T55"), ("C44", "GZ-12", "T56"), ("C53", "KJ-01", "TX"),
    ],
)  # fmt: skip
def test_a_failed_item_names_its_violation_and_what_follows(
    library: Library, item_id: str, violation: str, trigger: str
) -> None:
    item = library.checklists["construction"].item(item_id)
    assert violation in item.violations
    assert trigger in item.triggers


def test_failed_items_make_the_text_of_an_order(library: Library) -> None:
    checklist = library.checklists["construction"]
    answers = [ItemAnswer(f"a{n}", "v", one, Answer.NO) for n, one in enumerate(("C23", "C44"))]
    text = order_text(findings(checklist, answers, {"C23", "C44"}))
    assert text.facts == (
        "（一）施工总承包单位未按规定开设农民工工资专用账户。\n"
        "（二）施工总承包单位未在施工现场醒目位置设立维权信息告示牌。"
    )
    assert "第二十六条第一款" in text.articles
    assert text.violations == ("GZ-05", "GZ-12")


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('violations = ["GZ-15"]', 'violations = ["GZ-99"]', "违法行为“GZ-99”不在违法行为表里"),
        ('method = "调阅', 'methods = "调阅', "缺少“method”"),
        ('id = "C02"', 'id = "C01"', "“id”重复"),
        ('version = "', 'versions = "', "缺少“version”"),
    ],
)
def test_a_broken_checklist_is_told(office: Path, old: str, new: str, sentence: str) -> None:
    edit(office, CONSTRUCTION, old, new)
    assert sentence in refusal(office, "checklists")
    assert sentence in problems(office, "checklist")[0].message


def test_two_checklists_of_one_id_are_refused(office: Path) -> None:
    edit(office, CONSTRUCTION, 'id = "construction"', 'id = "employer"')
    assert "检查表“employer”重复" in refusal(office, "checklists")


BARE_ITEM = """
[[item]]
id = "C99"
group = "其他"
question = "问题？"
method = "看"
evidence = "照片"
articles = []
violations = []
finding = "问题。"
"""


def test_an_item_that_leads_nowhere_is_found(office: Path) -> None:
    append(office, CONSTRUCTION, BARE_ITEM)
    found = [one.message for one in problems(office, "checklist")]
    assert found == ["没有依据条款", "没有违法行为，也没有不合格的去向"]


def test_an_unknown_way_on_and_a_missing_demand_are_found(office: Path) -> None:
    append(office, CONSTRUCTION, BARE_ITEM.replace("finding", 'triggers = ["T98"]\nfinding'))
    found = [one.message for one in problems(office, "checklist")]
    assert found == ["没有依据条款", "没有“T98”这种去向", "应当责令改正的项没有责令内容"]


def test_an_office_without_checklists_is_not_complete(office: Path) -> None:
    for path in (office / "forms/checklists").glob("*.toml"):
        path.unlink()
    assert [one.message for one in problems(office, "checklist")] == ["没有任何检查表"]
