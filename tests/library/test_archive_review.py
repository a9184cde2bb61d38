"""The order of a case file and the review standard, as shipped and when broken."""

from pathlib import Path

import pytest

from inspector_app.library.loading import Library
from tests.library.shelf import edit, refusal

ORDER, STANDARD = "resources/archive/order.toml", "resources/review/standard.toml"


def test_internal_papers_stand_in_the_side_part_only(library: Library) -> None:
    main, side = library.file_parts
    assert (main.id, side.id) == ("main", "side")
    assert {"filing_approval", "discussion_record", "intake_form"} <= set(side.kinds)
    assert not set(main.kinds) & set(side.kinds)
    assert {"evidence", "other"} <= set(main.kinds)


def test_the_standard_has_the_known_structure_and_says_it_is_not_verified(library: Library) -> None:
    standard = library.review_standard
    points = {section.name: section.points for section in standard.sections.values()}
    assert points == {
        "立案": 14, "调查": 19, "证据": 12, "陈述申辩和听证": 10, "处罚和处理": 24, "送达": 7,
    }  # fmt: skip
    assert [veto.name for veto in standard.vetoes.values()] == ["当事人错误", "引用条款错误"]
    assert not standard.verified


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        (ORDER, '"closing_approval",', '"closing_approval",\n    "other",', "“other”重复"),
        (ORDER, '"evidence",', '"evidence",\n    "evidence",', "重复"),
        (ORDER, 'id = "side"', 'id = "third"', "两卷，先正后副"),
        (STANDARD, "points = 14", "points = 15", "各项共 14 分，应为 15 分"),
        (STANDARD, 'section = "service"', 'section = "serving"', "“serving”不存在"),
        (STANDARD, 'facts = [["evidence"]]', 'facts = ["evidence"]', "应为事实代码"),
        (STANDARD, 'facts = [["evidence"]]', "facts = 3", "应为事实代码"),
    ],
)
def test_a_broken_file_is_told(office: Path, file: str, old: str, new: str, sentence: str) -> None:
    edit(office, file, old, new)
    part = "file_parts" if file == ORDER else "review_standard"
    message = refusal(office, part)
    assert file in message
    assert sentence in message
