"""`terms`: when a statutory term ends, and why."""

from collections.abc import Mapping, Sequence
from datetime import date

import click

from inspector_app.cli.options import Moment, Span
from inspector_app.cli.session import Json, Session, pass_session, plain
from inspector_app.cli.verbs import Verb
from inspector_app.domain.money import parse_yuan, yuan
from inspector_app.domain.terms import Due, Stop, Term, compute, surcharge_series, weekday_text
from inspector_app.errors import UserError

UNIT_BASE_FEN = 100_00
"""What a surcharge is shown on when no amount is given."""


@click.command(cls=Verb)
@click.option("--rule", "rules", multiple=True, metavar="ID", help="期限编号，如 D05；可重复")
@click.option("--event", metavar="NAME", help="列出由这件事（文字或事实代码）开始计算的全部期限")
@click.option("--date", "start", type=Moment(), required=True, help="起算事件发生的日期（时刻）")
@click.option("--stop", "stops", type=Span(), multiple=True, help="中止计时的日期，首尾都算")
@click.option("--extended", is_flag=True, help="按延长后的期限计算")
@click.option("--amount", metavar="元", help="罚款数额，用于逐日加处（D18）；不写按 100.00 元")
@pass_session
def command(
    session: Session,
    rules: tuple[str, ...],
    event: str | None,
    start: date,
    stops: tuple[Stop, ...],
    extended: bool,
    amount: str | None,
) -> None:
    """计算法定期限的到期日，并说明理由。"""
    known = session.rules()
    terms = known.terms
    asked = [find_term(terms, rule) for rule in rules]
    if event:
        asked += started_by(terms, event)
    if not asked:
        raise click.UsageError("请用 --rule 或 --event 说明要算哪个期限。")
    base_fen = parse_yuan(amount, field="amount") if amount else None
    if amount and not any(term.daily_percent for term in asked):
        raise UserError("数额只用于逐日加处的期限（D18）。", field="amount")
    rows: list[Json] = []
    lines: list[str] = []
    for term in asked:
        due = compute(term, start, known.calendar, extended=extended, stops=stops)
        row = _row(due)
        if term.daily_percent:
            row |= _series(due, base_fen, stops)
        rows.append(row)
        lines.append(_line(due, row))
    session.answer({"terms": rows}, *lines)


def find_term(terms: Mapping[str, Term], rule: str) -> Term:
    """The term of that id; the sentence of refusal names the known ones."""
    term = terms.get(rule.upper())
    if term is None:
        known = "、".join(terms)
        raise UserError(f"没有编号为“{rule}”的期限。可用：{known}。", field="rule", kind="unknown")
    return term


def started_by(terms: Mapping[str, Term], event: str) -> list[Term]:
    """Terms that the fact of this code starts, or whose start event holds these words."""
    words = event.strip()
    found = [one for one in terms.values() if words in one.starts or words in one.start_event]
    if not found:
        known = "、".join(dict.fromkeys(term.start_event for term in terms.values()))
        message = f"没有由“{event}”开始计算的期限。可用：{known}。"
        raise UserError(message, field="event", kind="unknown")
    return found


def _row(due: Due) -> dict[str, Json]:
    term = due.term
    return {
        "rule": term.id,
        "name": term.name,
        "start_event": term.start_event,
        "start": plain(due.start),
        "due": plain(due.due),
        "extended_due": plain(due.extended_due),
        "rolled": due.rolled,
        "unit": term.unit.value,
        "length": term.length,
        "provisional": due.provisional,
        "verified": term.text_level,
        "force": term.force_level,
        "text_level": term.text_level,
        "force_level": term.force_level,
        "in_force": term.in_force(due.start),
        "whose": term.whose.value,
        "origin": term.origin.value,
        "direction": term.direction.value,
        "rolling": term.rolling.value,
        "conversion": term.conversion,
        "article": term.article,
        "skipped": plain(due.skipped),
        "why": due.why,
    }


def _series(due: Due, amount_fen: int | None, stops: Sequence[Stop]) -> dict[str, Json]:
    """The sum of each day; on an amount of its own choice the reason says so."""
    base_fen = UNIT_BASE_FEN if amount_fen is None else amount_fen
    series = surcharge_series(due.term, base_fen, due.start, stops)
    chosen = "没有写明罚款数额，按" if amount_fen is None else "按罚款数额"
    return {
        "base_fen": base_fen,
        "series": [{"on": str(on), "amount_fen": fen} for on, fen in series],
        "why": f"{due.why}{chosen} {yuan(base_fen)} 元计算。",
    }


def _line(due: Due, row: Mapping[str, Json]) -> str:
    end = due.extended_due or due.due
    when = weekday_text(end) if end else "没有法定日数"
    if due.term.daily_percent:
        when = "逐日加处"
    return f"{due.term.id} {due.term.name}：{when}\n  {row['why']}"
