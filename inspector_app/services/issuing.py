"""Issue, print again, verify and void: a number is taken only together with the stored page."""

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from inspector_app.domain.access import About, AccessWay, Field
from inspector_app.domain.cases import Case
from inspector_app.domain.masking import numbers_in
from inspector_app.domain.paper_values import dumps
from inspector_app.domain.papers import NumberEntry, NumberState, Paper, PaperKind, PaperState
from inspector_app.domain.terms import date_text
from inspector_app.errors import OutsideError, UserError
from inspector_app.ledger.unit import UnitOfWork
from inspector_app.papers.context import RenderedPaper
from inspector_app.papers.copies import stamped
from inspector_app.papers.qr import code_text, fingerprint, read_code
from inspector_app.papers.render import render
from inspector_app.services.access import Look, note
from inspector_app.services.clock_parts import ORDER
from inspector_app.services.desk import Desk
from inspector_app.services.edited import edited_page, final_page
from inspector_app.services.looks import refuse
from inspector_app.services.number_stock import RUNNING_YEAR
from inspector_app.services.numbers import counted_together, restate, take_paper_number
from inspector_app.services.papers import (
    DraftSheet,
    code_wanted,
    context,
    draft_sheet,
    kind_of_paper,
    preview,
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a PDF is one this office issued."""

    ok: bool
    number: str
    sha256: str
    reason: str


def issue(desk: Desk, paper_id: str, *, despite_disputes: bool = False) -> Paper:
    """Number a draft, file its page, and make it unchangeable, all in one transaction.

    `despite_disputes`: the person was told of the case's open conflicts; what nobody has looked at
    yet (see services.looks) is refused all the same.

    The page is stored (and synced to disk) before the ledger speaks of it, so that no crash can
    leave a number without its paper. Raises UserError naming the first open point.
    """
    with desk.ledger.read() as view:
        kind = kind_of_paper(desk, view.get(Paper, paper_id))
    with desk.work(f"制发{kind.title}") as uow:
        # Read under the lock: what others entered meanwhile is on the page, not lost.
        sheet = draft_sheet(desk, paper_id)
        paper = sheet.paper
        if paper.state is not PaperState.DRAFT:
            raise UserError(f"文书{paper.number}已制发。", kind="state")
        refuse(uow, sheet.case, despite_disputes=despite_disputes)
        _refuse_incomplete(sheet)
        _refuse_backwards(desk, uow, sheet)
        number = _number(desk, uow, sheet)
        values = dumps(sheet.values, sheet.kind)
        page = _page(desk, sheet, number, _code(desk, sheet.kind, number, values))
        issued = replace(
            paper,
            state=PaperState.ISSUED,
            values=values,
            form_version=sheet.kind.version,
            number=number,
            issued_on=desk.today(),
            issued_by=desk.actor,
            sha256=desk.files.put(page.pdf),
            pages=page.pages,
            fonts=page.fonts,
        )
        uow.save(issued)
        _note_use(desk, uow, sheet, number)
        restate(uow, paper_id, NumberState.ISSUED)
        uow.commit()
    return issued


def _note_use(desk: Desk, uow: UnitOfWork, sheet: DraftSheet, number: str) -> None:
    """A paper that by law tells whole identity numbers or cards is a use that leaves its record."""
    numbers, cards = numbers_in(dumps(sheet.values, sheet.kind))
    told = {Field.ID_NUMBER: numbers, Field.BANK_CARD: cards}
    fields = [field for field, times in told.items() if times]
    if fields:
        case = sheet.case
        look = Look(
            way=AccessWay.PAPER, about=About.CASE if case else About.MANY,
            about_id=case.id if case else "", fields=fields, persons=max(told.values()),
            why=f"{sheet.kind.title}{number}", scope=case.scope if case else "",
        )  # fmt: skip
        note(desk, uow, look)


def _refuse_incomplete(sheet: DraftSheet) -> None:
    blocking = [problem for problem in sheet.problems if problem.blocking]
    if blocking:
        more = f"（另有 {len(blocking) - 1} 处）" if len(blocking) > 1 else ""
        first = blocking[0]
        raise UserError(f"{first.message}{more}", field=first.field, kind="incomplete")
    if sheet.case and sheet.case.stage.ended and sheet.kind.id == ORDER:
        raise UserError(f"案件 {sheet.case.case_no} 已结案，不能再责令改正。", kind="state")


def _refuse_backwards(desk: Desk, uow: UnitOfWork, sheet: DraftSheet) -> None:
    """Numbers of a series follow the calendar: a PC clock set back must not mix them up."""
    if not sheet.kind.series:
        return
    together = counted_together(desk)
    last = uow.last_issued("" if together else sheet.kind.id) or desk.today()
    if last > desk.today():
        before = "文书" if together else sheet.kind.title
        message = f"上一号{before}的日期是{date_text(last)}，晚于今天，请核对电脑日期。"
        raise UserError(message, kind="clock")


def _number(desk: Desk, uow: UnitOfWork, sheet: DraftSheet) -> str:
    """The number reserved for a text edited outside, else the next one of the series."""
    reserved = sheet.paper.number
    if not reserved:
        return take_paper_number(desk, uow, sheet.kind, sheet.paper.id)
    entry = uow.first(NumberEntry, paper_id=sheet.paper.id)
    if entry is not None and entry.state is NumberState.VOID:
        raise UserError(f"预留的{reserved}已作废，请删除草稿后重做。", kind="state")
    if entry is not None and entry.year not in (RUNNING_YEAR, desk.today().year):
        message = f"预留的{reserved}是 {entry.year} 年的字号，今年不能用，请删除草稿后重做。"
        raise UserError(message, kind="state")
    return reserved


def _page(desk: Desk, sheet: DraftSheet, number: str, code: str) -> RenderedPaper:
    """The page to file: the text edited outside where there is one, else the program's own."""
    if sheet.paper.sha256:
        return final_page(desk, sheet, code)
    ctx = replace(context(desk, number=number), code=code)
    page = render(sheet.kind, sheet.values, ctx, desk.fonts())
    if page.missing:
        raise UserError(f"字体中没有这些字：{'、'.join(page.missing)}。", kind="glyphs")
    return page


def _code(desk: Desk, kind: PaperKind, number: str, values: str) -> str:
    """What the code at the foot says; kinds without a number have none."""
    if not number or not code_wanted(desk):
        return ""
    return code_text(number, fingerprint(kind.id, kind.version, number, desk.today(), values))


def pdf(desk: Desk, paper_id: str, *, mark: str = "") -> bytes:
    """The stored page, byte for byte; with `mark` ("副本"), or void, a stamped copy of it."""
    with desk.ledger.read() as view:
        paper = view.get(Paper, paper_id)
    if paper.state is PaperState.DRAFT:
        sheet = draft_sheet(desk, paper_id)
        if paper.sha256:
            return stamped(edited_page(desk, paper), "草稿", desk.fonts())
        return preview(desk, sheet.kind.id, sheet.values, paper.number, paper.form_version).pdf
    page = desk.files.get(paper.sha256)
    if paper.state is PaperState.VOID:
        mark = "作废"
    return stamped(page, mark, desk.fonts()) if mark else page


def export_pdf(desk: Desk, paper_id: str, path: Path, *, mark: str = "") -> Path:
    """Write a paper's PDF to a place the user chose."""
    data = pdf(desk, paper_id, mark=mark)
    try:
        path.write_bytes(data)
    except OSError as error:
        raise OutsideError(f"文件“{path.name}”没有写成：{error.strerror}。") from error
    return path


def void(desk: Desk, paper_id: str, why: str) -> Paper:
    """Make an issued paper void: it stays, with its number and the reason."""
    if not why.strip():
        raise UserError("请写明作废理由，理由会留在文书登记簿。", field="why")
    with desk.work("作废文书", why) as uow:
        paper = uow.get(Paper, paper_id)
        if paper.state is not PaperState.ISSUED:
            raise UserError("只能作废已制发的文书。", kind="state")
        gone = replace(
            paper, state=PaperState.VOID, void_reason=why.strip(), voided_on=desk.today()
        )
        uow.save(gone)
        entry = uow.first(NumberEntry, paper_id=paper_id)
        if entry:
            uow.save(replace(entry, state=NumberState.VOID, reason=why.strip()))
        uow.commit()
    return gone


def verify(desk: Desk, path: Path) -> Verdict:
    """Tell whether a PDF is, byte for byte, one this office issued."""
    try:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise UserError(f"文件“{path.name}”打不开：{error.strerror}。", field="file") from error
    with desk.ledger.read() as view:
        paper = view.first(Paper, sha256=digest)
        case = view.get(Case, paper.case_id) if paper and paper.case_id else None
    if paper is None:
        return Verdict(False, "", digest, "台账中没有与此文件完全一致的文书。")
    return _verdict(paper, case, digest)


def verify_code(desk: Desk, text: str) -> Verdict:
    """Tell whether a scanned code is that of a paper of this office, and says what is on file.

    A code proves the number and the words, not the sheet: whoever holds one can copy it.
    """
    code = read_code(text)
    if code is None:
        message = "这不是文书核验码：应为字号、空格、64 位校验值。"
        raise UserError(message, field="code")
    with desk.ledger.read() as view:
        paper = view.first(Paper, number=code.number)
        case = view.get(Case, paper.case_id) if paper and paper.case_id else None
    if paper is None:
        return Verdict(False, code.number, code.digest, f"台账中没有字号{code.number}。")
    own = fingerprint(paper.kind, paper.form_version, paper.number, paper.issued_on, paper.values)
    if own != code.digest:
        return Verdict(False, code.number, code.digest, "字号存在，但内容与存档不一致。")
    return _verdict(paper, case, code.digest)


def _verdict(paper: Paper, case: Case | None, digest: str) -> Verdict:
    if paper.state is PaperState.DRAFT:
        return Verdict(False, paper.number, digest, f"{paper.number}还没有制发。")
    if paper.state is PaperState.VOID:
        return Verdict(False, paper.number, digest, f"该文书已作废：{paper.void_reason}。")
    where = f"，案件 {case.case_no}" if case else ""
    return Verdict(True, paper.number, digest, f"与存档一致{where}。")
