"""`case decide`: what the law proposes for a case, with reasons; it decides nothing."""

from collections.abc import Iterable

import click

from inspector_app.cli.session import Json, Session, pass_session, plain
from inspector_app.cli.verbs import Verb
from inspector_app.domain.deciders import Reason
from inspector_app.domain.deciders.blacklist import ListDate, ListProposal
from inspector_app.domain.deciders.compensation import (
    ExtraPayProposal,
    MinimumWageProposal,
    SurchargeProposal,
)
from inspector_app.domain.deciders.crime import CrimeProposal
from inspector_app.domain.deciders.deposit import DepositProposal
from inspector_app.domain.deciders.fines import FineLine
from inspector_app.domain.deciders.hearings import FineProposal, Total
from inspector_app.domain.deciders.liability import LiabilityProposal
from inspector_app.domain.money import yuan
from inspector_app.domain.term_words import date_text
from inspector_app.services.deciders import Proposals
from inspector_app.services.deciders import decide as propose

HEAD = "以下是按法规列出的建议，由承办人和负责人决定。"


@click.command("decide", cls=Verb)
@click.argument("case")
@pass_session
def decide(session: Session, case: str) -> None:
    """列出处理建议：罚款幅度、清偿主体、移送、名单、保证金和加付。"""
    found = propose(session.desk(), case)
    session.answer(document(found), *lines(found))


def document(found: Proposals) -> dict[str, Json]:
    """The proposals as one JSON object."""
    return {
        "id": found.case_id,
        "case_no": found.case_no,
        "respondent": found.respondent,
        "ticked": plain(found.situation.codes if found.situation else ()),
        "fines": _fines(found.fines),
        "liability": _liability(found.liability),
        "crime": _crime(found.crime),
        "blacklist": _blacklist(found.blacklist),
        "extra_pay": _extra_pay(found.extra_pay),
        "deposit": _deposit(found.deposit) if found.deposit else None,
        "surcharge": _surcharge(found.surcharge) if found.surcharge else None,
        "minimum_wage": _minimum_wage(found.minimum_wage) if found.minimum_wage else None,
        "notes": _reasons(found.notes),
    }


def _reasons(reasons: Iterable[Reason]) -> Json:
    return [
        {
            "text": one.text,
            "articles": plain(one.basis.articles if one.basis else ()),
            "level": one.level,
            "inferred": one.inferred,
        }
        for one in reasons
    ]


def _total(total: Total) -> Json:
    return {"low_fen": total.low_fen, "high_fen": total.high_fen, "words": total.words}


def _fines(found: FineProposal) -> Json:
    return {
        "violations": [_fine_line(one) for one in found.lines],
        "unit": _total(found.unit),
        "person": _total(found.person),
        "hearing": found.hearing.value,
        "hearing_unit": found.hearing_unit.value,
        "hearing_person": found.hearing_person.value,
        "legal_review": found.legal_review.value,
        "discussion": found.discussion.value,
        "summary": found.summary.value,
        "not_in_force": plain(found.not_in_force),
        "reasons": _reasons(found.reasons),
        "missing": plain(found.missing),
    }


def _fine_line(one: FineLine) -> Json:
    return {
        "code": one.code,
        "name": one.name,
        "breaches": plain(one.breaches),
        "penalties": plain(one.penalties),
        "level": one.basis.level_words,
        "in_force": one.in_force,
        "unit": plain(one.unit),
        "person": plain(one.person),
        "counts": one.unit_counts or one.person_counts,
        "order": one.order.value,
        "order_number": one.order_number,
        "evidence": [
            {"code": point.code, "name": point.name, "sources": plain(point.sources)}
            for point in one.evidence
        ],
        "bands": [
            {"id": band.id, "name": band.name, "low_fen": band.low_fen, "high_fen": band.high_fen}
            for band in one.bands
        ],
        "reasons": _reasons(one.reasons),
        "missing": plain(one.missing),
    }


def _liability(found: LiabilityProposal) -> Json:
    return {
        "facts": plain(found.facts),
        "lines": [
            {
                "rule": one.rule,
                "situation": one.situation,
                "main": one.main,
                "last_resort": one.last_resort,
                "payers": plain(one.payers),
                "limit_fen": one.limit_fen,
                "limit": one.limit,
                "recourse": one.recourse,
                "articles": plain(one.basis.articles),
                "level": one.basis.level_words,
            }
            for one in found.lines
        ],
        "reasons": _reasons(found.reasons),
        "missing": plain(found.missing),
    }


def _crime(found: CrimeProposal) -> Json:
    return {
        "single_met": found.single_met,
        "many_met": found.many_met,
        "ordered_unheeded": found.ordered_unheeded,
        "evasion_shown": found.evasion_shown,
        "ready": found.ready,
        "words": found.words,
        "workers": found.workers,
        "owing_fen": found.owing_fen,
        "single_national": found.single_national.value,
        "many_national": found.many_national.value,
        "order": found.order.value,
        "reasons": _reasons(found.reasons),
        "notes": _reasons(found.notes),
        "missing": plain(found.missing),
    }


def _blacklist(found: ListProposal) -> Json:
    return {
        "met": found.met,
        "words": found.words,
        "may_be_left_out": found.may_be_left_out,
        "dates": [_day(one) for one in found.dates],
        "tables": [
            {"name": table.name, "level": table.level, "rows": [_day(one) for one in table.rows]}
            for table in found.tables
        ],
        "reasons": _reasons(found.reasons),
        "missing": plain(found.missing),
    }


def _day(one: ListDate) -> Json:
    return {
        "name": one.name,
        "day": plain(one.day),
        "later": plain(one.later),
        "planned": one.planned,
        "why": one.reason.text,
    }


def _extra_pay(found: ExtraPayProposal) -> Json:
    return {
        "unpaid_fen": found.unpaid_fen,
        "low_fen": found.low_fen,
        "high_fen": found.high_fen,
        "order": found.order.value,
        "reasons": _reasons(found.reasons),
        "missing": plain(found.missing),
    }


def _deposit(found: DepositProposal) -> Json:
    return {
        "low_fen": found.low_fen,
        "high_fen": found.high_fen,
        "exempt": found.exempt.value,
        "words": found.words,
        "reasons": _reasons(found.reasons),
        "missing": plain(found.missing),
    }


def _surcharge(found: SurchargeProposal) -> Json:
    return {
        "fine_fen": found.fine_fen,
        "due_on": plain(found.due_on),
        "on": plain(found.on),
        "amount_fen": found.amount_fen,
        "full_on": plain(found.full_on),
        "reasons": _reasons(found.reasons),
    }


def _minimum_wage(found: MinimumWageProposal) -> Json:
    return {
        "class": found.area_class,
        "gap_fen": found.gap_fen,
        "months": plain(found.months),
        "reasons": _reasons(found.reasons),
        "missing": plain(found.missing),
    }


def lines(found: Proposals) -> list[str]:
    """The proposals as an inspector reads them."""
    told = [f"{found.case_no}  {found.respondent}", HEAD]
    told += _fine_words(found.fines)
    told += _section("清偿主体", "", found.liability.reasons, found.liability.missing)
    crime, listing = found.crime, found.blacklist
    told += _section("移送公安", crime.words, (*crime.reasons, *crime.notes), crime.missing)
    told += _section("失信名单", listing.words, listing.reasons, listing.missing)
    told += [f"  {_date_words(one)}" for one in listing.dates]
    for table in listing.tables:
        told += [f"  【{table.name}】{_date_words(one)}" for one in table.rows]
    told += _section("加付赔偿金", "", found.extra_pay.reasons, found.extra_pay.missing)
    if found.deposit:
        told += _section(
            "工资保证金", found.deposit.words, found.deposit.reasons, found.deposit.missing
        )
    if found.surcharge:
        words = f"{yuan(found.surcharge.amount_fen)} 元"
        told += _section("加处罚款", words, found.surcharge.reasons, ())
    return told + _section("其他", "", found.notes, ()) if found.notes else told


def _fine_words(found: FineProposal) -> list[str]:
    words = f"单位 {found.unit.words}；责任人员 {found.person.words}；{found.hearing.label}"
    told = [f"行政处罚：{words if found.lines else '没有登记违法行为'}"]
    for one in found.lines:
        span = one.unit.how if one.unit else "没有罚款"
        told.append(f"  {one.code} {one.name}：{span}（{'、'.join(one.penalties) or '无罚则'}）")
    return told + (_section("", "", found.reasons, found.missing)[1:] if found.lines else [])


def _section(
    title: str, words: str, reasons: Iterable[Reason], missing: Iterable[str]
) -> list[str]:
    said = [f"  {one.text}" + (f"（{one.level}）" if one.level else "") for one in reasons]
    return [f"{title}：{words}", *said, *(f"  缺：{text}" for text in missing)]


def _date_words(one: ListDate) -> str:
    first = date_text(one.day) if one.day else ""
    later = f"{'，至' if first else '至'}{date_text(one.later)}" if one.later else ""
    return f"{one.name}：{first}{later}" if first or later else f"{one.name}：{one.reason.text}"
