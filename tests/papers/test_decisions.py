"""What notices, decisions and letters to others must say, and what none of them may say."""

import re
from datetime import date

import pytest

from inspector_app.domain.capital import capital
from inspector_app.domain.law import TextLevel
from inspector_app.domain.money import yuan
from inspector_app.domain.paper_values import example_values
from inspector_app.domain.papers import Layout, PaperKind, Value
from inspector_app.papers.geometry import LEFT, TOP, WIDTH
from inspector_app.papers.render import render
from tests.helpers.desks import library
from tests.papers.conftest import BUREAU, KINDS, Press, context
from tests.papers.pdf import text_of, words

LETTERS = (
    "handling_notice", "penalty_notice", "hearing_notice", "handling_decision",
    "penalty_decision", "summary_penalty_decision", "no_penalty_decision", "demand_letter",
    "enforcement_application", "crime_transfer_letter", "transfer_letter", "supervision_letter",
    "deposit_payment_notice", "deposit_top_up_notice", "list_notice", "list_decision",
)  # fmt: skip
TO_OTHERS = (
    "enforcement_application", "crime_transfer_letter", "transfer_letter", "supervision_letter",
    "deposit_payment_notice",
)  # fmt: skip
AMOUNTS = (
    "handling_notice", "penalty_notice", "handling_decision", "penalty_decision",
    "summary_penalty_decision", "demand_letter", "enforcement_application",
    "crime_transfer_letter", "deposit_payment_notice", "list_notice", "list_decision",
)  # fmt: skip
NAMED = re.compile(r"《([^《》]+)》")


def printed(press: Press, name: str, **changes: Value) -> str:
    kind = press.kinds[name]
    return text_of(render(kind, example_values(kind) | changes, context(kind), press.fonts).pdf)


def own_words(kind: PaperKind) -> str:
    """What a form prints of itself, and what it fills in before anybody types."""
    body = [text for b in kind.body for text in (b.text, *(c for row in b.rows for c in row))]
    return "\n".join(
        [*body, *(f.default for f in kind.fields), *(o for f in kind.fields for o in f.options)]
    )


@pytest.mark.parametrize("name", KINDS)
def test_no_form_prints_law_that_nobody_here_has_read_in_full(
    kinds: dict[str, PaperKind], name: str
) -> None:
    doubtful = {
        one.name for one in library().statutes.values() if one.text_level is not TextLevel.FULL
    }
    assert doubtful
    assert not set(NAMED.findall(own_words(kinds[name]))) & doubtful


def test_every_series_has_its_own_character(kinds: dict[str, PaperKind]) -> None:
    numbered = [kind for kind in kinds.values() if kind.series]
    assert len({kind.series for kind in numbered}) == len(numbered)
    assert len({kind.series_char for kind in numbered}) == len(numbered)
    assert all(kind.series_char for kind in numbered)


@pytest.mark.parametrize("name", TO_OTHERS)
def test_a_letter_to_others_is_not_addressed_to_the_unit_it_is_about(
    kinds: dict[str, PaperKind], name: str
) -> None:
    """The party of a paper is who is served with it; a transfer must not reach the suspect."""
    assert kinds[name].field("party").default != "employer.name"


@pytest.mark.parametrize("name", LETTERS)
@pytest.mark.parametrize("longest", [False, True], ids=["example", "longest"])
def test_the_signature_has_text_above_it_on_its_page(
    press: Press, name: str, longest: bool
) -> None:
    found = words(press.paper(name, longest=longest).pdf)
    right = LEFT + WIDTH / 3
    signed = [w for w in found if w.text == BUREAU.bureau and w.top > TOP + 60 and w.left > right]
    signed = signed or [w for w in found if w.text == BUREAU.bureau and w.left > right]
    assert len(signed) == 1
    above = [w for w in found if w.page == signed[0].page and w.bottom < signed[0].top - 20]
    assert any(not re.match(r"(监察员|承办人|经办人|证号|申请人负责人)", w.text) for w in above)


@pytest.mark.parametrize("name", AMOUNTS)
def test_an_amount_is_followed_by_its_capitals(press: Press, name: str) -> None:
    amount = example_values(press.kinds[name])["amount"]
    assert isinstance(amount, int)
    text = text_of(press.paper(name).pdf)
    assert f"{yuan(amount)}元（大写：{capital(amount)}）" in text


@pytest.mark.parametrize(("told", "said"), [("是", True), ("否", False), (None, False)])
def test_the_right_to_a_hearing_is_told_when_the_notice_says_so(
    press: Press, told: Value, said: bool
) -> None:
    text = printed(press, "penalty_notice", hearing=told)
    right = "要求听证的，应当自收到本告知书之日起五个工作日内向本机关提出"
    assert (right in text) is said
    assert "有权陈述、申辩" in text
    assert "不因陈述、申辩给予更重的处罚" in text


@pytest.mark.parametrize("name", ["penalty_notice", "handling_notice"])
def test_days_for_a_statement_are_printed_only_when_the_bureau_has_set_them(
    press: Press, name: str
) -> None:
    assert "自收到本告知书之日起5个工作日内" in printed(press, name)
    text = printed(press, name, statement_days=None)
    assert "在本机关作出决定前以书面或者口头方式" in text
    assert "5个工作日" not in text


def test_a_summary_penalty_goes_to_review_first(press: Press) -> None:
    text = printed(press, "summary_penalty_decision")
    assert "应当先自收到之日起六十日内向平顶山市人民政府申请行政复议" in text
    assert "收到行政复议决定书之日起十五日内" in text
    assert "六个月" not in text


@pytest.mark.parametrize(
    "name", ["penalty_decision", "handling_decision", "no_penalty_decision", "list_decision"]
)
def test_a_decision_names_review_and_court_with_their_periods(press: Press, name: str) -> None:
    kind = press.kinds[name]
    text = printed(press, name)
    assert "六十日内向平顶山市人民政府申请行政复议，也可以自收到之日起六个月内" in text
    assert "向有管辖权的人民法院提起行政诉讼" in text
    named = context(kind, court="某某区人民法院")
    shown = text_of(render(kind, example_values(kind), named, press.fonts).pdf)
    assert shown.count("向某某区人民法院提起行政诉讼") == 1
    assert "有管辖权" not in shown


def test_the_surcharge_stands_only_where_there_is_a_fine(press: Press) -> None:
    text = printed(press, "penalty_decision")
    assert "每日按照罚款数额的百分之三加处罚款，加处罚款的数额不超出罚款的数额" in text
    assert "缴款银行：某某银行平顶山某某支行，账号" in text
    warning = printed(
        press, "penalty_decision", amount=None, penalty="警告。", perform="本决定自送达之日起生效。"
    )
    assert not re.search(r"百分之三|缴款银行|罚款数额为", warning)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "十五日内到指定的银行或者通过电子支付系统缴纳（某某银行平顶山某某支行，账号"),
        ({"account": None}, "电子支付系统缴纳（某某银行平顶山某某支行）。"),
        ({"bank": None}, "电子支付系统缴纳。"),
        ({"amount": None, "penalty": "警告", "pay_way": "没有罚款"}, "没有罚款。"),
    ],
)
def test_how_a_fine_is_paid_is_told_once(
    press: Press, changes: dict[str, Value], said: str
) -> None:
    text = printed(press, "summary_penalty_decision", **changes)
    assert said in text
    assert text.count("电子支付系统") <= 1


def test_a_demand_tells_rights_and_the_ten_days(press: Press) -> None:
    text = printed(press, "demand_letter")
    assert "收到本催告书后有权进行陈述和申辩" in text
    assert "送达十个工作日后仍不履行的，本机关将依法申请人民法院强制执行" in text
    assert "合计96,300.00" in text
    bare = printed(press, "demand_letter", amount=None, dues=None)
    assert "人民币" not in bare
    assert "合计" not in bare


def test_periods_nobody_has_verified_are_never_printed_as_settled(press: Press) -> None:
    payment = printed(press, "deposit_payment_notice")
    assert not re.search(r"工作日|日内", payment)
    typed = printed(press, "deposit_payment_notice", pay_within="收到本通知书之日起五个工作日内")
    assert "支付时限：收到本通知书之日起五个工作日内。" in typed
    top_up = printed(press, "deposit_top_up_notice")
    assert "于2026年12月1日（星期二）前补足" in top_up
    assert not re.search(r"工作日|日内|十日", top_up)
    assert press.kinds["deposit_top_up_notice"].field("deadline").default == ""


def test_a_list_decision_has_its_five_elements(press: Press) -> None:
    text = printed(press, "list_decision")
    for said in (
        "第五条第（一）项",
        "惩戒措施提示",
        "提前移出的条件",
        "提前移出的程序",
        "期限三年",
    ):
        assert said in text
    alone = printed(press, "list_decision", persons=None)
    assert "附件" not in alone
    assert "一并移出" not in alone


def test_internal_papers_bear_no_number(kinds: dict[str, PaperKind]) -> None:
    inside = [k for k in kinds.values() if k.layout is not Layout.LETTER and k.series]
    assert [kind.id for kind in inside if kind.id.endswith(("_approval", "_record"))] == []
    assert all(not kinds[name].series for name in ("file_cover", "file_contents", "file_note"))


def test_no_day_of_an_example_lies_after_the_day_it_is_issued_but_deadlines(
    kinds: dict[str, PaperKind],
) -> None:
    """Invented days must fit each other: what was served was served before the decision."""
    served = [
        (name, field.id, values)
        for name in LETTERS
        for field in kinds[name].fields
        if field.id.endswith("_served")
        and isinstance(values := example_values(kinds[name])[field.id], date)
    ]
    assert served
    assert all(day <= date(2026, 11, 18) for _, _, day in served)
