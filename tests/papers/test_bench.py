"""The order's time is measured against the bare page; CI asks only for the ratio."""

from inspector_app.papers.bench import bare, one_page_order
from tests.papers.conftest import Press, context
from tests.papers.pdf import text_of


def test_a_one_page_order_costs_a_small_multiple_of_its_characters(press: Press) -> None:
    kind = press.kinds["rectification_order"]
    figures = one_page_order(kind, context(kind), press.fonts, times=5)
    assert figures["pages"] == 1
    assert figures["ratio"] == figures["seconds"] / figures["floor_seconds"]
    assert figures["ratio"] < 12


def test_the_floor_draws_every_character(press: Press) -> None:
    assert text_of(bare("拖欠农民工工资" * 9, press.fonts)) == "拖欠农民工工资" * 9
