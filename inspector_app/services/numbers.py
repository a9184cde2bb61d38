"""Numbers of cases, clues and papers: drawn inside the transaction that uses them, never reused."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from inspector_app.domain.cases import Case
from inspector_app.domain.inspections import Inspection
from inspector_app.domain.numbering import NumberTemplate, Restart, Sharing, paper_template
from inspector_app.domain.papers import NumberEntry, NumberState, Paper, PaperKind
from inspector_app.ledger.ids import new_id
from inspector_app.ledger.rows import Rows
from inspector_app.ledger.unit import UnitOfWork
from inspector_app.services.desk import Desk
from inspector_app.services.number_stock import (
    CASE,
    CLUE,
    PAPER,
    RUNNING_YEAR,
    held,
    office_of,
    take,
)
from inspector_app.services.settings import all_settings
from inspector_app.services.templates import forms_of
from inspector_app.sync.numbers.number_line import Series

CASE_SERIES, CLUE_SERIES = CASE, CLUE


SAMPLE_KINDS = ("rectification_order", "interview_notice")
UNUSED = "预留后草稿已删除"
IMPORTED = "导入的台账已用此号"
BEFORE = "改变编号方式以前已用此号"


def template(settings: Mapping[str, str], purpose: str) -> NumberTemplate:
    """The bureau's template for papers, cases or clues."""
    pattern = settings[f"{purpose}_number_template"]
    if purpose == PAPER:
        return paper_template(pattern, sharing(settings), restart(settings))
    return NumberTemplate(pattern)


def sharing(settings: Mapping[str, str]) -> Sharing:
    """Whether kinds of paper count together."""
    return Sharing.by_label(settings["paper_series"]) or Sharing.SEPARATE


def sample_kinds(desk: Desk) -> tuple[str, str]:
    """The characters of two kinds as the bureau's forms have them, to show numbers with."""
    forms = forms_of(desk)
    first, second = (forms.kind(one) or desk.library.kinds[one] for one in SAMPLE_KINDS)
    return first.series_char, second.series_char


def counted_together(desk: Desk) -> bool:
    """Whether all kinds of paper share one series."""
    return sharing(all_settings(desk)) is Sharing.SHARED


def restart(settings: Mapping[str, str]) -> Restart:
    """Whether numbers of papers begin again with the year."""
    return Restart.by_label(settings["paper_restart"]) or Restart.YEARLY


def draw(
    desk: Desk,
    uow: UnitOfWork,
    series: str,
    on: date,
    *,
    form: NumberTemplate,
    settings: Mapping[str, str],
    scope: str = "",
    kind_char: str = "",
    owner_id: str | None = None,
    used: Callable[[str], bool] = lambda _: False,
    why_used: str = IMPORTED,
    running: bool = False,
) -> str:
    """Take the next number of a series and year, enter it in the register, return it as printed.

    A number that is borne already (`used`: by an imported ledger, or from before the bureau counted
    otherwise) is entered as such and passed over. A `running` series does not end with the year.
    `scope` is that of the matter: a county that numbers by itself has a register of its own. Where
    a shared database gives numbers out, only one on lease to this PC is taken (NumbersOut if none).
    """
    year = RUNNING_YEAR if running else on.year
    office = office_of(desk, settings, scope)
    while True:
        leased = take(desk, uow, (office.scope, series, year))
        no = leased or uow.next_no(series, year, office.scope)
        text = form.render(
            org=office.org,
            watch=settings["watch_char"],
            kind=kind_char,
            year=on.year,
            no=no,
        )
        taken = used(text)
        uow.add(
            NumberEntry(
                id=new_id(),
                series=series,
                year=year,
                no=no,
                state=NumberState.VOID if taken else NumberState.ISSUED,
                scope=office.scope,
                city=desk.city,
                paper_id=None if taken else owner_id,
                reason=why_used if taken else "",
            )
        )
        if not taken:
            return text


def take_paper_number(desk: Desk, uow: UnitOfWork, kind: PaperKind, paper_id: str) -> str:
    """The next number as the bureau counts; kinds without a series bear none."""
    if not kind.series:
        return ""
    settings = all_settings(desk)
    return draw(
        desk,
        uow,
        series_of(settings, kind),
        desk.today(),
        form=template(settings, PAPER),
        settings=settings,
        scope=scope_of(uow, uow.get(Paper, paper_id)),
        kind_char=kind.series_char,
        owner_id=paper_id,
        used=lambda text: uow.first(Paper, number=text) is not None,
        why_used=BEFORE,
        running=restart(settings) is Restart.RUNNING,
    )


def series_of(settings: Mapping[str, str], kind: PaperKind) -> str:
    """The series a kind counts in."""
    return PAPER if sharing(settings) is Sharing.SHARED else kind.series


def scope_of(rows: Rows, paper: Paper) -> str:
    """The scope of the matter a paper belongs to; empty when it belongs to none."""
    if paper.case_id:
        return rows.get(Case, paper.case_id).scope
    return rows.get(Inspection, paper.inspection_id).scope if paper.inspection_id else ""


def paper_series(desk: Desk, rows: Rows, kind: PaperKind, paper: Paper) -> Series | None:
    """The register a draft will be numbered in; None for what bears no number, or has one."""
    if not kind.series or paper.number:
        return None
    settings = all_settings(desk)
    year = RUNNING_YEAR if restart(settings) is Restart.RUNNING else desk.today().year
    office = office_of(desk, settings, scope_of(rows, paper))
    return (office.scope, series_of(settings, kind), year)


def stock_words(desk: Desk, paper_id: str) -> str:
    """What is to be said of the numbers held here before this draft is issued; often nothing."""
    with desk.ledger.read() as view:
        paper = view.get(Paper, paper_id)
        kind = forms_of(desk).kind(paper.kind) or desk.library.kinds.get(paper.kind)
        series = paper_series(desk, view, kind, paper) if kind is not None else None
    return held(desk).low_of(series)


def restate(uow: UnitOfWork, paper_id: str, state: NumberState) -> None:
    """Enter whether the number a paper bears is reserved or used; nothing when it bears none."""
    entry = uow.first(NumberEntry, paper_id=paper_id)
    if entry is not None:
        uow.save(replace(entry, state=state))


def release(uow: UnitOfWork, paper_id: str) -> None:
    """A draft with a reserved number goes: the number stays in the register, void, never reused."""
    entry = uow.first(NumberEntry, paper_id=paper_id)
    if entry is not None:
        reason = entry.reason if entry.state is NumberState.VOID else UNUSED
        uow.save(replace(entry, state=NumberState.VOID, paper_id=None, reason=reason))
