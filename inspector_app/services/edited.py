"""A draft's text as it was changed in WPS or Word, taken back once it agrees in what is law."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from inspector_app.domain.papers import Field, FieldType, Paper, PaperState
from inspector_app.errors import UserError
from inspector_app.papers.context import PaperContext, RenderedPaper, Text
from inspector_app.papers.word.compare import compare, compare_exported, same_words
from inspector_app.papers.word.facts import Difference
from inspector_app.papers.word.plain import page_bodies, plain
from inspector_app.papers.word.reading import PdfText, docx_lines, pdf_text
from inspector_app.papers.word.stamping import with_code
from inspector_app.services.approvals import approval_of
from inspector_app.services.desk import Desk
from inspector_app.services.papers import DraftSheet, draft_sheet, problems
from inspector_app.services.word import context_of, word_of

SHOWN = 5  # differences told in a refusal
_REMEDY = "当事人、金额、日期、条款等请在程序里改字段，再重新导出。"
_OLD_WORD = "这是旧版 Word 或 WPS 文件，请另存为 .docx，并输出为 PDF。"


@dataclass(frozen=True, slots=True)
class Edited:
    """An edited text that may be filed; `wording` is what it says otherwise than the draft."""

    pdf: bytes
    docx: bytes
    pages: int
    fonts: tuple[str, ...]
    words: str  # fingerprint of the draft it was compared with
    wording: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    """What a draft remembers of its edited text: a small file of its own among the stored ones."""

    pdf: str
    docx: str  # "" when only a PDF was given
    words: str
    pages: int
    fonts: tuple[str, ...]


def check_edited(desk: Desk, paper_id: str, files: Sequence[Path]) -> Edited:
    """Compare an edited text with its draft; UserError lists where it says something else in law.

    `files` are the PDF that WPS or Word exported and, better, the .docx it was exported from.
    """
    pdf, docx = _read(files)
    sheet = draft_sheet(desk, paper_id)
    _refuse_state(desk, sheet)
    ctx = context_of(desk, sheet.paper)
    exported = pdf_text(pdf)
    draft = word_of(desk, sheet).lines
    body = _body(sheet, ctx, exported)
    if docx:
        lines = docx_lines(docx)
        _refuse_other_text(same_words(lines, body))
        found = compare(sheet.kind, sheet.values, ctx, draft, lines)
    else:
        found = compare_exported(sheet.kind, sheet.values, ctx, draft, body)
    _refuse_facts(found.facts)
    _refuse_words(desk, sheet, found.wording)
    return Edited(
        pdf, docx, len(exported.pages), exported.fonts, _fingerprint(draft), found.wording
    )


def attach(desk: Desk, paper_id: str, files: Sequence[Path]) -> Edited:
    """Make an edited text the one that is filed at the issue; both files are kept."""
    edited = check_edited(desk, paper_id, files)
    kept = _Kept(
        pdf=desk.files.put(edited.pdf),
        docx=desk.files.put(edited.docx) if edited.docx else "",
        words=edited.words,
        pages=edited.pages,
        fonts=edited.fonts,
    )
    record = json.dumps(asdict(kept), ensure_ascii=False, sort_keys=True).encode()
    why = f"文字改动 {len(edited.wording)} 处；PDF {kept.pdf}；Word {kept.docx or '没有'}"
    _set(desk, paper_id, desk.files.put(record), "以修改后的文件为准", why)
    return edited


def detach(desk: Desk, paper_id: str) -> None:
    """Go back to the text the program sets."""
    _set(desk, paper_id, "", "恢复程序排版的文本", "")


def _set(desk: Desk, paper_id: str, record: str, action: str, why: str) -> None:
    with desk.work(action, why) as uow:
        sheet = draft_sheet(desk, paper_id)  # again under the lock
        _refuse_state(desk, sheet)
        uow.save(replace(sheet.paper, sha256=record))
        uow.commit()


def edited_page(desk: Desk, paper: Paper) -> bytes:
    """The PDF of a draft's edited text, as it was exported."""
    return desk.files.get(_kept(desk, paper).pdf)


def final_page(desk: Desk, sheet: DraftSheet, code: str) -> RenderedPaper:
    """The page to file for a draft with an edited text; refused when the draft changed since.

    The words of the draft include the day of issue: a text that says yesterday is not filed today.
    """
    kept = _kept(desk, sheet.paper)
    if kept.words != _fingerprint(word_of(desk, sheet).lines):
        message = (
            "修改后的文件核对以后，草稿的内容或者成文日期变了。"
            "请重新导出、修改、核对，或者恢复程序排版的文本。"
        )
        raise UserError(message, kind="differs")
    page = with_code(desk.files.get(kept.pdf), code, desk.fonts())
    return RenderedPaper.of(page, kept.pages, (), kept.fonts)


def _kept(desk: Desk, paper: Paper) -> _Kept:
    told = json.loads(desk.files.get(paper.sha256))
    return _Kept(**{**told, "fonts": tuple(told["fonts"])})


def _read(files: Sequence[Path]) -> tuple[bytes, bytes]:
    """PDF and document among the files; the content decides, not the name."""
    pdf, docx = b"", b""
    for path in files:
        try:
            data = path.read_bytes()
        except OSError as error:
            message = f"文件“{path.name}”打不开：{error.strerror}。"
            raise UserError(message, field="file", kind="file") from error
        if data.startswith(b"%PDF"):
            pdf = data
        elif data.startswith(b"PK"):
            docx = data
        else:
            old = data.startswith(bytes.fromhex("D0CF11E0A1B11AE1"))
            message = _OLD_WORD if old else f"“{path.name}”不是 PDF，也不是 .docx。"
            raise UserError(message, field="file", kind="file")
    if not pdf:
        message = "还要有 WPS/Word 由这份文档输出的 PDF：存档和送达的是 PDF。"
        raise UserError(message, field="file", kind="file")
    return pdf, docx


def _refuse_state(desk: Desk, sheet: DraftSheet) -> None:
    paper, kind = sheet.paper, sheet.kind
    if paper.state is not PaperState.DRAFT:
        raise UserError(f"文书{paper.number}已制发，不能换文本。", kind="state")
    lacking = [one for one in sheet.problems if one.blocking and one.field]
    if lacking:
        message = f"草稿还不完整：{lacking[0].message}。"
        raise UserError(message, field=lacking[0].field, kind="incomplete")
    if kind.series and not paper.number:
        message = f"{kind.title}要编号：请先预留字号再导出，文件上才印有字号。"
        raise UserError(message, field="number", kind="number")
    with desk.ledger.read() as view:
        approval = approval_of(view, paper, kind, sheet.values)
    if approval is not None and approval.holds:
        message = f"{approval.approver}已经批准这份草稿，不能再换文本；要换请重新起草。"
        raise UserError(message, kind="state")


def _body(sheet: DraftSheet, ctx: PaperContext, exported: PdfText) -> str:
    """The text of the PDF without what is printed on every page."""
    text = Text.of(sheet.kind, sheet.values, ctx)
    foot = "".join(
        plain(text(cell))
        for block in sheet.kind.body
        if block.kind == "foot" and text.wanted(block.when)
        for row in block.rows
        for cell in row
    )
    heads = (
        "".join(plain(column.title) for column in field.columns)
        for field in sheet.kind.fields
        if field.columns
    )
    return page_bodies(exported.pages, [foot] if foot else [], tuple(heads))


def _fingerprint(lines: Sequence[str]) -> str:
    words = "\n".join(plain(line) for line in lines)
    return hashlib.sha256(words.encode()).hexdigest()


def _refuse_other_text(found: Sequence[Difference]) -> None:
    if found:
        told = "；".join(
            f"Word 文件为“{one.was or '（没有）'}”，PDF 为“{one.now or '（没有）'}”"
            for one in found[:SHOWN]
        )
        message = f"PDF 与 Word 文件的文字不一致：{told}。请重新输出 PDF。"
        raise UserError(message, field="file", kind="differs")


def _refuse_facts(found: Sequence[Difference]) -> None:
    if found:
        told = "；".join(one.sentence for one in found[:SHOWN])
        more = f"；另有 {len(found) - SHOWN} 处" if len(found) > SHOWN else ""
        field = next((one.field for one in found if one.field), "")
        raise UserError(f"{told}{more}。{_REMEDY}", field=field, kind="differs")


def _refuse_words(desk: Desk, sheet: DraftSheet, wording: Sequence[Difference]) -> None:
    """New words are checked like those of a field: leaks, unread statutes, missing characters."""
    added = Field("text", "修改后的文字", FieldType.TEXT)
    kind = replace(sheet.kind, fields=(added,), body=(), checks=())
    new = "\n".join(one.now for one in wording if one.now)
    found = problems(desk, kind, {"text": new}, sheet.paper.case_id)
    stopping = [one.message for one in found if one.blocking]
    if stopping:
        raise UserError(f"{'；'.join(stopping)}。", field="file", kind="words")
