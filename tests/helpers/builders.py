"""Small builders of invented values (演示数据): name only what the test is about."""

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any, NamedTuple

import chinese_calendar  # type: ignore[import-untyped]  # the package ships no types

from inspector_app.domain.cases import Case, Source, Stage
from inspector_app.domain.claims import WageClaim, Worker, WorkerPrivate
from inspector_app.domain.clues import Clue
from inspector_app.domain.inspections import Answer, CheckItem, Checklist, Evidence, ItemAnswer
from inspector_app.domain.office import Inspector
from inspector_app.domain.papers import (
    Block,
    Column,
    Field,
    FieldType,
    InspectorRef,
    Layout,
    PaperKind,
    Value,
    Values,
)
from inspector_app.domain.parties import Employer, Project
from inspector_app.domain.terms import Term, TermUnit
from inspector_app.domain.workdays import WorkCalendar

CITY = "410400"
COUNTY = "410402"

HOLIDAY_WORDS = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
    "Anti-Fascist 70th Day": "抗战胜利纪念日",
}


class WorkerClaim(NamedTuple):
    """A worker, the personal data and one claim, as they belong together."""

    worker: Worker
    private: WorkerPrivate
    claim: WageClaim


@cache
def calendar_between(first_year: int, last_year: int) -> WorkCalendar:
    """The published working-day table of those years."""
    span = range(first_year, last_year + 1)
    off = {d: n for d, n in chinese_calendar.holidays.items() if d.year in span}
    return WorkCalendar(
        workdays=frozenset(d for d in chinese_calendar.workdays if d.year in span),
        holidays=frozenset(off),
        first_year=first_year,
        last_year=last_year,
        names={day: HOLIDAY_WORDS[name] for day, name in off.items()},
    )


def calendar_2026() -> WorkCalendar:
    """The real years 2024 to 2026: 2027 has not been published."""
    return calendar_between(2024, 2026)


def an_employer(**changes: Any) -> Employer:
    """青禾建筑劳务有限公司, with a credit code whose check digit is right."""
    return replace(
        Employer(
            id="employer-1",
            name="青禾建筑劳务有限公司",
            scope=CITY,
            city=CITY,
            credit_code="91410402MA0000001A",
            legal_person="赵演示",
            address="平顶山市新华区演示路1号",
            phone="0375-0000000",
            industry="建筑业",
            county=COUNTY,
        ),
        **changes,
    )


def a_project(**changes: Any) -> Project:
    """城东安置房三标段."""
    return replace(
        Project(
            id="project-1",
            name="城东安置房三标段",
            scope=CITY,
            city=CITY,
            county=COUNTY,
            address="平顶山市新华区演示大道",
        ),
        **changes,
    )


def a_clue(**changes: Any) -> Clue:
    """A complaint about wages of 37 workers, received on a Monday."""
    return replace(
        Clue(
            id="clue-1",
            clue_no="线2026-1",
            scope=COUNTY,
            city=CITY,
            source=Source.VISIT,
            received_on=date(2026, 9, 21),
            employer_name="青禾建筑劳务有限公司",
            project_name="城东安置房三标段",
            cause="拖欠农民工工资",
            statement="演示：做完主体未结清工资",
            workers=37,
            amount_fen=86_420_000,
            amount_written="86.42万元",
        ),
        **changes,
    )


def a_case(**changes: Any) -> Case:
    """A case just received: stage INTAKE, nothing filed."""
    return replace(
        Case(
            id="case-1",
            case_no="平人社监〔2026〕137号",
            scope=COUNTY,
            city=CITY,
            stage=Stage.INTAKE,
            source=Source.VISIT,
            cause="拖欠农民工工资",
            employer_id="employer-1",
            received_on=date(2026, 9, 21),
            project_id="project-1",
            stated_workers=37,
            stated_fen=86_420_000,
        ),
        **changes,
    )


def a_worker_claim(
    number: int = 1, *, due_fen: int = 1_200_000, case_id: str = "case-1", **changes: Any
) -> WorkerClaim:
    """Worker `number` of a case with one claim; changes go to the claim."""
    worker_id = f"worker-{number}"
    return WorkerClaim(
        Worker(worker_id, case_id, f"演示工人{number}", trade="木工", crew="一班", order=number),
        WorkerPrivate(worker_id, case_id, "410402199001010019", "13800000000"),
        replace(
            WageClaim(
                f"claim-{number}",
                case_id,
                worker_id,
                due_fen,
                period_from="2026-05",
                period_to="2026-08",
            ),
            **changes,
        ),
    )


def an_inspector(number: int = 1, **changes: Any) -> Inspector:
    """Inspector `number`, with a certificate of its own."""
    return replace(
        Inspector(
            id=f"inspector-{number}",
            name=f"演示监察员{number}",
            scope=COUNTY,
            city=CITY,
            certificate=f"16040{number:03d}",
        ),
        **changes,
    )


def a_check_item(item_id: str = "C01", **changes: Any) -> CheckItem:
    """A check item that is good when the answer is 是."""
    return replace(
        CheckItem(
            id=item_id,
            group="工资支付",
            question="按月足额支付工资？",
            method="对工资表和流水",
            evidence="工资表照片",
            articles=("工资条例 11",),
            violations=("GZ-22",),
            triggers=("TP",),
            finding="未按月足额支付农民工工资",
            demand="足额支付所欠工资",
        ),
        **changes,
    )


def a_checklist(*items: CheckItem) -> Checklist:
    """A checklist of those items, or of one."""
    return Checklist("demo", "演示检查表", "1", items or (a_check_item(),))


def an_answer(item_id: str, answer: Answer, note: str = "") -> ItemAnswer:
    """An answer of inspection-1."""
    return ItemAnswer(f"answer-{item_id}", "inspection-1", item_id, answer, note)


def some_evidence(item_id: str) -> Evidence:
    """A photo that proves the answer to an item."""
    return Evidence(
        id=f"evidence-{item_id}",
        sha256="0" * 64,
        name="照片.jpg",
        media_type="image/jpeg",
        size=1,
        added_on=date(2026, 9, 22),
        inspection_id="inspection-1",
        item_id=item_id,
    )


def a_term(**changes: Any) -> Term:
    """五个工作日, as D01 has it."""
    return replace(
        Term(
            id="D01",
            name="投诉受理决定",
            start_event="接到投诉之日",
            length=5,
            unit=TermUnit.WORKING_DAYS,
            article="若干规定第18条第1款",
            effective_from=date(2005, 2, 1),
        ),
        **changes,
    )


def a_kind(*fields: Field, **changes: Any) -> PaperKind:
    """A paper kind with those fields, or a small order with a worker table."""
    return replace(
        PaperKind(
            id="demo_order",
            title="演示指令书",
            version="1",
            effective_from=date(2026, 1, 1),
            layout=Layout.LETTER,
            series="order",
            series_char="令",
            fields=fields or ORDER_FIELDS,
            body=(Block("para", "责令于{deadline|weekday}前支付{amount|capital}。"),),
        ),
        **changes,
    )


ORDER_FIELDS = (
    Field("addressee", "被指令单位", FieldType.LINE, required=True, max_length=40),
    Field("facts", "认定的事实", FieldType.TEXT),
    Field("amount", "金额", FieldType.MONEY),
    Field("people", "人数", FieldType.INTEGER),
    Field("deadline", "改正期限", FieldType.DATE),
    Field("report_by", "报告期限", FieldType.DATE),
    Field("starts", "开始时间", FieldType.TIME),
    Field("ends", "结束时间", FieldType.TIME),
    Field("manner", "方式", FieldType.CHOICE, options=("转账", "现金")),
    Field("materials", "材料", FieldType.TICKS, options=("工资表", "考勤表")),
    Field("first", "监察员一", FieldType.INSPECTOR),
    Field("second", "监察员二", FieldType.INSPECTOR),
    Field("recorder", "记录人", FieldType.INSPECTOR),
    Field(
        "workers",
        "欠薪明细",
        FieldType.TABLE,
        columns=(
            Column("name", "姓名", 30),
            Column("owing", "尚欠", 30, "money"),
            Column("days", "天数", 20, "integer"),
        ),
    ),
)


def order_values(**changes: Value) -> Values:
    """Values of the small order with which nothing is wrong; None takes one away."""
    values: Values = {
        "addressee": "青禾建筑劳务有限公司",
        "facts": "拖欠工资",
        "amount": 300_000,
        "people": 2,
        "deadline": date(2026, 10, 9),
        "report_by": date(2026, 10, 12),
        "starts": "09:00",
        "ends": "10:30",
        "manner": "转账",
        "materials": ("工资表", "考勤表"),
        "first": InspectorRef("演示监察员1", "16040001"),
        "second": InspectorRef("演示监察员2", "16040002"),
        "recorder": InspectorRef("演示监察员1", "16040001"),
        "workers": (
            {"name": "演示工人1", "owing": "100000", "days": "20"},
            {"name": "𬱖演示", "owing": "200000", "days": ""},
        ),
    }
    return {**values, **changes}
