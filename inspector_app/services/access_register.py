"""The register of looks at personal data, for administrators and auditors."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from inspector_app.domain.access import About, AccessEntry, fields_text
from inspector_app.domain.cases import Case
from inspector_app.domain.claims import Worker
from inspector_app.domain.clues import Clue
from inspector_app.domain.masking import mask_name
from inspector_app.domain.rights import Act
from inspector_app.errors import UserError
from inspector_app.ledger.rows import Rows
from inspector_app.services.access import require_in
from inspector_app.services.desk import Desk
from inspector_app.services.exports import ledger_head
from inspector_app.sheets.access_out import ACCESS, AccessOut
from inspector_app.sheets.lines_out import ExportResult
from inspector_app.sheets.register_out import write_register


@dataclass(frozen=True, slots=True)
class AccessLine:
    """A look as the register shows it: the matter by its number, the person masked."""

    entry: AccessEntry
    matter: str
    person: str


def access_register(desk: Desk, *, limit: int = 5000) -> list[AccessLine]:
    """Every look, the last first; for administrators and auditors, once there are roles."""
    with desk.ledger.read() as view:
        require_in(view, desk, Act.SEE_ACCESS)
        entries = view.newest(AccessEntry, limit)
        numbers = _numbers(view, entries)
        workers = view.find_in(Worker, "id", {one.person_id for one in entries})
    names = {one.id: mask_name(one.name) for one in workers}
    return [
        AccessLine(one, numbers.get(one.about_id, one.about.label), _person(one, names))
        for one in entries
    ]


def _person(entry: AccessEntry, names: Mapping[str, str]) -> str:
    """A worker by the masked name; who reported is never named here."""
    if not entry.person_id:
        return f"{entry.persons} 人"
    return names.get(entry.person_id, "劳动者" if entry.about is About.CASE else "反映人")


def export_access(desk: Desk, path: Path, lines: Sequence[AccessLine]) -> ExportResult:
    """The register as a workbook; UserError when nobody looked yet."""
    if not lines:
        raise UserError("还没有人查看过个人信息，没有可导出的内容。", kind="empty")
    head = replace(ledger_head(desk), title="查看个人信息登记簿")
    return write_register(path, ACCESS, [_out(one) for one in lines], head, masked=True)


def _out(line: AccessLine) -> AccessOut:
    one = line.entry
    return AccessOut(
        one.id, one.at.replace("T", " "), one.by_name, one.way.label, line.matter, line.person,
        fields_text(one.fields), one.why,
    )  # fmt: skip


def _numbers(view: Rows, entries: Collection[AccessEntry]) -> dict[str, str]:
    ids = {about: {e.about_id for e in entries if e.about is about} for about in About}
    found = {one.id: one.clue_no for one in view.find_in(Clue, "id", ids[About.CLUE])}
    found |= {one.id: one.case_no for one in view.find_in(Case, "id", ids[About.CASE])}
    return found
