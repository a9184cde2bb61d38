"""The page is measured on the finished PDF: GB/T 9704 to a tenth of a millimetre."""

from datetime import date
from itertools import pairwise

import pytest

from inspector_app.domain.paper_values import example_values
from inspector_app.papers.geometry import (
    CHAR_PITCH,
    HEIGHT,
    LEFT,
    LINE_PITCH,
    MM,
    SEAL,
    TOP,
    WIDTH,
)
from inspector_app.papers.render import render
from tests.papers.conftest import Press, context
from tests.papers.pdf import Word, run, words

TENTH = 0.1 * MM


def near(wanted: float) -> object:
    return pytest.approx(wanted, abs=TENTH)


def test_the_measures_are_those_of_the_standard() -> None:
    assert pytest.approx((156, 225, 37, 28)) == (WIDTH / MM, HEIGHT / MM, TOP / MM, LEFT / MM)
    assert pytest.approx(15.79, abs=0.005) == CHAR_PITCH
    assert pytest.approx(28.99, abs=0.005) == LINE_PITCH


@pytest.fixture(scope="module")
def full_page(press: Press) -> list[Word]:
    """A page of nothing but full lines of 28 characters, 22 of them."""
    kind = press.kinds["rectification_order"]
    values = example_values(kind) | {"facts": "拖欠农民工工资支付" * 300}
    found = words(render(kind, values, context(kind, demo=False), press.fonts).pdf)
    return [word for word in found if word.page == 2 and len(word.text) > 3]


def test_the_paper_is_a4(press: Press) -> None:
    shown = run("pdfinfo", press.paper("rectification_order").pdf, "-").decode()
    assert "(A4)" in shown


def test_lines_are_filled_from_edge_to_edge(full_page: list[Word]) -> None:
    assert {len(word.text) for word in full_page} == {28}
    assert all(word.left == near(LEFT) for word in full_page)
    assert all(word.right == near(LEFT + WIDTH) for word in full_page)


def test_a_page_holds_22_lines_at_their_pitch(full_page: list[Word]) -> None:
    tops = [word.top for word in full_page]
    assert len(tops) == 22
    steps = [after - before for before, after in pairwise(tops)]
    assert all(step == near(LINE_PITCH) for step in steps)
    assert tops[0] >= TOP
    assert full_page[-1].bottom <= TOP + HEIGHT


def test_a_paragraph_begins_two_characters_in(press: Press) -> None:
    kind = press.kinds["rectification_order"]
    values = example_values(kind) | {"facts": "\n".join(["拖欠农民工工资支付"] * 40)}
    found = words(render(kind, values, context(kind), press.fonts).pdf)
    paragraphs = [word for word in found if word.text == "拖欠农民工工资支付"]
    assert len(paragraphs) == 40
    assert all(word.left == near(LEFT + 2 * CHAR_PITCH) for word in paragraphs)


def test_page_numbers_stand_at_the_outer_edge_below_the_type_area(press: Press) -> None:
    found = words(press.paper("rectification_order", longest=True).pdf)
    dashes = [word for word in found if word.text == "—" and word.top > TOP + HEIGHT]
    right = max(word.right for word in dashes if word.page == 1)
    left = min(word.left for word in dashes if word.page == 2)
    assert LEFT + WIDTH - right == near(CHAR_PITCH)
    assert left - LEFT == near(CHAR_PITCH)
    assert dashes[0].top > TOP + HEIGHT + 3 * MM


def test_the_seal_has_its_clear_square(press: Press) -> None:
    for name in ("rectification_order", "interview_notice", "inquiry_notice"):
        kind = press.kinds[name]
        found = words(press.paper(name).pdf)
        issued = next(word for word in found if word.text == "2026年11月18日")
        middle = (issued.left + issued.right) / 2
        same = [word for word in found if word.page == issued.page]
        over = [w for w in same if w.left < middle + SEAL / 2 and w.right > middle - SEAL / 2]
        above = max(w.bottom for w in over if w.bottom < issued.top - 30)
        below = min(w.top for w in over if w.top > issued.bottom)
        assert below - above >= SEAL - TENTH, kind.title


def test_a_day_without_filling_zeros_signs_the_letter(press: Press) -> None:
    kind = press.kinds["interview_notice"]
    ctx = context(kind, issue_date=date(2026, 1, 5))
    found = words(render(kind, example_values(kind), ctx, press.fonts).pdf)
    assert "2026年1月5日" in {word.text for word in found}
