"""Numbers of papers and cases from templates the bureau may change."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.domain.numbering import (
    BRACKETS,
    DEFAULT_CASE,
    DEFAULT_PAPER,
    PADS,
    NumberParts,
    NumberTemplate,
    Restart,
    Sharing,
    brackets_of,
    fit_in_number,
    padding_of,
    paper_template,
    sample_words,
    says_di,
    with_brackets,
    with_di,
    with_padding,
)
from inspector_app.errors import UserError

KINDS = ("令", "约", "询", "先告", "罚")
NAMES = {"org": "平人社", "watch": "监"}


def template(pair: str, di: bool, digits: int, shared: bool = False) -> NumberTemplate:
    """As somebody clicks it together from the default."""
    pattern = with_padding(with_di(with_brackets(DEFAULT_PAPER.pattern, pair), on=di), digits)
    sharing = Sharing.SHARED if shared else Sharing.SEPARATE
    return paper_template(pattern.replace("{文种}字", "") if shared else pattern, sharing)


looks = st.builds(template, st.sampled_from(BRACKETS), st.booleans(), st.integers(0, 9))
years, numbers = st.integers(1000, 9999), st.integers(1, 10**6)


def test_the_default_numbers_look_like_the_bureaus() -> None:
    paper = DEFAULT_PAPER.render(org="平人社", watch="监", kind="令", year=2026, no=7)
    case = DEFAULT_CASE.render(org="平人社", watch="监", kind="", year=2026, no=137)
    assert (paper, case) == ("平人社监令字〔2026〕第7号", "平人社监〔2026〕137号")


def test_a_bureau_may_pad_and_use_other_brackets() -> None:
    own = paper_template("{机关}{监察}{文种}字【{年}】第{序号:4}号")
    text = own.render(org="中原人社", watch="劳监", kind="令", year=2026, no=41)
    assert text == "中原人社劳监令字【2026】第0041号"
    assert own.parse(text) == NumberParts(2026, 41)
    assert own.render(org="", watch="", kind="令", year=2026, no=12345).endswith("第12345号")


@given(st.one_of(looks, st.just(DEFAULT_CASE), st.just(NumberTemplate("{序号:3}{年}"))), years,
       numbers, st.sampled_from(KINDS))  # fmt: skip
def test_a_printed_number_reads_back(own: NumberTemplate, year: int, no: int, kind: str) -> None:
    text = own.render(**NAMES, kind=kind, year=year, no=no)
    assert own.parse(text) == NumberParts(year, no)
    assert own.parse(f" {text} ", **NAMES, kind=kind) == NumberParts(year, no)


@given(looks, st.sets(st.tuples(st.sampled_from(KINDS), years, numbers), min_size=2, max_size=20))
def test_no_two_papers_bear_the_same_number(
    own: NumberTemplate, papers: set[tuple[str, int, int]]
) -> None:
    texts = {own.render(**NAMES, kind=kind, year=year, no=no) for kind, year, no in papers}
    assert len(texts) == len(papers)


@given(st.sampled_from(BRACKETS), st.booleans(), st.integers(0, 9), years, numbers)
def test_brackets_di_and_padding_are_read_where_they_were_put(
    pair: str, di: bool, digits: int, year: int, no: int
) -> None:
    own = template(pair, di, digits)
    assert (brackets_of(own.pattern), says_di(own.pattern)) == (pair, di)
    assert (padding_of(own.pattern), own.pad) == (digits, digits)
    text = own.render(org="", watch="", kind="令", year=year, no=no)
    number = str(no).zfill(digits)
    assert text == f"令字{pair[0]}{year}{pair[1]}{'第' if di else ''}{number}号"


@given(st.sampled_from(BRACKETS), st.sampled_from(BRACKETS), st.booleans(), st.sampled_from(PADS))
def test_another_look_and_back_changes_nothing(
    first: str, second: str, di: bool, digits: int
) -> None:
    before = template(first, di, digits).pattern
    other = with_padding(with_di(with_brackets(before, second), on=not di), 9 - digits)
    assert with_padding(with_di(with_brackets(other, first), on=di), digits) == before


def test_a_pattern_of_another_shape_is_left_or_completed() -> None:
    assert with_brackets("{文种}{年}年{序号}", "【】") == "{文种}【{年}】年{序号}"
    assert brackets_of("{文种}〔{年}】{序号}") == ""
    assert with_brackets("{文种}（{年}）{序号}", "〔〕") == "{文种}〔{年}〕{序号}"
    assert brackets_of("{文种}（{年}）{序号}") == ""
    assert with_di("{年}", on=True) == "{年}"
    assert not says_di("{年}")
    assert with_padding("{年}号", 4) == "{年}号"


def test_the_first_numbers_of_two_kinds_and_of_the_next_year_are_shown() -> None:
    pattern, day = DEFAULT_PAPER.pattern, date(2026, 9, 28)
    shown = {
        (sharing, restart): sample_words(
            pattern, sharing, restart, ("平人社", "监"), ("令", "约"), day
        )
        for sharing in Sharing
        for restart in Restart
    }
    first, year = (
        "例如：平人社监令字〔2026〕第1号、平人社监约字〔2026〕第",
        "号；下一年：平人社监令字〔2027〕第",
    )
    assert shown == {
        (Sharing.SEPARATE, Restart.YEARLY): f"{first}1{year}1号",
        (Sharing.SEPARATE, Restart.RUNNING): f"{first}1{year}2号",
        (Sharing.SHARED, Restart.YEARLY): f"{first}2{year}1号",
        (Sharing.SHARED, Restart.RUNNING): f"{first}2{year}3号",
    }
    with pytest.raises(UserError, match=r"缺少“\{文种\}”"):
        sample_words("〔{年}〕{序号}", Sharing.SEPARATE, Restart.YEARLY, ("", ""), ("", ""), day)


@pytest.mark.parametrize(
    ("name", "fits"),
    [("平人社", True), ("", True), ("（劳）监", True), ("平 人", False), ("{序号}", False),
     ("a/b", False), ("长" * 13, False)],
)  # fmt: skip
def test_what_can_stand_in_a_number(name: str, fits: bool) -> None:
    assert fit_in_number(name) is fits


def test_a_number_of_another_shape_or_series_is_not_read() -> None:
    assert DEFAULT_PAPER.parse("平人社监令字〔2026〕7号") is None
    assert DEFAULT_PAPER.parse("平人社监令字〔2026〕第0号") is None
    assert DEFAULT_PAPER.parse("平人社监令字〔2026〕第07号") is None
    assert DEFAULT_PAPER.parse("平人社监令字〔2026〕第7号", kind="约") is None
    assert DEFAULT_PAPER.parse("平人社监令字〔2026〕第7号", kind="令") == NumberParts(2026, 7)
    padded = paper_template("{文种}〔{年}〕{序号:3}")
    assert padded.parse("令〔2026〕007") == NumberParts(2026, 7)
    assert padded.parse("令〔2026〕7") is None


def test_what_need_not_show_depends_on_how_numbers_are_counted() -> None:
    shared = paper_template("{机关}〔{年}〕{序号}号", Sharing.SHARED)
    assert shared.parse("平人社〔2026〕9号") == NumberParts(2026, 9)
    running = paper_template("{文种}第{序号}号", restart=Restart.RUNNING)
    assert running.parse("令第9号") == NumberParts(0, 9)
    only = paper_template("第{序号}号", Sharing.SHARED, Restart.RUNNING)
    assert only.render(org="", watch="", kind="令", year=2026, no=9) == "第9号"


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [
        ("{机关}{文种}字第{序号}号", "字号格式缺少“{年}”"),
        ("{机关}{文种}字〔{年}〕号", "字号格式缺少“{序号}”"),
        ("{机关}字〔{年}〕第{序号}号", "字号格式缺少“{文种}”"),
        (
            "{机关}{文种}字〔{年}〕第{号}号",
            "字号格式里不认识“{号}”，可用 {机关}{监察}{文种}{年}{序号}",
        ),
        ("{年}{文种}{年}第{序号}号", "字号格式里“{年}”只能出现一次"),
        ("{年}{文种}{序号}第{序号:4}号", "字号格式里“{序号}”只能出现一次"),
        ("{文种}〔{年}〕第{序号}号}", "字号格式里的花括号不成对"),
        ("{文种}〔{年}〕第{序号:}号", "位数写在序号里，1 到 9 位，例如 {序号:4}"),
        ("{文种}〔{年}〕第{序号:12}号", "位数写在序号里，1 到 9 位，例如 {序号:4}"),
        ("{文种}〔{年:2}〕第{序号}号", "位数写在序号里，1 到 9 位，例如 {序号:4}"),
        ("{文种}〔{年}】第{序号}号", "字号格式里的括号“〔〕”不成对"),
        ("{文种}]{年}[第{序号}号", "字号格式里的括号“[]”不成对"),
        ("{文种}〔{年}〕\n第{序号}号", "字号格式应写成一行，最多 60 字"),
        ("{文种}〔{年}〕\u202e第{序号}号", "字号格式应写成一行，最多 60 字"),
        (f"{{文种}}〔{{年}}〕{'第' * 60}{{序号}}号", "字号格式应写成一行，最多 60 字"),
        ("{文种}/{年}/{序号}", '字号要用作文件名，格式里不能有 " * / : < > ? \\ |'),
    ],
)
def test_a_template_that_cannot_number_papers_says_why(pattern: str, sentence: str) -> None:
    with pytest.raises(UserError) as told:
        paper_template(pattern)
    assert told.value.message == sentence


def test_numbers_start_at_one() -> None:
    with pytest.raises(ValueError, match="numbers start at 1"):
        DEFAULT_CASE.render(org="", watch="", kind="", year=2026, no=0)
