"""The copy for the public: read back from the page, nothing in it leads to a person."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector_app.domain.paper_values import example_values
from inspector_app.domain.papers import Field, FieldType, PaperKind, TableRow, Value, Values
from inspector_app.papers.fonts import FontSet
from inspector_app.papers.redaction import Secrets, blotted, public_context, redacted
from inspector_app.papers.render import render
from tests.conftest import PictureCheck
from tests.helpers.builders import a_kind, order_values
from tests.helpers.desks import library, shipped_fonts
from tests.papers.conftest import Press, context
from tests.papers.pdf import picture, text_of

NAME, OTHER, REPORTER = "向大山", "覃小河", "单田野"
ID, MOBILE, PHONE = "410499197803120113", "13900000001", "0375-7654321"
CARD, PLACE = "6217000000000000001", "鲁山县某镇某村八组"
SECRET = (NAME, OTHER, REPORTER, ID, MOBILE, PHONE, CARD, PLACE)
TOLD = (
    f"{NAME}（{ID}，电话{MOBILE}、{PHONE}，卡号{CARD}）住{PLACE}，与{OTHER}一起由{REPORTER}反映。"
)
KNOWN = Secrets.of([NAME, OTHER, REPORTER], [ID, MOBILE, PHONE, CARD], [PLACE])


def full_of_people(kind: PaperKind) -> Values:
    """The example of a form with somebody's data wherever text can be typed."""
    return example_values(kind) | {
        field.id: told(field)
        for field in kind.fields
        if field.type in (FieldType.LINE, FieldType.TEXT, FieldType.TABLE)
    }


def told(field: Field) -> Value:
    if field.type is not FieldType.TABLE:
        return TOLD
    row: TableRow = {one.id: TOLD if one.kind == "text" else "100" for one in field.columns}
    return (row, row)


def public(kind: PaperKind, values: Values, fonts: FontSet, secrets: Secrets = KNOWN) -> str:
    shown, safe = redacted(kind, values, secrets)
    return text_of(render(shown, safe, public_context(context(kind)), fonts).pdf)


def test_no_kind_of_paper_shows_a_person_to_the_public() -> None:
    leaks = []
    for kind in library().kinds.values():
        text = public(kind, full_of_people(kind), shipped_fonts())
        leaks += [(kind.id, secret) for secret in SECRET if secret in text]
    assert leaks == []


def test_what_only_the_paper_knows_goes_too(press: Press) -> None:
    """Names of a table and numbers that look like one, without any help of the ledger."""
    kind = press.kinds["rectification_order"]
    row = {"no": "1", "name": NAME, "id_number": ID, "trade": "木工", "owing": "100000"}
    values = example_values(kind) | {
        "facts": f"你单位拖欠{NAME}工资，{NAME}身份证号{ID}，电话{MOBILE}、{PHONE}。",
        "wage_table": (row,),
    }
    text = public(kind, values, press.fonts, Secrets())
    assert not [secret for secret in (NAME, ID, MOBILE, PHONE, "1978") if secret in text]
    assert "你单位拖欠向某工资，向某身份证号***，电话***、***。" in text


def test_a_table_of_workers_becomes_a_count_and_sums(press: Press) -> None:
    kind = press.kinds["rectification_order"]
    text = public(kind, example_values(kind), press.fonts)
    assert "共3人，应付108,500.00元，已付44,300.00元，尚欠64,200.00元。名单不公开。" in text
    assert "王建设" not in text
    assert "合计" not in text
    assert "拖欠劳动者3人" in text  # the sentence that speaks of the table stays


def test_a_table_of_things_stays_a_table(press: Press) -> None:
    kind = press.kinds["proof_of_service"]
    text = public(kind, example_values(kind), press.fonts)
    assert "平人社监令字〔2026〕第12号" in text
    assert "送达文书名称" in text


def test_who_signs_and_where_to_call_is_not_in_the_copy(press: Press) -> None:
    kind = press.kinds["rectification_order"]
    text = public(kind, example_values(kind), press.fonts)
    for gone in ("张建国", "豫D04000012", "0375-0000000", "收件人", "联系电话"):
        assert gone not in text
    assert "公开版" in text
    assert "平人社监令字〔2026〕第12号" in text
    assert "2026年11月18日" in text


def test_the_unit_its_code_and_its_head_stay(press: Press) -> None:
    kind = press.kinds["rectification_order"]
    values = example_values(kind)
    text = public(kind, values, press.fonts)
    for stays in ("party", "credit_code", "legal_person"):
        assert str(values[stays]) in text


def test_a_name_within_a_public_name_does_not_spoil_it() -> None:
    secrets = Secrets.of(["平安", "平安生"], [], [], keep=["平安建筑公司"])
    assert blotted("平安建筑公司的平安和平安生", secrets) == "平安建筑公司的平某和平某"
    assert blotted("平安", replace(secrets, keep=frozenset())) == "平某"


def test_names_of_one_character_and_short_numbers_are_not_hunted_for() -> None:
    assert Secrets.of(["王", ""], ["110"], ["县"]) == Secrets()


@pytest.mark.parametrize(
    ("label", "value", "shown"),
    [
        ("投诉人", NAME, "某某"),
        ("被投诉（举报）单位", "青禾公司", "青禾公司"),
        ("联系电话", PHONE, "***"),
        ("住址", PLACE, "（略）"),
        ("统一社会信用代码", "914104990000000012", "914104990000000012"),
        ("法定代表人（负责人）", "高某某", "高某某"),
        ("直接责任人员", "高某某", "高某某"),
        ("责任人", "高某某", "某某"),
    ],
)
def test_a_field_made_for_a_person_is_blotted_out_whole(label: str, value: str, shown: str) -> None:
    kind = a_kind(Field("one", label, FieldType.LINE))
    assert redacted(kind, {"one": value}, Secrets())[1] == {"one": shown}


def test_dates_amounts_and_ticks_stay() -> None:
    kind, values = a_kind(), order_values(facts=None)
    shown = redacted(kind, values, KNOWN)[1]
    for name in ("amount", "people", "deadline", "materials", "first", "facts", "starts"):
        assert shown[name] == values[name]


@settings(max_examples=60)
@given(st.text("甲乙丙，。 1", max_size=20), st.sampled_from(SECRET), st.text("丁，（", max_size=9))
def test_wherever_it_stands_in_a_text_it_goes(before: str, secret: str, after: str) -> None:
    assert secret not in blotted(f"{before}{secret}{after}", KNOWN)


def test_the_copy_looks_as_it_was_accepted(press: Press, picture_check: PictureCheck) -> None:
    kind = press.kinds["rectification_order"]
    shown, safe = redacted(kind, example_values(kind), KNOWN)
    paper = render(shown, safe, public_context(context(kind)), press.fonts)
    for page in range(1, paper.pages + 1):
        picture_check(f"papers/public_order_{page}", picture(paper.pdf, page))
