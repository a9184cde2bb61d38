"""Papers to several parties: all of them addressed, each described, the rest as it was."""

from dataclasses import replace

import pytest

from inspector_app.domain.paper_checks import check
from inspector_app.domain.paper_values import example_values
from inspector_app.domain.papers import PaperKind, TableRow, Values
from inspector_app.papers.blank import blank_form
from inspector_app.papers.render import render
from inspector_app.papers.word.facts import lost_values, printed_values
from tests.conftest import PictureCheck
from tests.helpers.builders import calendar_between
from tests.papers.conftest import KINDS, Press, context
from tests.papers.pdf import picture, text_of
from tests.papers.test_kinds import TODAY

JOINT = (
    "rectification_order", "inquiry_notice", "interview_notice", "penalty_notice",
    "penalty_decision", "handling_notice", "handling_decision",
)  # fmt: skip
DESCRIBED = tuple(name for name in JOINT if name not in {"inquiry_notice", "interview_notice"})
SECOND = {
    "name": "平顶山市鹰城工程总承包有限公司",
    "code": "91410400MA9K00002X",
    "person": "郭某某",
    "address": "平顶山市卫东区矿工路某号",
    "fine": "3000000",
}


def values_of(kind: PaperKind) -> Values:
    field = kind.field("co_parties")
    row: TableRow = {column.id: SECOND[column.id] for column in field.columns}
    return example_values(kind) | {"co_parties": (row,)}


def page_of(press: Press, name: str) -> bytes:
    kind = press.kinds[name]
    return render(kind, values_of(kind), context(kind), press.fonts).pdf


def test_these_kinds_may_name_several(kinds: dict[str, PaperKind]) -> None:
    found = {name for name in KINDS if any(one.id == "co_parties" for one in kinds[name].fields)}
    assert found == set(JOINT)


@pytest.mark.parametrize("name", JOINT)
def test_a_paper_to_two_names_both_and_passes_its_checks(press: Press, name: str) -> None:
    kind = press.kinds[name]
    calendar = calendar_between(2024, 2026)
    assert check(kind, values_of(kind), today=TODAY, calendar=calendar) == []
    text = text_of(page_of(press, name))
    assert SECOND["name"] in text
    assert "合称你单位" in text
    assert "各当事人各执一份" in text
    assert "一式两份" not in text


@pytest.mark.parametrize("name", DESCRIBED)
def test_each_party_is_described(press: Press, name: str) -> None:
    text = text_of(page_of(press, name))
    first = str(example_values(press.kinds[name])["party"])
    assert f"当事人一：{first}" in text
    assert f"当事人二：{SECOND['name']}" in text
    assert text.index("当事人一") < text.index("当事人二") < text.index("合称")
    for part in ("code", "person", "address"):
        assert SECOND[part] in text


@pytest.mark.parametrize("name", ["penalty_notice", "penalty_decision"])
def test_each_is_fined_for_itself(press: Press, name: str) -> None:
    text = text_of(page_of(press, name))
    assert "对平顶山市鹰城建筑劳务有限公司罚款人民币50,000.00元（大写：伍万元整）" in text
    assert f"；对{SECOND['name']}罚款人民币30,000.00元（大写：叁万元整）。" in text


@pytest.mark.parametrize("name", JOINT)
def test_a_paper_to_one_says_nothing_of_others(press: Press, name: str) -> None:
    text = text_of(press.paper(name).pdf)
    assert "当事人二" not in text
    assert "合称" not in text
    blank, _ = blank_form(press.kinds[name])
    assert "co_parties" not in {one.removeprefix("!") for block in blank.body for one in block.when}


@pytest.mark.parametrize("name", JOINT)
def test_a_paper_to_two_looks_as_it_was_accepted(
    press: Press, name: str, picture_check: PictureCheck
) -> None:
    picture_check(f"papers/joint_{name}_1", picture(page_of(press, name), 1))


def test_a_party_lost_in_a_text_edited_outside_is_found(press: Press) -> None:
    kind = press.kinds["handling_notice"]
    ctx = replace(context(kind), demo=False)
    printed = list(printed_values(kind, values_of(kind), ctx))
    draft = text_of(page_of(press, "handling_notice")).replace("\n", "")
    gone = draft.replace(f"当事人二：{SECOND['name']}", "当事人二：")
    assert list(lost_values(printed, draft, draft)) == []
    assert [one.text for one in lost_values(printed, draft, gone)] == [SECOND["name"]]
