"""The registers of papers as workbooks: what is shown, in full or masked."""

from typing import TYPE_CHECKING

from inspector_app.services.paper_registers import RegisterQuery
from inspector_app.services.register_exports import MISSING_BOOK, PAPER_BOOK, SERVICE_BOOK
from inspector_app.sheets.lines_out import ExportResult
from inspector_app.ui.actions import Entry
from inspector_app.ui.context import UiContext
from inspector_app.ui.outside import open_folder
from inspector_app.ui.pages.cases_export import FULL, MASKED, ask_path, ask_why, stoppable
from inspector_app.ui.tasks import Report

if TYPE_CHECKING:
    from inspector_app.ui.pages.papers import PapersPage

_BOOKS = (PAPER_BOOK, SERVICE_BOOK, MISSING_BOOK)


class RegisterExport:
    """Asks where to, then writes what the filters of the register in view leave."""

    def __init__(self, context: UiContext, page: "PapersPage") -> None:
        self._context, self._page = context, page

    def entries(self, number: int) -> list[Entry]:
        """Both versions of the register of that number."""
        return [
            Entry(
                FULL, lambda: ask_why(self._page, lambda why: self.write(number, why)), "table_20"
            ),
            Entry(f"{MASKED}（姓名隐去）", lambda: self.write(number), "eye_off_20"),
        ]

    def write(self, number: int, why: str = "") -> None:
        """Ask where to; the workbook is written on the worker, in full with a reason."""
        masked = not why
        view, book = self._page.registers[number], _BOOKS[number]
        rows = view.shown()
        version = MASKED if masked else FULL
        name = f"{book.title}_{self._context.today():%Y%m%d}_{version}.xlsx"
        path = ask_path(self._context, self._page, name) if rows else None
        if path is None:
            if not rows:
                self._context.say("没有可导出的内容")
            return
        desk = self._context.desk
        query = RegisterQuery(ids=frozenset(view.register.key(row) for row in rows))

        def run(report: Report) -> ExportResult:
            return book.export(
                desk, path, query, masked=masked, why=why, progress=stoppable(report)
            )

        self._context.tasks.long_work(
            self._page,
            "正在导出",
            run,
            lambda made: self._context.toast(
                f"已导出 {made.rows:,} 行（{version}）：{path.name}",
                lambda: open_folder(self._context, path.parent),
                "打开文件夹",
            ),
        )
