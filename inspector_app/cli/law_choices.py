"""`law choose`, `law choices`, `law take-back`, `law bands`: what the bureau decides for itself."""

from dataclasses import replace
from datetime import date

import click

from inspector_app.cli.options import Day
from inspector_app.cli.session import Json, Session, pass_session, plain
from inspector_app.cli.verbs import Verb
from inspector_app.domain.bureau_law import DiscretionBand, RuleChoice
from inspector_app.domain.law import Fine
from inspector_app.domain.money import parse_yuan, yuan
from inspector_app.errors import UserError
from inspector_app.services.bands import (
    BandForm,
    add_band,
    bands_of,
    change_band,
    find_violation,
    form_of,
    in_force,
)
from inspector_app.services.desk import Desk
from inspector_app.services.rule_values import FIELD_WORDS
from inspector_app.services.rules import (
    choices_of,
    choose,
    office_rules,
    stale_choices,
    take_back,
)


class YuanSpan(click.ParamType[tuple[int, int]]):
    """Two amounts in yuan, typed as 50000..70000; fen inside."""

    name = "LOW..HIGH"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        low, dots, high = str(value).partition("..")
        if not dots:
            self.fail(f"“{value}”应写成 50000..70000（元）。", param, ctx)
        try:
            return parse_yuan(low), parse_yuan(high)
        except UserError as error:
            self.fail(f"{error.message}。", param, ctx)


@click.command("choose", cls=Verb)
@click.argument("rule", metavar="ID")
@click.argument("field")
@click.argument("value")
@click.option("--why", default="", help="理由，必填")
@pass_session
def choose_(session: Session, rule: str, field: str, value: str, why: str) -> None:
    """采用本局口径：规则编号、字段（length unit rolling low high off）、取值。"""
    made = choose(session.desk(), rule, field, value, why)
    session.answer(_choice(made), _choice_line(made))


@click.command("take-back", cls=Verb)
@click.argument("rule", metavar="ID")
@click.argument("field")
@click.option("--why", default="", help="理由，必填")
@pass_session
def take_back_(session: Session, rule: str, field: str, why: str) -> None:
    """撤回本局口径，恢复规则包的规定。"""
    made = take_back(session.desk(), rule, field, why)
    word = FIELD_WORDS.get(made.field, made.field)
    session.answer(_choice(made), f"已撤回：{made.rule} {word}")


@click.command("choices", cls=Verb)
@click.argument("rule", metavar="ID", required=False)
@pass_session
def choices(session: Session, rule: str | None) -> None:
    """列出本局口径，连同理由；规则已变、不再适用的注明。"""
    desk = session.desk()
    found = choices_of(desk, rule) if rule else office_rules(desk).choices
    stale = {one.id for one in stale_choices(desk)}
    rows: list[Json] = [_choice(one) | {"stale": one.id in stale} for one in found]
    lines = [_choice_line(one) + ("（不再适用）" if one.id in stale else "") for one in found]
    session.answer({"choices": rows}, *(lines or ["本局没有另作规定。"]))


def _choice(one: RuleChoice) -> dict[str, Json]:
    return {
        "id": one.id,
        "rule": one.rule,
        "field": one.field,
        "value": one.value,
        "why": one.why,
        "decided_on": plain(one.decided_on),
        "decided_by": one.decided_by,
    }


def _choice_line(one: RuleChoice) -> str:
    word = FIELD_WORDS.get(one.field, one.field)
    return f"{one.rule} {word}：{one.value}；理由：{one.why}（{one.decided_by} {one.decided_on}）"


@click.command("bands", cls=Verb)
@click.argument("code")
@click.option("--add", "name", metavar="NAME", help="新增一档，例如：一般")
@click.option("--change", "band_id", metavar="ID", help="修改一档")
@click.option("--name", "new_name", metavar="NAME", help="修改后的名称")
@click.option("--condition", help="适用情形")
@click.option("--yuan", "unit", type=YuanSpan(), help="单位罚款，元，如 50000..70000")
@click.option("--person-yuan", "person", type=YuanSpan(), help="个人罚款，元")
@click.option("--from", "since", type=Day(), help="施行日期（默认今天）")
@click.option("--source", help="出处：文件名称、文号")
@click.option("--why", default="", help="修改的理由")
@pass_session
def bands(
    session: Session,
    code: str,
    name: str | None,
    band_id: str | None,
    new_name: str | None,
    condition: str | None,
    unit: tuple[int, int] | None,
    person: tuple[int, int] | None,
    since: date | None,
    source: str | None,
    why: str,
) -> None:
    """一种违法行为的裁量档次；--add 新增，--change 修改。"""
    desk = session.desk()
    typed: dict[str, object] = {
        key: value
        for key, value in {
            "condition": condition, "source": source, "effective_from": since,
            "low_fen": unit and unit[0], "high_fen": unit and unit[1],
            "person_low_fen": person and person[0], "person_high_fen": person and person[1],
        }.items()
        if value is not None
    }  # fmt: skip
    if name:
        _add(desk, code, BandForm(name, "", since or session.day(), ""), typed)
    elif band_id:
        _change(desk, code, band_id, typed | ({"name": new_name} if new_name else {}), why)
    _answer_bands(session, desk, code)


def _add(desk: Desk, code: str, form: BandForm, typed: dict[str, object]) -> None:
    add_band(desk, code, replace(form, **typed))  # type: ignore[arg-type]  # keys are its fields


def _change(desk: Desk, code: str, band_id: str, typed: dict[str, object], why: str) -> None:
    band = next((one for one in bands_of(desk, code) if one.id == band_id), None)
    if band is None:
        raise UserError("没有找到这一裁量档次。", field="band", kind="not_found")
    form = replace(form_of(band), **typed)  # type: ignore[arg-type]  # keys are its fields
    change_band(desk, band_id, form, why)


def _answer_bands(session: Session, desk: Desk, code: str) -> None:
    violation, found = find_violation(desk, code), bands_of(desk, code)
    ruling = {one.id for one in in_force(found, desk.today())}
    document: dict[str, Json] = {
        "violation": violation.code,
        "name": violation.name,
        "unit_fine": _fine(violation.unit_fine),
        "person_fine": _fine(violation.person_fine),
        "bands": [_band(one) | {"in_force": one.id in ruling} for one in found],
    }
    lines = [_band_line(one, ruling=one.id in ruling) for one in found]
    head = f"{violation.code} {violation.name}"
    session.answer(document, head, *(lines or ["本局没有登记裁量档次。"]))


def _fine(fine: Fine | None) -> Json:
    if fine is None:
        return None
    return {"low_fen": fine.low_fen, "high_fen": fine.high_fen, "per": str(fine.per.value)}


def _band(one: DiscretionBand) -> dict[str, Json]:
    return {
        "id": one.id,
        "name": one.name,
        "condition": one.condition,
        "low_fen": one.low_fen,
        "high_fen": one.high_fen,
        "person_low_fen": one.person_low_fen,
        "person_high_fen": one.person_high_fen,
        "effective_from": plain(one.effective_from),
        "source": one.source,
    }


def _band_line(one: DiscretionBand, *, ruling: bool) -> str:
    spans = [f"{yuan(one.low_fen)} 元至 {yuan(one.high_fen)} 元"] if one.high_fen else []
    if one.person_low_fen is not None and one.person_high_fen is not None:
        spans.append(f"个人 {yuan(one.person_low_fen)} 元至 {yuan(one.person_high_fen)} 元")
    state = "" if ruling else "（不在施行）"
    said = f"{one.name}：{'，'.join(spans)}；{one.condition}；{one.effective_from} 起{state}"
    return f"{said}；出处：{one.source}  [{one.id}]"


VERBS = (choose_, take_back_, choices, bands)
