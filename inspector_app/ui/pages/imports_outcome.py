"""What became of an import: figures, where the rows are, where the refused ones were saved."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from inspector_app.domain.money import yuan
from inspector_app.services.intake import ImportOutcome, ImportPreview, rejected_name, save_rejected
from inspector_app.sheets.fields import Kind
from inspector_app.ui.context import UiContext
from inspector_app.ui.pages.cases_export import ask_path, written
from inspector_app.ui.pages.imports_ask import ImportAsk
from inspector_app.ui.widgets.banners import NextBox
from inspector_app.ui.widgets.buttons import button

SHOWN_ON = {
    Kind.CLUES: "clues",
    Kind.CASES: "cases",
    Kind.PROJECTS: "parties",
    Kind.EMPLOYERS: "parties",
}


class OutcomeBox(NextBox):
    """Shown above the preview once the list is in."""

    def __init__(self, context: UiContext) -> None:
        super().__init__("success")
        self._context = context
        self._shown: ImportOutcome | None = None

    def show_outcome(self, outcome: ImportOutcome, preview: ImportPreview, ask: ImportAsk) -> None:
        """Tell what became of the rows."""
        self._shown = outcome
        body = (
            f"共 {outcome.data_rows:,} 行：新登记 {outcome.accepted:,}，台账里已有"
            f" {outcome.already_known:,}，退回 {outcome.rejected:,}；"
            f"新登记金额 {yuan(outcome.amount_sum_fen)} 元。"
        )
        buttons = [button("去看导入的内容", "primary", clicked=lambda: self._go(outcome, ask))]
        if (saved := outcome.rejected_file) is not None:
            body += f"退回的行在“{saved.name}”，改好后可以再导入。"
            opening = button("打开所在文件夹", "", "folder_open_20", clicked=lambda: _open(saved))
            buttons.append(opening)
        elif outcome.blocked is not None:
            body += f"退回的行没有存下来：写不了“{outcome.blocked.name}”，请另存到别的位置。"
            saving = button(
                "另存退回的行", "", "save_20", clicked=lambda: self._save(outcome, preview, ask)
            )
            buttons.append(saving)
        tone = "warning" if outcome.rejected else "success"
        self.show_step(f"{outcome.file} 已导入", body, buttons, tone)
        self.show()

    def _save(self, outcome: ImportOutcome, preview: ImportPreview, ask: ImportAsk) -> None:
        """Ask where the refused rows go, and write them there."""
        path = ask_path(self._context, self, rejected_name(preview))
        if path is None:
            return
        desk = self._context.desk

        def saved(made: ImportOutcome) -> None:
            written(self._context, f"已存下退回的 {made.rejected:,} 行", path)
            if self._shown is outcome and not self.isHidden():  # else another file is looked at
                self.show_outcome(made, preview, ask)

        self._context.tasks.long_work(
            self,
            "正在另存退回的行",
            lambda _report: save_rejected(desk, preview, outcome, path),
            saved,
        )

    def _go(self, outcome: ImportOutcome, ask: ImportAsk) -> None:
        if ask.case_id:
            self._context.open_page("case", f"{ask.case_id}#claims")
        else:
            self._context.open_page(SHOWN_ON.get(outcome.kind, "cases"), None)


def _open(saved: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(saved.parent)))
