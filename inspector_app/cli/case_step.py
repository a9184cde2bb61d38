"""`case step` and `case steps`: take a step of the procedure, and what can be done now."""

from datetime import date

import click

from inspector_app.cli.case_show import clock_row
from inspector_app.cli.options import Day
from inspector_app.cli.session import Json, Session, pass_session, plain
from inspector_app.cli.verbs import Verb
from inspector_app.domain.guards.situation import Refusal
from inspector_app.domain.money import parse_yuan
from inspector_app.services.case_ref import find_case
from inspector_app.services.case_sheet import case_sheet
from inspector_app.services.steps import Option, StepForm, Taken, options, take_step


@click.command("step", cls=Verb)
@click.argument("case")
@click.argument("step", metavar="STEP")
@click.option("--on", "on", type=Day(), help="办理日期（默认今天）")
@click.option("--why", "note", default="", help="理由、说明；多数步骤必填")
@click.option("--time", "at", default="", metavar="HH:MM", help="时刻，按小时计算的期限要写")
@click.option("--until", type=Day(), help="到哪一天；听证写举行的日期，程序外文书写送达日期")
@click.option("--outcome", default="", help="结果；结案写结案方式")
@click.option("--approver", default="", help="批准的负责人")
@click.option("--people", default="", help="参加人、主持人、经办人")
@click.option("--amount", help="对单位的数额（元）")
@click.option("--person-amount", help="对个人的数额（元）")
@click.option("--code", "codes", multiple=True, help="违法行为编号，可重复")
@click.option("--rule", "rules", multiple=True, help="延长、中止计时的期限编号，可重复")
@click.option("--paper-kind", default="", help="程序外制作的文书的文种")
@click.option("--number", default="", help="字号")
@click.option("--override-by", default="", metavar="NAME", help="放行的负责人")
@click.option("--override-why", default="", help="放行的理由，会留痕")
@pass_session
def step(
    session: Session,
    /,
    case: str,
    step: str,
    on: date | None,
    amount: str | None,
    person_amount: str | None,
    **said: object,
) -> None:
    """按法定程序推进案件或者登记事实；不合法时说明缺什么、依据哪一条。"""
    desk = session.desk()
    form = StepForm(
        step=step,
        on=on or desk.today(),
        amount_fen=parse_yuan(amount) if amount else None,
        person_fen=parse_yuan(person_amount) if person_amount else None,
        **said,  # type: ignore[arg-type]  # click hands over what the options above declare
    )
    taken = take_step(desk, case, form)
    clocks = case_sheet(desk, taken.case.id).clocks
    session.answer(
        {
            "id": taken.case.id,
            "case_no": taken.case.case_no,
            "stage": taken.case.stage.value,
            "clocks": [clock_row(clock) for clock in clocks],
            "event": taken.event.id,
            "overridden": plain(taken.event.overridden),
            "reminders": [_refusal(one) for one in taken.reminders],
        },
        *_told(desk.library.procedure.steps[step].name, taken),
    )


def _told(name: str, taken: Taken) -> list[str]:
    lines = [f"{taken.case.case_no}：{name}，现在是“{taken.case.stage.label}”"]
    return lines + [f"提醒：{one.sentence}" for one in taken.reminders]


@click.command("steps", cls=Verb)
@click.argument("case")
@pass_session
def steps(session: Session, case: str) -> None:
    """这件案件现在可以做什么，还缺什么。"""
    desk = session.desk()
    found = find_case(desk, case)
    rows = options(desk, found.id)
    session.answer(
        {"id": found.id, "stage": found.stage.value, "steps": [_option(one) for one in rows]},
        f"{found.case_no}：{found.stage.label}",
        *(_option_line(one) for one in rows),
    )


def _option(option: Option) -> Json:
    return {
        "step": option.step.id,
        "name": option.step.name,
        "to": option.step.to.value if option.step.to else None,
        "basis": option.step.basis,
        "asks": [ask.value for ask in option.step.asks],
        "against": [_refusal(one) for one in option.against],
    }


def _refusal(refusal: Refusal) -> Json:
    return {
        "guard": refusal.guard,
        "message": refusal.message,
        "article": refusal.article,
        "remedy": refusal.remedy,
        "hard": refusal.hard,
    }


def _option_line(option: Option) -> str:
    against = "；".join(one.message for one in option.against)
    return f"  {option.step.id}  {option.step.name}" + (f"（还缺：{against}）" if against else "")
