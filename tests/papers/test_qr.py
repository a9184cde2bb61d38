"""The code at the foot: what it says, that it is printed true, and where it may not stand."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.domain.paper_values import example_values
from inspector_app.papers.qr import PLACE, code_text, fingerprint, matrix, read_code
from inspector_app.papers.render import render
from tests.papers.codes import printed_code
from tests.papers.conftest import BUREAU, Press, context
from tests.papers.pdf import text_of, words

DIGEST = fingerprint("rectification_order", "2026.1", BUREAU.number, date(2026, 11, 18), "{}")
TEXT = code_text(BUREAU.number, DIGEST)
JSON = st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=8) | st.none())


@given(number=st.text(min_size=1).map(str.strip).filter(bool), values=JSON)
def test_what_a_code_says_is_read_back(number: str, values: dict[str, object]) -> None:
    digest = fingerprint("kind", "1", number, None, json.dumps(values))
    found = read_code(f"\n{code_text(number, digest)} ")
    if "\n" not in number and "\r" not in number:
        assert found is not None
        assert (found.number, found.digest) == (number, digest)


@pytest.mark.parametrize("text", ["", "平人社监令字〔2026〕第1号", "号 " + "g" * 64, "a" * 64])
def test_other_texts_are_no_codes(text: str) -> None:
    assert read_code(text) is None


@given(values=JSON)
def test_the_fingerprint_hangs_on_what_is_said_not_on_its_order(values: dict[str, object]) -> None:
    turned = dict(reversed(values.items()))
    one, other = (json.dumps(each, ensure_ascii=False) for each in (values, turned))
    assert fingerprint("k", "1", "n", None, one) == fingerprint("k", "1", "n", None, other)
    more = json.dumps({**values, "无此字段": "x"})
    assert fingerprint("k", "1", "n", None, one) != fingerprint("k", "1", "n", None, more)


def test_kind_version_number_and_day_are_in_the_fingerprint() -> None:
    day = date(2026, 11, 18)
    said = {
        fingerprint("k", "1", "n", day, "{}"),
        fingerprint("j", "1", "n", day, "{}"),
        fingerprint("k", "2", "n", day, "{}"),
        fingerprint("k", "1", "m", day, "{}"),
        fingerprint("k", "1", "n", date(2026, 11, 19), "{}"),
        fingerprint("k", "1", "n", None, "{}"),
    }
    assert len(said) == 6


@pytest.mark.parametrize(
    "name", ["rectification_order", "interview_notice", "inspection_record", "proof_of_service"]
)
def test_the_code_is_printed_module_for_module(press: Press, name: str) -> None:
    kind = press.kinds[name]
    paper = render(kind, example_values(kind), context(kind, code=TEXT), press.fonts)
    assert printed_code(paper.pdf) == matrix(TEXT)
    if paper.pages > 1:
        assert printed_code(paper.pdf, 2) == ()


def test_the_code_leaves_the_words_of_the_page_where_they_were(press: Press) -> None:
    kind = press.kinds["rectification_order"]
    paper = render(kind, example_values(kind), context(kind, code=TEXT), press.fonts)
    assert words(paper.pdf) == words(press.paper("rectification_order").pdf)


def test_the_longest_number_still_makes_a_code_a_phone_can_read() -> None:
    """A module of a quarter of a millimetre is what cheap cameras tell apart."""
    long = code_text("某某开发区人社劳监行政处罚事先告知字〔2026〕第00012号", DIGEST)
    assert 18 / (len(matrix(long)) + 8) > 0.3


@pytest.mark.parametrize("length", range(1, 122, 5))
def test_numbers_of_any_length_fit_their_code(length: int) -> None:
    assert len(matrix(code_text("字" * length, DIGEST))) <= 77


def test_a_number_no_code_can_hold_is_told() -> None:
    with pytest.raises(ValueError, match="too long"):
        matrix(code_text("字" * 200, DIGEST))


def test_a_draft_shows_where_the_code_will_stand(press: Press) -> None:
    kind = press.kinds["interview_notice"]
    ctx = replace(context(kind), draft=True, code=PLACE)
    paper = render(kind, example_values(kind), ctx, press.fonts)
    assert PLACE in text_of(paper.pdf)
    assert printed_code(paper.pdf) == ()
