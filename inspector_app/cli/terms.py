"""`terms`: when a statutory term ends, and why."""

from collections.abc import Mapping
from datetime import date

import click

from inspector_app.cli.options import Moment, Span
from inspector_app.cli.session import Json, Session, pass_session, plain
from inspector_app.cli.verbs import Verb
from inspector_app.domain.terms import Due, Term, compute, weekday_text
from inspector_app.errors import UserError


@click.command(cls=Verb)
@click.option("--rule", "rules", multiple=True, metavar="ID", help="期限编号，如 D05；可重复")
@click.option("--event", metavar="NAME", help="列出由这件事开始计算的全部期限")
@click.option("--date", "start", type=Moment(), required=True, help="起算事件发生的日期（时刻）")
@click.option("--stop", "stops", type=Span(), multiple=True, help="中止计时的日期，首尾都算")
@click.option("--extended", is_flag=True, help="按延长后的期限计算")
@pass_session
def command(
    session: Session,
    rules: tuple[str, ...],
    event: str | None,
    start: date,
    stops: tuple[tuple[date, date], ...],
    extended: bool,
) -> None:
    """计算法定期限的到期日，并说明理由。"""
    library = session.parts.library()
    terms = library.chosen_terms(session.settings())
    asked = [find_term(terms, rule) for rule in rules]
    if event:
        asked += started_by(terms, event)
    if not asked:
        raise click.UsageError("请用 --rule 或 --event 说明要算哪个期限。")
    dues = [
        compute(term, start, library.calendar, extended=extended, stops=stops) for term in asked
    ]
    session.answer({"terms": [_row(due) for due in dues]}, *(_line(due) for due in dues))


def find_term(terms: Mapping[str, Term], rule: str) -> Term:
    """The term of that id; the sentence of refusal names the known ones."""
    term = terms.get(rule.upper())
    if term is None:
        known = "、".join(terms)
        raise UserError(f"没有编号为“{rule}”的期限。可用：{known}。", field="rule", kind="unknown")
    return term


def started_by(terms: Mapping[str, Term], event: str) -> list[Term]:
    """Terms whose start event holds these words."""
    found = [term for term in terms.values() if event.strip() in term.start_event]
    if not found:
        known = "、".join(dict.fromkeys(term.start_event for term in terms.values()))
        message = f"没有由“{event}”开始计算的期限。可用：{known}。"
        raise UserError(message, field="event", kind="unknown")
    return found


def _row(due: Due) -> Json:
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
        "in_force": term.in_force(due.start),
        "article": term.article,
        "skipped": plain(due.skipped),
        "why": due.why,
    }


def _line(due: Due) -> str:
    end = due.extended_due or due.due
    when = weekday_text(end) if end else "没有法定日数"
    return f"{due.term.id} {due.term.name}：{when}\n  {due.why}"
