"""A sum entered by hand that the worker list of the case has already is asked about first."""

from collections.abc import Sequence

from inspector_app.domain.claim_repeats import ListedClaim, repeats
from inspector_app.domain.claims import WageClaim, Worker, WorkerPrivate
from inspector_app.errors import UserError
from inspector_app.ledger.rows import Rows

REPEAT = "repeat"  # the kind of the refusal, by which a form knows that it may ask
AGAIN = "与名单里已有的一笔同一人、月份重叠，登记人确认是另一笔"


def refuse_repeats(rows: Rows, case_id: str, new: Sequence[ListedClaim]) -> None:
    """UserError naming the row that is there when one of the new ones says the same person and
    months as a row of the list, or as another of the new ones."""
    for first, again in repeats([*listed(rows, case_id), *new]):
        if any(again is one for one in new):
            message = f"名单里已有{first.words}，月份与这一笔重叠。要改金额或月份，请修改那一笔。"
            raise UserError(message, field="period_from", kind=REPEAT)


def listed(rows: Rows, case_id: str) -> list[ListedClaim]:
    """The worker list of a case, oldest first."""
    workers = {one.id: one for one in rows.find(Worker, case_id=case_id)}
    numbers = {one.id: one.id_number for one in rows.find(WorkerPrivate, case_id=case_id)}
    claims = rows.find(WageClaim, case_id=case_id)
    return [
        ListedClaim(
            workers[one.worker_id].name,
            numbers.get(one.worker_id, ""),
            one.period_from,
            one.period_to,
            one.due_fen,
        )
        for one in sorted(claims, key=lambda one: one.id)
    ]
