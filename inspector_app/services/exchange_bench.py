"""Work of weeks away from the shared database, for the measurement of the window."""

from dataclasses import replace

from inspector_app.domain.cases import Case
from inspector_app.services.desk import Desk

SINGLE = 200


def weeks_of_work(desk: Desk) -> None:
    """Change half of all cases in one step, and some of them once more, each by itself."""
    with desk.ledger.read() as view:
        cases = view.find(Case)
    half = cases[: len(cases) // 2]
    with desk.work("演示") as uow:
        for case in half:
            uow.save(replace(case, note="演示改动"))
        uow.commit()
    for case in half[:SINGLE]:
        with desk.work("演示") as uow:
            uow.save(replace(case, note="演示再改"))
            uow.commit()
