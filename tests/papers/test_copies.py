"""A mark goes over the filed page; the page below stays as it is."""

from inspector_app.papers.copies import even, stamped
from tests.papers.conftest import Press
from tests.papers.pdf import run, text_of


def test_a_copy_carries_its_mark_and_all_of_the_page(press: Press) -> None:
    filed = press.paper("interview_notice")
    copy = stamped(filed.pdf, "副本", press.fonts)
    assert "副本" in text_of(copy)
    assert set(text_of(filed.pdf)) <= set(text_of(copy))
    assert stamped(filed.pdf, "副本", press.fonts) == copy
    assert "Pages:           1" in run("pdfinfo", copy, "-").decode()


def test_an_empty_back_side_follows_an_odd_page_and_nothing_an_even_one(press: Press) -> None:
    odd, two = press.paper("interview_notice").pdf, press.paper("rectification_order").pdf
    made = even(odd)
    assert "Pages:           2" in run("pdfinfo", made, "-").decode()
    assert text_of(made) == text_of(odd)
    assert even(odd) == made
    assert even(two) == two
    assert even(made) == made
