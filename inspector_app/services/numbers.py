"""Numbers of cases, clues and papers: drawn inside the transaction that uses them, never reused."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from inspector_app.domain.numbering import NumberTemplate
from inspector_app.domain.papers import NumberEntry, NumberState, PaperKind
from inspector_app.ledger.ids import new_id
from inspector_app.ledger.unit import UnitOfWork
from inspector_app.services.desk import Desk
from inspector_app.services.settings import all_settings

CASE_SERIES = "case"
CLUE_SERIES = "clue"


UNUSED = "预留后草稿已删除"
PAPER = "paper"  # one template serves every series of papers


def template(settings: Mapping[str, str], purpose: str) -> NumberTemplate:
    """The bureau's template for papers, cases or clues."""
    return NumberTemplate(settings[f"{purpose}_number_template"])


def draw(
    desk: Desk,
    uow: UnitOfWork,
    series: str,
    on: date,
    *,
    form: NumberTemplate,
    settings: Mapping[str, str],
    kind_char: str = "",
    owner_id: str | None = None,
    used: Callable[[str], bool] = lambda _: False,
) -> str:
    """Take the next number of a series and year, enter it in the register, return it as printed.

    A number that an imported ledger already bears (`used`) is entered as such and passed over.
    """
    while True:
        no = uow.next_no(series, on.year, desk.city)
        text = form.render(
            org=settings["org_char"],
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
                year=on.year,
                no=no,
                state=NumberState.VOID if taken else NumberState.ISSUED,
                scope=desk.city,
                city=desk.city,
                paper_id=None if taken else owner_id,
                reason="导入的台账已用此号" if taken else "",
            )
        )
        if not taken:
            return text


def take_paper_number(desk: Desk, uow: UnitOfWork, kind: PaperKind, paper_id: str) -> str:
    """The next number of the kind's series and year; kinds without a series bear none."""
    if not kind.series:
        return ""
    settings = all_settings(desk)
    return draw(
        desk,
        uow,
        kind.series,
        desk.today(),
        form=template(settings, PAPER),
        settings=settings,
        kind_char=kind.series_char,
        owner_id=paper_id,
    )


def restate(uow: UnitOfWork, paper_id: str, state: NumberState) -> None:
    """Enter whether the number a paper bears is reserved or used; nothing when it bears none."""
    entry = uow.first(NumberEntry, paper_id=paper_id)
    if entry is not None:
        uow.save(replace(entry, state=state))


def release(uow: UnitOfWork, paper_id: str) -> None:
    """A draft with a reserved number goes: the number stays in the register, void, never reused."""
    entry = uow.first(NumberEntry, paper_id=paper_id)
    if entry is not None:
        uow.save(replace(entry, state=NumberState.VOID, paper_id=None, reason=UNUSED))
