"""正卷, 副卷: what would be bound today, in order, with its pages; the button that binds it."""

from collections.abc import Callable
from dataclasses import dataclass

from inspector_app.domain.binder import EVIDENCE, FilePart, Placed
from inspector_app.domain.terms import date_text
from inspector_app.services.case_file import CaseFile
from inspector_app.ui.pages.case.next_step import Act, Do
from inspector_app.ui.pages.case.table_panel import TablePanel
from inspector_app.ui.tables.columns import Column, Kind
from inspector_app.ui.widgets.buttons import button

EMPTY = "制发文书或者登记证据以后，这里按装订次序列出。"


@dataclass(frozen=True, slots=True)
class FileRow:
    """A line of the contents."""

    no: int
    placed: Placed


COLUMNS: tuple[Column[FileRow], ...] = (
    Column("序号", lambda row: str(row.no), 56, Kind.NUMBER),
    Column("题名", lambda row: row.placed.item.title, 170, stretch=True),
    Column("文号", lambda row: row.placed.item.number or "—", 218, priority=2),
    Column("日期", lambda row: date_text(row.placed.item.on), 124, Kind.DATE, priority=3),
    Column("页号", lambda row: row.placed.pages, 72, Kind.NUMBER),
    Column("备注", lambda row: row.placed.item.note or "—", 110, priority=4),
)


class FileItemsPanel(TablePanel[FileRow]):
    """One part of the file. `bind` is told which part; Enter opens what a line stands for."""

    def __init__(
        self, part: FilePart, bind: Callable[[FilePart], object], do: Callable[[Act], object]
    ) -> None:
        empty = (f"{part.name}还没有材料", EMPTY)
        name = f"{part.name}目录"
        super().__init__(COLUMNS, lambda row: row.placed.item.id, name, empty, "archive_20")
        self.part = part
        self._do = do
        self.bind = self.add_button(
            button("装订成 PDF", "", "document_pdf_20", clicked=lambda: bind(part))
        )
        self.table.opened.connect(self._open)

    def show_file(self, file: CaseFile) -> None:
        """Show what is in this part."""
        contents = file.part(self.part.id)
        rows = [FileRow(number, one) for number, one in enumerate(contents.placed, 1)]
        words = f"{len(rows)} 件，{contents.pages} 页，封面、目录、备考表另加" if rows else ""
        if file.drafts:
            words = "；".join(part for part in (words, f"草稿 {file.drafts} 份不装订") if part)
        self.show_rows(rows, words)
        self.bind.setEnabled(bool(rows))

    def _open(self, row: FileRow) -> None:
        """The paper on its page, evidence among the evidence; what lies on paper opens nothing."""
        item = row.placed.item
        if item.kind == EVIDENCE:
            self._do(Act("", Do.TAB, "visits"))
        elif item.sha256:
            self._do(Act("", Do.OPEN_PAPER, item.id))
