"""Exports the registers of papers as workbooks: issued papers, services, missing receipts."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from inspector_app.sheets.ledger_out import Progress, new_book
from inspector_app.sheets.lines_out import ExportResult, LedgerHead
from inspector_app.sheets.register_lines import MissingLine, PaperLine, ServiceLine
from inspector_app.sheets.safe import file_sha256, replacing
from inspector_app.sheets.stamp import make_stamp, write_stamp
from inspector_app.sheets.style_out import Formats, OutKind, font_size
from inspector_app.sheets.table_out import FIRST_ROW, OutColumn, Table, TableWriter

T, C, D, N, S = OutKind.TEXT, OutKind.CENTRE, OutKind.DATE, OutKind.COUNT, OutKind.SERIAL


class Maskable(Protocol):
    """A line that knows how it looks outside the office."""

    @property
    def key(self) -> str:
        """Which record it is."""

    def masked(self: "M") -> "M":
        """The line without persons."""


M = TypeVar("M", bound=Maskable)

PAPERS: tuple[OutColumn[PaperLine], ...] = (
    OutColumn("serial", "序号", 5, S, lambda _: 1, keep=True),
    OutColumn("number", "字号", 24, C, lambda p: p.number, keep=True),
    OutColumn("title", "文书名称", 16, T, lambda p: p.title, keep=True),
    OutColumn("case_no", "案件号", 18, C, lambda p: p.case_no, keep=True),
    OutColumn("party", "受送达人", 20, T, lambda p: p.party, keep=True),
    OutColumn("issued_on", "制作日", 11, D, lambda p: p.issued_on, keep=True),
    OutColumn("signer", "签发人", 8, C, lambda p: p.signer, keep=True),
    OutColumn("method", "送达方式", 9, C, lambda p: p.method, keep=True),
    OutColumn("served_on", "送达日", 11, D, lambda p: p.served_on, keep=True),
    OutColumn("deadline", "期限届满日", 11, D, lambda p: p.deadline, keep=True),
    OutColumn("performance", "履行情况", 14, T, lambda p: p.performance, keep=True),
    OutColumn("voided", "作废", 14, T, lambda p: p.voided, keep=True),
)
SERVICES: tuple[OutColumn[ServiceLine], ...] = (
    OutColumn("serial", "序号", 5, S, lambda _: 1, keep=True),
    OutColumn("served_on", "送达日", 11, D, lambda s: s.served_on, keep=True),
    OutColumn("party", "受送达人", 20, T, lambda s: s.party, keep=True),
    OutColumn("case_no", "案件号", 18, C, lambda s: s.case_no, keep=True),
    OutColumn("papers", "送达文书及字号", 32, T, lambda s: s.papers, keep=True),
    OutColumn("method", "送达方式", 9, C, lambda s: s.method, keep=True),
    OutColumn("counts_on", "视为送达日", 11, D, lambda s: s.counts_on, keep=True),
    OutColumn("receiver", "签收人", 8, C, lambda s: s.receiver, keep=True),
    OutColumn("relation", "与当事人关系", 10, T, lambda s: s.relation),
    OutColumn("place", "送达地点", 16, T, lambda s: s.place),
    OutColumn("proof", "凭据", 20, T, lambda s: s.proof),
    OutColumn("receipt", "送达回证", 8, C, lambda s: "在卷" if s.receipt else "", keep=True),
    OutColumn("note", "备注", 12, T, lambda s: s.note),
)
MISSING: tuple[OutColumn[MissingLine], ...] = (
    OutColumn("serial", "序号", 5, S, lambda _: 1, keep=True),
    OutColumn("number", "字号", 24, C, lambda m: m.number, keep=True),
    OutColumn("title", "文书名称", 16, T, lambda m: m.title, keep=True),
    OutColumn("case_no", "案件号", 18, C, lambda m: m.case_no, keep=True),
    OutColumn("party", "受送达人", 22, T, lambda m: m.party, keep=True),
    OutColumn("lacks", "缺什么", 14, C, lambda m: m.lacks, keep=True),
    OutColumn("since", "制作（送达）日", 12, D, lambda m: m.since, keep=True),
    OutColumn("days", "已过天数", 9, N, lambda m: m.days, keep=True),
)


def write_register(
    path: Path,
    columns: Sequence[OutColumn[M]],
    lines: Sequence[M],
    head: LedgerHead,
    *,
    masked: bool,
    progress: Progress | None = None,
    signatures: tuple[str, str, str] | None = None,
) -> ExportResult:
    """Write one register; `masked` makes the version that may leave the office."""
    shown = [line.masked() for line in lines] if masked else list(lines)
    used = [one for one in columns if one.keep or any(one.value(line) for line in shown)]
    table = Table(head.title, used, shown, frozen=2, signatures=signatures)
    with replacing(path) as target:
        book = new_book(target, head, len(shown))
        formats = Formats(book, head.unit, font_size(len(used)))
        TableWriter[M](book, formats, head).write(table, progress)
        texts = ("\t".join(str(one.value(line)) for one in used) for line in shown)
        records = [(line.key, text) for line, text in zip(shown, texts, strict=True)]
        write_stamp(book, make_stamp(head, head.title, FIRST_ROW + 1, records, masked=masked))
        book.close()
    return ExportResult(len(shown), {}, file_sha256(path))
