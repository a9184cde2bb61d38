"""Writing the ledger as a workbook: where to, which version, with progress and a way to stop."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from inspector_app.errors import UserError
from inspector_app.ledger.views import CaseQuery
from inspector_app.services.archive_list import export_archive_list
from inspector_app.services.exports import export_cases, export_claims
from inspector_app.ui.context import UiContext
from inspector_app.ui.outside import open_folder
from inspector_app.ui.pages.reveal import ReasonDialog
from inspector_app.ui.tasks import Report

FULL, MASKED = "内部完整版", "报送脱敏版"
_FOLDER = "export_folder"
_ASKED = {
    ".xlsx": ("导出 Excel", "Excel 工作簿 (*.xlsx)"),
    ".pdf": ("存为 PDF", "PDF 文件 (*.pdf)"),
}


def ask_path(context: UiContext, parent: QWidget, name: str) -> Path | None:
    """Where to write, asked with the system's dialog; None when the user leaves it.

    The end of the name says what is written: .xlsx or .pdf.
    """
    folder = context.preferences.text(_FOLDER, str(Path.home()))
    ending = Path(name).suffix
    title, kinds = _ASKED[ending]
    chosen, _ = QFileDialog.getSaveFileName(parent, title, str(Path(folder) / name), kinds)
    if not chosen:
        return None
    path = Path(chosen)
    context.preferences.set_text(_FOLDER, str(path.parent))
    return path if path.suffix.lower() == ending else path.with_name(f"{path.name}{ending}")


def ask_why(parent: QWidget, go: Callable[[str], object]) -> None:
    """The full version takes personal data out: why is asked, and noted with the export."""
    ReasonDialog(parent, f"导出{FULL}", "导出", go).open()


def export_ledger(
    context: UiContext, parent: QWidget, query: CaseQuery, *, masked: bool, why: str = ""
) -> None:
    """Ask where to, then write the current view."""
    version = MASKED if masked else FULL
    name = f"案件台账_{context.today():%Y%m%d}_{version}.xlsx"
    path = ask_path(context, parent, name)
    if path is None:
        return
    desk = context.desk

    def write(report: Report) -> str:
        made = export_cases(desk, path, query, masked=masked, why=why, progress=stoppable(report))
        return f"已导出 {made.rows:,} 件（{version}）"

    context.tasks.long_work(
        parent, "正在导出台账", write, lambda text: written(context, text, path)
    )


def export_workers(
    context: UiContext, parent: QWidget, case_id: str, *, masked: bool, why: str = ""
) -> None:
    """Ask where to, then write the wage list of a case."""
    path = ask_path(context, parent, f"欠薪人员及金额明细表_{MASKED if masked else FULL}.xlsx")
    if path is None:
        return
    desk = context.desk
    context.tasks.long_work(
        parent,
        "正在导出明细",
        lambda _report: export_claims(desk, path, case_id, masked=masked, why=why),
        lambda made: written(context, f"已导出 {made.rows:,} 人", path),
    )


def export_archive(context: UiContext, parent: QWidget, year: int) -> None:
    """Ask where to, then write the list of the files closed in a year for the archive."""
    path = ask_path(context, parent, f"{year}年结案案卷移交清单.xlsx")
    if path is None:
        return
    desk = context.desk
    context.tasks.long_work(
        parent,
        "正在统计案卷",
        lambda report: export_archive_list(desk, path, year, progress=stoppable(report)),
        lambda made: written(context, f"已导出 {made.rows:,} 卷", path),
    )


def stoppable(report: Report) -> Callable[[int, int], None]:
    """Progress for a service that writes a file: pressed 停止, it writes none."""

    def progress(done: int, total: int) -> None:
        if report.cancelled():
            raise UserError("已停止导出，没有写成文件。", kind="cancelled")
        report.progress(done, total)

    return progress


def written(context: UiContext, text: str, path: Path) -> None:
    """Say what was written, with a way to its folder."""
    context.toast(f"{text}：{path.name}", lambda: open_folder(context, path.parent), "打开文件夹")
