"""Numbers of cases, clues and papers: drawn inside the transaction that uses them, never reused."""

from collections.abc import Callable, Mapping
from datetime import date

from inspector_app.domain.numbering import NumberTemplate
from inspector_app.domain.papers import NumberEntry, NumberState
from inspector_app.ledger.ids import new_id
from inspector_app.ledger.unit import UnitOfWork
from inspector_app.services.desk import Desk

CASE_SERIES = "case"
CLUE_SERIES = "clue"


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
