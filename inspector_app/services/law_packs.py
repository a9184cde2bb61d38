"""Updates of the rule pack: compared before they are accepted, in effect from the next start on."""

import hashlib
import shutil
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from inspector_app.domain.bureau_law import LawPack, RuleChoice
from inspector_app.domain.events import CaseEvent
from inspector_app.domain.findings import findings
from inspector_app.domain.inspections import Inspection, ItemAnswer
from inspector_app.domain.law import cite, read_citation
from inspector_app.errors import OutsideError, UserError
from inspector_app.ledger.ids import new_id
from inspector_app.ledger.views import View
from inspector_app.library.loading import Library
from inspector_app.library.pack_zip import PackHead, read_pack, read_zipped, refusal
from inspector_app.library.packs import (
    BESIDE,
    RowChange,
    changed_rows,
    law_head,
    lay_office,
    pack_problems,
)
from inspector_app.services.case_facts import many_rows
from inspector_app.services.clocks import case_clocks, timing
from inspector_app.services.desk import Desk
from inspector_app.services.due_changes import DueMove, changed_dues, open_cases
from inspector_app.services.rules import stale_choices

FOLDER = "law"
STAMP = ".stamp"
OLD_OR_MILDER = "处罚法 37"
IN_EFFECT, WAITING, REPLACED = "生效中", "待生效", "已被替代"


@dataclass(frozen=True, slots=True)
class PackCase:
    """An open case that an update touches; `hint` is for the person who handles it to weigh."""

    case_id: str
    case_no: str
    employer: str
    rules: tuple[str, ...]
    moves: tuple[DueMove, ...]
    hint: str


@dataclass(frozen=True, slots=True)
class PackDiff:
    """What an update changes; `stale` are choices of the bureau that would no longer fit."""

    head: PackHead
    rows: tuple[RowChange, ...]
    cases: tuple[PackCase, ...]
    stale: tuple[RuleChoice, ...]


@dataclass(frozen=True, slots=True)
class PackLine:
    """One accepted pack in the list."""

    pack: LawPack
    state: str


@dataclass(frozen=True, slots=True)
class ActiveOffice:
    """The office to read rules from; `problem` says why an accepted pack is not used."""

    office: Path
    pack: LawPack | None
    problem: str = ""


def read_diff(desk: Desk, path: Path) -> PackDiff:
    """Load a pack whole, beside everything else the office reads, and compare; nothing changes."""
    pack = read_pack(path)
    with TemporaryDirectory(prefix="inspector-law-", ignore_cleanup_errors=True) as folder:
        office = lay_office(pack, desk.library.office, Path(folder))
        problems = pack_problems(office)
        if problems:
            more = f"（共 {len(problems)} 处）" if len(problems) > 1 else ""
            raise refusal(f"规则包不能用：{problems[0]}{more}。")
        rows = changed_rows(desk.library.office, office)
        trial = replace(desk, library=Library(office))
        stale = {one.id for one in stale_choices(desk)}
        return PackDiff(
            head=pack.head,
            rows=rows,
            cases=tuple(_cases(desk, trial, rows, pack.head)),
            stale=tuple(one for one in stale_choices(trial) if one.id not in stale),
        )


def _cases(
    desk: Desk, trial: Desk, rows: Iterable[RowChange], head: PackHead
) -> Iterable[PackCase]:
    """Open cases with a clock that moves, or that use a term or violation that changes."""
    changed = {row.id: row.kind for row in rows if row.kind in {"term", "violation"}}
    moves = {one.case_id: one.moves for one in changed_dues(desk, trial)}
    with desk.ledger.read() as view:
        cases = open_cases(view)
        used = _used(desk, view, list(cases))
    for case in cases.values():
        rules = tuple(rule for rule in changed if rule in used[case.id])
        moved = moves.get(case.id, ())
        rules += tuple(one.rule for one in moved if one.rule in changed and one.rule not in rules)
        if rules or moved:
            violation = any(changed[rule] == "violation" for rule in rules)
            hint = _hint(desk, head, violation=violation)
            yield PackCase(case.id, case.case_no, case.employer_name, rules, moved, hint)


def _used(desk: Desk, view: View, ids: list[str]) -> Mapping[str, set[str]]:
    """For each case the terms that run and the violations that were recorded."""
    used: defaultdict[str, set[str]] = defaultdict(set)
    by = timing(desk)
    for rows in many_rows(view, ids):
        used[rows.case.id] |= {clock.rule for clock in case_clocks(by, rows)}
    for event in view.find_in(CaseEvent, "case_id", ids):
        used[event.case_id] |= set(event.codes)
    visits = view.find_in(Inspection, "case_id", ids)
    answers: defaultdict[str, list[ItemAnswer]] = defaultdict(list)
    for answer in view.find_in(ItemAnswer, "inspection_id", [one.id for one in visits]):
        answers[answer.inspection_id].append(answer)
    for visit in visits:
        checklist = desk.library.checklists.get(visit.checklist_id)
        if checklist and visit.case_id:
            for finding in findings(checklist, answers[visit.id]):
                used[visit.case_id] |= set(finding.violations)
    return used


def _hint(desk: Desk, head: PackHead, *, violation: bool) -> str:
    """从旧兼从轻 is for a person to judge; due dates do follow the new rules."""
    if not violation:
        return (
            "期限自规则包生效起按新规则计算；应当沿用原规定的，请用“本局口径”保留原值并写明理由。"
        )
    statutes = desk.library.statutes
    citation = read_citation(OLD_OR_MILDER)
    article = cite(citation, statutes[citation.statute])
    return (
        f"行为在 {head.effective_from} 以前的，一般按行为时的规定；新规定处罚较轻或者不再认为"
        f"违法的，按新规定（{article}）。由承办人判断，程序不自动套用。"
    )


def accept(desk: Desk, path: Path) -> tuple[LawPack, PackDiff]:
    """Store a pack that was looked at; it takes effect at the first start on or after its day."""
    diff = read_diff(desk, path)
    data = read_pack(path).zipped()
    head = diff.head
    for known in _accepted(desk):
        if known.version == head.version:
            told = f"版本 {head.version} 已在 {known.accepted_on} 接受过。"
            raise UserError(told, field="file", kind="exists")
        if known.effective_from > head.effective_from:
            told = (
                f"已接受的版本 {known.version} 施行日期更晚（{known.effective_from}），不能退回。"
            )
            raise UserError(told, field="file", kind="older")
    if not diff.rows:
        raise UserError("规则包与现在的规则没有差别。", field="file", kind="same")
    pack = LawPack(
        id=new_id(),
        version=head.version,
        effective_from=head.effective_from,
        sha256=desk.files.put(data),
        accepted_on=desk.today(),
        accepted_by=desk.actor,
        scope=desk.city,
        city=desk.city,
        note=head.note,
    )
    with desk.work("接受规则包更新", head.note) as uow:
        uow.add(pack)
        uow.commit()
    return pack, diff


def _accepted(desk: Desk) -> list[LawPack]:
    """Every accepted pack, the one that takes effect last at the end."""
    with desk.ledger.read() as view:
        packs = view.find(LawPack, scope=desk.city)
    return sorted(packs, key=lambda one: (one.effective_from, one.id))


def active_pack(desk: Desk) -> LawPack | None:
    """The pack that rules today; None while the shipped rules do."""
    begun = [one for one in _accepted(desk) if one.effective_from <= desk.today()]
    return begun[-1] if begun else None


def list_packs(desk: Desk) -> list[PackLine]:
    """Every accepted pack, the newest first, and whether it rules today."""
    active = active_pack(desk)

    def state(one: LawPack) -> str:
        if active is not None and one.id == active.id:
            return IN_EFFECT
        return WAITING if one.effective_from > desk.today() else REPLACED

    return [PackLine(one, state(one)) for one in reversed(_accepted(desk))]


def unpack_active(desk: Desk, data_dir: Path, shipped: Path) -> ActiveOffice:
    """Lay out the pack that rules today below DATA/law; the shipped office when there is none.

    What cannot be laid out is told and the shipped rules stand: the program must open.
    """
    pack = active_pack(desk)
    if pack is None or _outdated(pack, shipped):
        return ActiveOffice(shipped, None)
    target = data_dir / FOLDER / pack.version
    stamp = f"{pack.sha256} {_fingerprint(shipped)}"
    try:
        if _stamp(target) != stamp:
            _lay(desk, pack, shipped, target, stamp)
        return ActiveOffice(target, pack)
    except (UserError, OutsideError) as error:
        told = error.message
    except OSError as error:
        told = f"规则文件没有写成（{error.strerror}），请检查磁盘空间和文件夹权限。"
    problem = f"规则包 {pack.version} 没有启用，现按随程序的规则：{told}"
    return ActiveOffice(shipped, None, problem)


def _outdated(pack: LawPack, shipped: Path) -> bool:
    """Whether the rules that came with the program are this pack or a later one."""
    head = law_head(shipped)
    return head is not None and (
        head.version == pack.version or head.effective_from > pack.effective_from
    )


def _fingerprint(shipped: Path) -> str:
    """Changes when the program brings other forms or settings: the copies must follow."""
    digest = hashlib.sha256()
    for part in BESIDE:
        for path in sorted((shipped / part).rglob("*")):
            known = path.stat()
            name = path.relative_to(shipped).as_posix()
            digest.update(f"{name} {known.st_size} {known.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _stamp(target: Path) -> str:
    path = target / STAMP
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _lay(desk: Desk, pack: LawPack, shipped: Path, target: Path, stamp: str) -> None:
    """Write the whole office beside its place, check it, and only then put it there."""
    part = target.with_name(f".{new_id()}.part")  # no version begins with a dot
    aside = target.with_name(f".{new_id()}.old")
    try:
        lay_office(read_zipped(desk.files.get(pack.sha256)), shipped, part)
        problems = pack_problems(part)
        if problems:
            raise refusal(f"{problems[0]}。")
        (part / STAMP).write_text(stamp, encoding="utf-8")
        if target.exists():
            target.rename(aside)
        part.rename(target)
    finally:
        for left in (part, aside):
            shutil.rmtree(left, ignore_errors=True)
