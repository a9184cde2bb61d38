"""Lines break where Chinese punctuation allows, and nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.papers.fonts import FontSet
from inspector_app.papers.geometry import CHAR_PITCH, WIDTH
from inspector_app.papers.linebreak import balanced, break_lines, groups
from inspector_app.papers.pen import Style, lines_of
from tests.helpers.real_data import shared_data

NEVER_FIRST = set("，。；：？！、）》”’…—")
NEVER_LAST = set("（《“‘")
HANZI = st.sampled_from("拖欠农民工工资支付条例第一款人力资源社会保障局𬱖")
WORDS = st.sampled_from(["12", "1,234,567.89", "GB/T9704", "2026", "50%"])
MARKS = st.sampled_from("，。；：？！、）》”’…")
OPENING = st.sampled_from("（《“‘")
PHRASES = st.builds(
    lambda first, opening, inner, mark: f"{first}{opening}{inner}{mark}",
    HANZI,
    st.one_of(st.just(""), OPENING),
    st.one_of(HANZI, WORDS),
    st.one_of(st.just(""), MARKS),
)
PROSE = st.lists(PHRASES, max_size=60).map("".join)
ANYTHING = st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" "))


def em(char: str) -> float:
    """Half an em for Latin, one for the rest."""
    return 0.5 if char < "\u0250" else 1.0


def wrong_breaks(lines: list[str]) -> list[str]:
    firsts = [line for line in lines[1:] if line[0] in NEVER_FIRST]
    return firsts + [line for line in lines[:-1] if line.rstrip()[-1] in NEVER_LAST]


@given(PROSE, st.integers(12, 30))
def test_prose_never_breaks_before_or_after_the_wrong_mark(text: str, room: int) -> None:
    lines = break_lines(text, em, room - 2, room)
    assert wrong_breaks(lines) == [] or text == ""


@given(ANYTHING, st.integers(3, 30))
def test_no_character_is_lost_or_moved(text: str, room: int) -> None:
    assert "".join(break_lines(text, em, room - 2, room)) == text


@given(ANYTHING, st.integers(3, 30))
def test_no_line_is_wider_than_its_room(text: str, room: int) -> None:
    lines = break_lines(text, em, room - 2, room)
    widths = [sum(map(em, line.rstrip(" "))) for line in lines]
    assert widths[0] <= room - 2
    assert all(width <= room for width in widths[1:])


@given(ANYTHING, st.integers(3, 30))
def test_only_a_piece_wider_than_a_line_is_ever_cut(text: str, room: int) -> None:
    allowed, at = {0}, 0
    for piece in groups(text):
        if sum(map(em, piece.rstrip(" "))) > room - 2:
            allowed.update(range(at, at + len(piece)))
        at += len(piece)
        allowed.add(at)
    end = 0
    for line in break_lines(text, em, room - 2, room):
        end += len(line)
        assert end in allowed


def test_numbers_and_latin_words_stay_whole() -> None:
    lines = break_lines("共计人民币1,234,567.89元整", em, 8, 8)
    assert lines == ["共计人民币", "1,234,567.89元整"]


def test_a_blank_hangs_at_the_end_of_its_line() -> None:
    assert break_lines("甲乙 丙", em, 2, 2) == ["甲乙 ", "丙"]
    assert break_lines("甲乙 ，丙（ 丁", em, 3, 3) == ["甲", "乙 ，", "丙", "（ 丁"]


def test_a_row_of_marks_wider_than_the_line_is_cut_at_its_end() -> None:
    assert break_lines("，" * 7, em, 3, 4) == ["，，，", "，，，", "，"]


def test_empty_text_is_one_empty_line() -> None:
    assert break_lines("", em, 3, 3) == [""]


def test_titles_break_into_lines_of_nearly_the_same_length() -> None:
    assert balanced("某某市人力资源和社会保障局", em, 20) == ["某某市人力资源和社会保障局"]
    assert balanced("某某市人力资源和社会保障局", em, 10) == ["某某市人力资源", "和社会保障局"]


def test_a_title_that_cannot_be_balanced_breaks_like_prose() -> None:
    assert balanced("甲" + "a" * 18, em, 9) == ["甲", "a" * 18]


@pytest.mark.real_data
def test_the_law_itself_breaks_without_a_single_fault(fonts: FontSet) -> None:
    style = Style(size=16.0, tracking=CHAR_PITCH - 16.0)
    lines_set, faults = 0, []
    for path in sorted((shared_data() / "law_texts").glob("*.md")):
        for paragraph in path.read_text(encoding="utf-8").splitlines():
            text = paragraph.strip()
            if not text:
                continue
            lines = list(lines_of(text, fonts, style, WIDTH, 2 * CHAR_PITCH))
            assert "".join(lines) == text
            faults += wrong_breaks(lines)
            lines_set += len(lines)
    assert lines_set > 10_000
    assert faults == []
