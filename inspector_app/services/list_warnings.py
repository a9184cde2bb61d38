"""What a paper prints of the worker list that may be wrong: told aloud, it does not stop the issue.

One person may be owed two sums for one month, and a number may be wrong on the very card: whether
it is so only the inspector can tell.
"""

from collections.abc import Iterator, Sequence

from inspector_app.domain.claim_repeats import ListedClaim, repeats
from inspector_app.domain.identity import check_id_number
from inspector_app.domain.masking import mask_id_number
from inspector_app.domain.paper_rules import table_rows
from inspector_app.domain.paper_text import is_empty
from inspector_app.domain.papers import Field, FieldType, PaperKind, PaperProblem, Values
from inspector_app.services.claims import ClaimRow, claim_rows
from inspector_app.services.desk import Desk

LIST, SUM, NUMBER = "claims.table", "claims.owing_fen", "id_number"
TOLD = 5  # of one sort


def list_warnings(
    desk: Desk, kind: PaperKind, values: Values, case_id: str | None
) -> Iterator[PaperProblem]:
    """Sums that may be listed twice, and identity numbers that cannot be right."""
    filled = [field for field in kind.fields if not is_empty(values.get(field.id))]
    drawn = [field for field in filled if field.default in (LIST, SUM)]
    numbered = [field for field in filled if _prints_numbers(field)]
    rows: list[ClaimRow] = []
    if case_id and (drawn or numbered):
        with desk.ledger.read() as view:
            rows = claim_rows(view, case_id, desk.today(), reveal=True)
    if drawn:
        yield from _twice(drawn[0], [row for row in rows if row.owing_fen > 0])
    for field in numbered:
        yield from _some(field, list(_wrong_numbers(desk, field, values, rows)))


def _prints_numbers(field: Field) -> bool:
    if field.type is FieldType.TABLE:
        return any(column.id == NUMBER for column in field.columns)
    return field.id == NUMBER


def _twice(field: Field, rows: Sequence[ClaimRow]) -> Iterator[PaperProblem]:
    listed = [
        ListedClaim(
            row.worker.name,
            row.id_number,
            row.claim.period_from,
            row.claim.period_to,
            row.claim.due_fen,
        )
        for row in rows
    ]
    found = [
        f"{first.words}与{again.words}像是同一人、月份重叠，请核对欠薪明细是不是登记了两次"
        for first, again in repeats(listed)
    ]
    yield from _some(field, found)


def _wrong_numbers(
    desk: Desk, field: Field, values: Values, rows: Sequence[ClaimRow]
) -> Iterator[str]:
    """Of each row of a table; a covered number is looked up in the list of the case."""
    value = values.get(field.id)
    if isinstance(value, str):
        if len(value.strip()) in (15, 18) and (problem := _problem(desk, value)):
            yield f"身份证号有误（{problem}），请核对"
        return
    covered = {
        (row.worker.name, mask_id_number(row.id_number)): row.id_problem
        for row in rows
        if row.id_problem
    }
    for one in table_rows(value):
        name, number = one.get("name", "").strip(), one.get(NUMBER, "").strip()
        problem = covered.get((name, number), "") if "*" in number else _problem(desk, number)
        if problem:
            yield f"{name}的身份证号有误（{problem}），请核对"


def _problem(desk: Desk, number: str) -> str:
    return check_id_number(number, desk.today()).problem if number.strip() else ""


def _some(field: Field, found: Sequence[str]) -> Iterator[PaperProblem]:
    """The first few, and how many more there are."""
    for message in found[:TOLD]:
        yield PaperProblem(field.id, f"“{field.label}”：{message}", blocking=False)
    if len(found) > TOLD:
        more = f"“{field.label}”：这样的另有 {len(found) - TOLD} 处"
        yield PaperProblem(field.id, more, blocking=False)
