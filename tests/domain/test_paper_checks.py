"""What keeps a draft from being issued, and the rules a form may name."""

from datetime import date

import pytest

from inspector_app.domain.paper_checks import check
from inspector_app.domain.paper_rules import rule_faults
from inspector_app.domain.papers import Column, Field, FieldType, InspectorRef, Value, Values
from inspector_app.errors import UserError
from tests.helpers.builders import a_kind, calendar_2026, order_values

TODAY = date(2026, 9, 24)
RULES = (
    "total:amount=workers.owing",
    "count:people=workers",
    "before:today<deadline",
    "before:deadline<=report_by",
    "before:starts<=ends",
    "workday:deadline",
)


def told(values: Values, *rules: str, missing: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """Field and message of each problem of the small order."""
    problems = check(
        a_kind(checks=rules),
        values,
        today=TODAY,
        calendar=calendar_2026(),
        missing_glyphs=missing,
    )
    return [(one.field, one.message) for one in problems]


def test_a_draft_with_nothing_wrong_may_be_issued() -> None:
    assert told(order_values(), *RULES) == []


@pytest.mark.parametrize("empty", [None, "", "　"])
def test_a_required_field_must_be_filled(empty: Value) -> None:
    assert told(order_values(addressee=empty)) == [("addressee", "请填写“被指令单位”")]


def test_a_field_that_is_not_required_may_stay_empty() -> None:
    assert told({"addressee": "青禾"}, *RULES) == []


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("addressee", "长" * 41, "“被指令单位”最多 40 字，现有 41 字"),
        ("starts", "9:00", "“开始时间”请写成 09:30 这样"),
        ("ends", "24:00", "“结束时间”请写成 09:30 这样"),
        ("manner", "支票", "“方式”只能选 转账、现金"),
        ("amount", -1, "“金额”不能是负数"),
        ("first", InspectorRef("演示监察员3", " "), "“监察员一”缺少演示监察员3的执法证号"),
        (
            "workers",
            ({"name": "甲", "owing": "100.00", "days": "1"},),
            "“欠薪明细”第 1 行的“尚欠”不是数字",
        ),
        (
            "workers",
            ({"name": "甲", "days": "很多"},),
            "“欠薪明细”第 1 行的“天数”不是数字",
        ),
    ],
)
def test_each_field_is_checked_for_its_kind(field: str, value: Value, message: str) -> None:
    assert told(order_values(**{field: value})) == [(field, message)]


ONE = InspectorRef("演示监察员1", "16040001")


@pytest.mark.parametrize(
    ("second", "same"),
    [
        (ONE, True),
        (InspectorRef("另写的名", "16040001"), True),
        (InspectorRef("演示监察员1", "16040009"), False),  # two people may share a name
        (InspectorRef("演示监察员2", "16040002"), False),
        (None, False),
        (InspectorRef("", ""), False),
    ],
)
def test_the_two_inspectors_are_two_people(second: Value, same: bool) -> None:
    problems = told(order_values(first=ONE, second=second))
    message = ("second", "“监察员一”和“监察员二”不能是同一人")
    assert problems == ([message] if same else [])


def test_one_name_without_a_certificate_is_taken_for_the_same_person() -> None:
    problems = told(order_values(first=ONE, second=InspectorRef("演示监察员1", "")))
    assert ("second", "“监察员一”和“监察员二”不能是同一人") in problems


def test_a_paper_with_one_inspector_has_nobody_to_compare() -> None:
    kind = a_kind(Field("first", "监察员", FieldType.INSPECTOR))
    values: Values = {"first": ONE}
    assert check(kind, values, today=TODAY, calendar=calendar_2026()) == []


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        (
            {"amount": 300_001},
            "amount",
            "“金额” 3,000.01 元与“欠薪明细”合计 3,000.00 元不一致",
        ),
        ({"people": 3}, "people", "“人数” 3 与“欠薪明细”的 2 行不一致"),
        (
            {"deadline": TODAY, "report_by": TODAY},
            "deadline",
            "“改正期限”应晚于今天（2026年9月24日）",
        ),
        ({"report_by": date(2026, 10, 8)}, "report_by", "“报告期限”不能早于“改正期限”"),
        ({"ends": "08:59"}, "ends", "“结束时间”不能早于“开始时间”"),
        (
            {"deadline": date(2026, 10, 1)},
            "deadline",
            "“改正期限” 2026年10月1日（星期四） 是国庆节",
        ),
        (
            {"deadline": date(2026, 10, 11)},
            "deadline",
            "“改正期限” 2026年10月11日（星期日） 是休息日",
        ),
    ],
)
def test_a_rule_of_the_form_tells_what_does_not_fit(
    changes: dict[str, Value], field: str, message: str
) -> None:
    assert told(order_values(**changes), *RULES) == [(field, message)]


def test_a_rest_day_is_a_remark_and_does_not_stop_the_issue() -> None:
    problems = check(
        a_kind(checks=RULES),
        order_values(deadline=date(2026, 10, 11)),
        today=TODAY,
        calendar=calendar_2026(),
    )
    assert [one.blocking for one in problems] == [False]


def test_a_missing_field_stops_the_issue() -> None:
    problems = check(a_kind(), {}, today=TODAY, calendar=calendar_2026())
    assert any(one.blocking for one in problems)


@pytest.mark.parametrize(
    ("rule", "day", "message"),
    [
        ("before:deadline<=today", date(2026, 9, 25), "“改正期限”不能晚于今天（2026年9月24日）"),
        ("before:deadline<today", TODAY, "“改正期限”应早于今天（2026年9月24日）"),
        ("before:today<=deadline", date(2026, 9, 23), "“改正期限”不能早于今天（2026年9月24日）"),
    ],
)
def test_a_date_may_be_held_against_today_both_ways(rule: str, day: date, message: str) -> None:
    assert told(order_values(deadline=day), rule) == [("deadline", message)]


def test_a_table_with_a_cell_that_is_no_number_is_told_once() -> None:
    workers: Value = ({"name": "甲", "owing": "3千"},)
    assert told(order_values(workers=workers, people=1), *RULES) == [
        ("workers", "“欠薪明细”第 1 行的“尚欠”不是数字")
    ]


LISTED = ("listed:amount=workers.owing", "total:amount=workers.owing")
BY_NAME = ("workers", "请先登记欠薪明细，金额要落实到人")
NO_SUM = ("amount", "请填写“金额”，应等于“欠薪明细”合计")


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({}, None),
        ({"workers": ()}, BY_NAME),
        ({"workers": None}, BY_NAME),
        ({"amount": None}, NO_SUM),
        ({"amount": None, "workers": ()}, None),
        ({"amount": 0, "workers": ()}, None),
    ],
)
def test_an_amount_and_its_table_come_together(
    changes: dict[str, Value], problem: tuple[str, str] | None
) -> None:
    assert told(order_values(**changes), *LISTED) == ([problem] if problem else [])


def test_an_amount_without_names_is_not_issued() -> None:
    kind, values = a_kind(checks=LISTED), order_values(workers=())
    problems = check(kind, values, today=TODAY, calendar=calendar_2026())
    assert [(one.field, one.blocking) for one in problems] == [("workers", True)]


def test_a_sum_of_the_table_that_the_text_does_not_say_is_told() -> None:
    rule = "total:amount=workers.owing"
    message = ("amount", "请填写“金额”，应等于“欠薪明细”合计")
    assert told(order_values(amount=None), rule) == [message]
    assert told(order_values(amount=None), rule, f"listed{rule[5:]}") == [message]
    nothing = ({"name": "甲", "owing": "", "days": "1"},)
    assert told(order_values(amount=None, workers=nothing), rule) == []
    assert told(order_values(amount=None, workers=()), rule) == []
    assert told(order_values(amount=1, workers=()), rule) == []


@pytest.mark.parametrize(
    ("party", "fits"),
    [("青禾公司", True), ("青禾（平顶山）公司\n", True), ("青禾公司、恒岳公司", False),
     ("青禾公司，恒岳公司", False), ("青禾公司；恒岳公司", False), ("青禾\n恒岳", False)],
)  # fmt: skip
def test_one_paper_goes_to_one_unit(party: str, fits: bool) -> None:
    said = [] if fits else [("addressee", "“被指令单位”只写一个，其余的另做一份")]
    assert told(order_values(addressee=party), "single:addressee") == said


def test_characters_without_a_glyph_are_named_where_they_stand() -> None:
    values = order_values(facts="𬱖某与某", materials=("𬱖",))
    sentence = "字库里没有，打印会缺字，请先安装含此字的字体"
    assert told(values, missing=("𬱖", "㛂")) == [
        ("facts", f"“认定的事实”里的“𬱖”{sentence}"),
        ("materials", f"“材料”里的“𬱖”{sentence}"),
        ("workers", f"“欠薪明细”里的“𬱖”{sentence}"),
        ("", f"文书里的“㛂”{sentence}"),
    ]


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        (
            "sum:amount=workers",
            "不认识“sum”，可用 total、listed、count、before、workday、single、fines、others",
        ),
        ("total:amount", "应写成 total:金额=明细表.列"),
        ("listed:amount", "应写成 listed:金额=明细表.列"),
        ("listed:amount=workers.name", "workers 没有金额列 name"),
        ("single:facts", "facts 不是单行文字"),
        ("count:people", "应写成 count:数量=明细表"),
        ("before:deadline", "应写成 before:前<后 或 before:前<=后"),
        ("workday:", "应写成 workday:日期"),
        ("before:typo<deadline", "没有字段 typo"),
        ("total:people=workers.owing", "people 不是金额"),
        ("total:amount=workers.name", "workers 没有金额列 name"),
        ("count:people=facts", "facts 不是明细表"),
        ("before:facts<deadline", "facts 不是日期或时间"),
        ("before:starts<deadline", "日期和时间不能互相比较"),
        ("workday:starts", "starts 不是日期"),
    ],
)
def test_a_rule_that_does_not_fit_its_form_is_found_when_the_form_loads(
    rule: str, fault: str
) -> None:
    assert rule_faults(rule, a_kind())[0] == fault
    with pytest.raises(UserError, match="“演示指令书”的检查规则"):
        told(order_values(), rule)


def test_the_rules_of_the_small_order_fit_it() -> None:
    assert [rule_faults(rule, a_kind()) for rule in RULES] == [[]] * len(RULES)


def test_a_column_of_text_is_not_checked_for_numbers() -> None:
    kind = a_kind(Field("rows", "表", FieldType.TABLE, columns=(Column("a", "甲", 10),)))
    assert check(kind, {"rows": ({"a": "字"},)}, today=TODAY, calendar=calendar_2026()) == []
