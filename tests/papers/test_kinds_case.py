"""Papers from the first report to the decision: what they must say, may not say, and who signs."""

import re
from datetime import date

import pytest

from inspector_app.domain.law import TextLevel
from inspector_app.domain.paper_checks import check
from inspector_app.domain.paper_values import example_values
from inspector_app.domain.papers import FieldType, Layout, PaperKind, Value
from inspector_app.library.loading import Library
from inspector_app.library.office import office_dir
from inspector_app.papers.geometry import TOP
from inspector_app.papers.render import render
from tests.helpers.builders import calendar_between
from tests.papers.conftest import BUREAU, KINDS, Press, context
from tests.papers.pdf import text_of, words

TODAY = date(2026, 11, 18)
CHECKS = (
    "check_approval",
    "check_notice",
    "check_record",
    "sampling_record",
    "survey_record",
    "check_inquiry_record",
    "check_feedback",
)
UNNUMBERED = (
    "intake_form",
    "filing_approval",
    "inquiry_record",
    "preservation_list",
    "interview_record",
    "extension_approval",
    "handling_approval",
    "investigation_report",
    "legal_review_opinion",
    "discussion_record",
    "service_address",
    "correction_report",
    "recheck_record",
    "check_approval",
    "check_record",
    "sampling_record",
    "survey_record",
    "check_inquiry_record",
)
LETTERS = (
    "rejection_notice",
    "supplement_notice",
    "referral_letter",
    "preservation_notice",
    "preservation_decision",
    "publication_notice",
    "check_notice",
    "check_feedback",
)
RECORDS = (
    "inquiry_record",
    "interview_record",
    "discussion_record",
    "recheck_record",
    "check_record",
    "survey_record",
    "check_inquiry_record",
)


@pytest.fixture(scope="module")
def library() -> Library:
    return Library(office_dir())


def printed(press: Press, name: str, **changes: Value) -> str:
    """The text of a paper with other values than the example's."""
    kind = press.kinds[name]
    return text_of(render(kind, example_values(kind) | changes, context(kind), press.fonts).pdf)


def told(kind: PaperKind, **changes: Value) -> list[str]:
    """The fields that checks complain about."""
    values = example_values(kind) | changes
    found = check(kind, values, today=TODAY, calendar=calendar_between(2024, 2026))
    return [problem.field for problem in found if problem.blocking]


def own_words(kind: PaperKind) -> str:
    """What a form prints without anybody typing it."""
    blocks = [(b.text, *(c for row in b.rows for c in row), *b.options.values()) for b in kind.body]
    fixed = [one.default[1:] for one in kind.fields if one.default.startswith("=")]
    return "\n".join([text for block in blocks for text in block] + fixed)


def test_numbers_of_two_kinds_are_never_mistaken_for_each_other(
    kinds: dict[str, PaperKind],
) -> None:
    numbered = [kinds[name] for name in KINDS if kinds[name].series]
    assert all(kind.series_char for kind in numbered)
    assert len({kind.series for kind in numbered}) == len(numbered)
    assert len({kind.series_char for kind in numbered}) == len(numbered)


@pytest.mark.parametrize("name", UNNUMBERED)
def test_what_stays_in_the_file_bears_no_number(kinds: dict[str, PaperKind], name: str) -> None:
    kind = kinds[name]
    assert (kind.series, kind.series_char) == ("", "")
    assert not any(block.kind == "number" for block in kind.body)


@pytest.mark.parametrize("name", KINDS)
def test_only_law_read_in_full_and_known_to_be_in_force_is_printed(
    kinds: dict[str, PaperKind], library: Library, name: str
) -> None:
    text = own_words(kinds[name])
    level = {one.name: one.text_level for one in library.statutes.values()}
    for cited in re.findall(r"《([^《》]+)》", text):
        assert level.get(cited, TextLevel.FULL) is TextLevel.FULL, cited
    assert not re.search(r"河南省[^局]*条例|若干规定|国办发", text)


@pytest.mark.parametrize("name", LETTERS)
@pytest.mark.parametrize("longest", [False, True], ids=["example", "longest"])
def test_seal_and_signature_have_words_above_them(press: Press, name: str, longest: bool) -> None:
    found = words(press.paper(name, longest=longest).pdf)
    signed = [word for word in found if word.text == BUREAU.bureau and word.top > TOP + 60]
    assert len(signed) == 1
    above = [w for w in found if w.page == signed[0].page and w.bottom < signed[0].top - 20]
    assert any(len(word.text) > 6 and "：" not in word.text for word in above)


@pytest.mark.parametrize("name", RECORDS)
def test_every_page_of_a_record_is_signed_and_ends_once(press: Press, name: str) -> None:
    assert press.kinds[name].layout is Layout.RECORD
    paper = press.paper(name, longest=True)
    foot = next(block for block in press.kinds[name].body if block.kind == "foot")
    first = foot.rows[0][0].removesuffix("：")
    pages = {word.page for word in words(paper.pdf) if word.text.startswith(first)}
    assert pages == set(range(1, paper.pages + 1))
    assert text_of(paper.pdf).count("（以下空白）") == 1


def test_who_is_not_taken_up_reads_where_to_turn(press: Press) -> None:
    text = printed(press, "rejection_notice")
    assert "六十日内向平顶山市人民政府申请行政复议；对行政复议决定不服的" in text
    assert "六个月" not in text
    both = printed(press, "rejection_notice", direct_suit="是")
    assert "也可以自收到之日起六个月内向有管辖权的人民法院提起行政诉讼" in both
    assert both.count("行政复议") == 1
    assert "复议" not in printed(press, "rejection_notice", review="否", direct_suit="是")


def test_what_is_preserved_is_decided_on_within_seven_working_days(press: Press) -> None:
    kind = press.kinds["preservation_notice"]
    values = example_values(kind)
    start, end = values["preserved_on"], values["deadline"]
    calendar = calendar_between(2024, 2026)
    assert isinstance(start, date)
    assert isinstance(end, date)
    days = [date.fromordinal(n) for n in range(start.toordinal() + 1, end.toordinal() + 1)]
    assert sum(map(calendar.is_working, days)) == 7
    assert "七个工作日内，即2026年11月27日（星期五）前" in printed(press, kind.id)
    assert told(kind, deadline=start) == ["deadline"]
    assert kind.approval == "行政处罚法第五十六条"


def test_the_preserved_things_are_listed_and_counted(press: Press) -> None:
    for name in ("preservation_notice", "preservation_decision", "preservation_list"):
        items = press.kinds[name].field("items").example
        assert isinstance(items, tuple)
        text = text_of(press.paper(name).pdf)
        assert f"共{len(items)}项" in text
        assert all(str(row["name"]) in text for row in items if isinstance(row, dict))
    assert "见证人（签名）" in text_of(press.paper("preservation_notice", longest=True).pdf)
    assert "见证人" not in text_of(press.paper("preservation_notice").pdf)


def test_a_record_of_an_interview_threatens_nothing(press: Press) -> None:
    text = text_of(press.paper("interview_record").pdf)
    assert not re.search(r"罚|条例|法》|依据|逾期|后果", text)


def test_an_extension_is_asked_for_in_time_and_moves_the_end(kinds: dict[str, PaperKind]) -> None:
    kind = kinds["extension_approval"]
    assert told(kind) == []
    assert told(kind, due=date(2026, 11, 17)) == ["due"]
    assert told(kind, until=date(2027, 1, 8)) == ["until"]


@pytest.mark.parametrize(
    ("name", "field", "step"),
    [
        ("recheck_record", "conclusion", "recheck"),
        ("legal_review_opinion", "conclusion", "legal_review"),
    ],
)
def test_a_paper_concludes_in_the_words_of_its_step(
    kinds: dict[str, PaperKind], library: Library, name: str, field: str, step: str
) -> None:
    outcomes = library.procedure.steps[step].outcomes or {}
    assert set(kinds[name].field(field).options) == set(outcomes.values())


@pytest.mark.parametrize("name", CHECKS)
def test_the_seven_papers_of_a_check_say_their_format_was_only_told(
    kinds: dict[str, PaperKind], name: str
) -> None:
    told_of = [ref for ref in kinds[name].law if ref.article.startswith("行政检查文书基本格式")]
    assert [ref.verified for ref in told_of] == ["secondary"]
    assert "格式文本" not in own_words(kinds[name])


@pytest.mark.parametrize("name", ["check_notice", "check_record"])
def test_whoever_is_checked_reads_of_cards_recusal_and_objection(press: Press, name: str) -> None:
    text = text_of(press.paper(name).pdf)
    assert "不出示" in text
    assert "有权拒绝检查" in text
    assert "申请回避" in text
    assert "陈述、申辩" in text


@pytest.mark.parametrize("name", ["inquiry_record", "check_inquiry_record"])
def test_an_inquiry_begins_with_the_cards_and_the_right_to_object(press: Press, name: str) -> None:
    text = text_of(press.paper(name).pdf)
    assert text.index("证号为豫D04000012") < text.index("是否申请回避") < text.index("以下空白")
    assert len(re.findall("(?<!询)问：", text)) == text.count("答：") > 5


def test_a_published_notice_names_no_worker_and_says_when_it_counts(press: Press) -> None:
    kind = press.kinds["publication_notice"]
    text = text_of(press.paper(kind.id).pdf)
    assert "满三十日，即视为送达" in text
    assert not any(one.type is FieldType.MONEY for one in kind.fields)
    assert not re.search(r"身份证|电话：1|王建设", text)
    assert "退回" not in text  # how it was tried stays in the file


def test_the_unit_fills_its_own_report_by_hand(press: Press) -> None:
    text = text_of(press.paper("correction_report").pdf)
    assert text.startswith("整改情况报告平顶山市人力资源和社会保障局：")
    assert "法定代表人（负责人）签名" in text
    without = printed(press, "correction_report", amount=None)
    assert "支付金额" not in without


def test_a_personal_detail_of_the_reporter_is_not_taken_from_the_office(press: Press) -> None:
    kind = press.kinds["intake_form"]
    empty = render(kind, {}, context(kind), press.fonts)
    assert BUREAU.postcode not in text_of(empty.pdf)
    assert BUREAU.phone not in text_of(empty.pdf)
