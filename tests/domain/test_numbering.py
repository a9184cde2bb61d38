"""Numbers of papers and cases from templates the bureau may change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.domain.numbering import (
    DEFAULT_CASE,
    DEFAULT_PAPER,
    NumberParts,
    NumberTemplate,
    paper_template,
)
from inspector_app.errors import UserError


def test_the_default_numbers_look_like_the_bureaus() -> None:
    paper = DEFAULT_PAPER.render(org="平人社", watch="监", kind="令", year=2026, no=7)
    case = DEFAULT_CASE.render(org="平人社", watch="监", kind="", year=2026, no=137)
    assert (paper, case) == ("平人社监令字〔2026〕第7号", "平人社监〔2026〕137号")


def test_a_bureau_may_pad_and_use_other_brackets() -> None:
    template = paper_template("{机关}{监察}{文种}字【{年}】第{序号}号", pad=4)
    text = template.render(org="中原人社", watch="劳监", kind="令", year=2026, no=41)
    assert text == "中原人社劳监令字【2026】第0041号"
    assert template.parse(text) == NumberParts(2026, 41)


@given(
    st.sampled_from([DEFAULT_PAPER, DEFAULT_CASE, NumberTemplate("{序号}{年}", 3)]),
    st.integers(1000, 9999),
    st.integers(1, 10**6),
)
def test_a_printed_number_reads_back(template: NumberTemplate, year: int, no: int) -> None:
    text = template.render(org="平人社", watch="监", kind="先告", year=year, no=no)
    assert template.parse(text) == NumberParts(year, no)
    assert template.parse(f" {text} ", org="平人社", watch="监", kind="先告") == NumberParts(
        year, no
    )


def test_a_number_of_another_shape_or_series_is_not_read() -> None:
    assert DEFAULT_PAPER.parse("平人社监令字〔2026〕7号") is None
    assert DEFAULT_PAPER.parse("平人社监令字〔2026〕第0号") is None
    assert DEFAULT_PAPER.parse("平人社监令字〔2026〕第7号", kind="约") is None
    assert DEFAULT_PAPER.parse("平人社监令字〔2026〕第7号", kind="令") == NumberParts(2026, 7)


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
        ("{文种}〔{年}〕第{序号}号}", "字号格式里的花括号不成对"),
    ],
)
def test_a_template_that_cannot_number_papers_says_why(pattern: str, sentence: str) -> None:
    with pytest.raises(UserError) as told:
        paper_template(pattern)
    assert told.value.message == sentence


def test_padding_has_a_limit_and_numbers_start_at_one() -> None:
    with pytest.raises(UserError, match="序号位数应在 0 到 9 之间"):
        NumberTemplate("{年}{序号}", 10)
    with pytest.raises(ValueError, match="numbers start at 1"):
        DEFAULT_CASE.render(org="", watch="", kind="", year=2026, no=0)
