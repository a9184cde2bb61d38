"""The score of a case file as a workbook says what the page says."""

from inspector_app.domain.facts import Fact, Facts
from inspector_app.domain.review import score
from inspector_app.sheets.score_out import CASE, NOT_HERE, SUM, VETO, WHOLE, score_lines
from tests.helpers.desks import MONDAY, library


def test_every_item_has_a_line_and_every_section_its_sum() -> None:
    standard = library().review_standard
    review = score(standard, Facts.of([Fact("anything_served", MONDAY)]))
    struck = [("当事人错误", "约谈通知书　1号", "改正"), ("无", "", "补")]
    lines = score_lines(standard, review, struck, "1号　甲")
    assert [(line.section, line.name, line.words) for line in lines[:3]] == [
        (CASE, "1号　甲", ""), (VETO, "当事人错误", "约谈通知书　1号：改正"), (VETO, "无", "补")
    ]  # fmt: skip
    items = {line.key: line for line in lines if line.key}
    assert set(items) == set(standard.items)
    for one in review.lines:
        words = NOT_HERE if not one.applies else one.item.remedy if one.lacking else ""
        assert items[one.item.id].words == words
    sums = [line for line in lines if line.name == SUM]
    assert [line.section for line in sums] == [one.name for one in standard.sections.values()]
    assert sum(line.got or 0 for line in sums) == review.got
    assert (lines[-1].section, lines[-1].points, lines[-1].got) == (
        WHOLE, review.points, review.got
    )  # fmt: skip
    assert lines[0].masked() is lines[0]
