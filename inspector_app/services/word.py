"""A paper as a Word document to edit in WPS or Word, with the number reserved for it."""

from dataclasses import replace
from pathlib import Path

from inspector_app.domain.papers import NumberState, Paper, PaperKind, PaperState, Values
from inspector_app.errors import OutsideError, UserError
from inspector_app.papers.context import VOID_MARK, PaperContext
from inspector_app.papers.word.document import WordFile, compose
from inspector_app.services.desk import Desk
from inspector_app.services.numbers import restate, take_paper_number
from inspector_app.services.papers import DraftSheet, context, draft_sheet


def word_preview(desk: Desk, kind: PaperKind, values: Values) -> WordFile:
    """A document of these values, without any paper of the ledger."""
    return compose(kind, values, _draft_context(desk, ""), desk.fonts())


def word_file(desk: Desk, paper_id: str) -> WordFile:
    """A paper as a document: a draft as it stands now, an issued one with its number and day."""
    return word_of(desk, draft_sheet(desk, paper_id))


def word_of(desk: Desk, sheet: DraftSheet) -> WordFile:
    """The document of a paper that was read already."""
    return compose(sheet.kind, sheet.values, context_of(desk, sheet.paper), desk.fonts())


def context_of(desk: Desk, paper: Paper) -> PaperContext:
    """The bureau's part of a document: a draft bears its reserved number and the day of today."""
    if paper.state is PaperState.DRAFT:
        return _draft_context(desk, paper.number)
    made = context(desk, number=paper.number, on=paper.issued_on)
    return replace(made, mark=VOID_MARK if paper.state is PaperState.VOID else "")


def _draft_context(desk: Desk, number: str) -> PaperContext:
    """Blanks show where something is still to be filled in."""
    return replace(context(desk, number=number), draft=True)


def export_word(desk: Desk, paper_id: str, path: Path) -> WordFile:
    """Write a paper's document to a place the user chose."""
    made = word_file(desk, paper_id)
    try:
        path.write_bytes(made.docx)
    except OSError as error:
        raise OutsideError(f"文件“{path.name}”没有写成：{error.strerror}。") from error
    return made


def reserve_number(desk: Desk, paper_id: str) -> str:
    """The number a draft will be issued under, so that a text edited outside can bear it.

    Once reserved it stays with the draft; it is void in the register when the draft goes.
    """
    kind = draft_sheet(desk, paper_id).kind
    if not kind.series:
        raise UserError(f"{kind.title}不编号，不用预留。", kind="state")
    with desk.work(f"预留{kind.title}字号") as uow:
        paper = uow.get(Paper, paper_id)
        if paper.state is not PaperState.DRAFT:
            raise UserError(f"文书{paper.number}已制发。", kind="state")
        if paper.number:
            return paper.number
        number = take_paper_number(desk, uow, kind, paper_id)
        restate(uow, paper_id, NumberState.LEASED)
        uow.save(replace(paper, number=number))
        uow.commit()
    return number
