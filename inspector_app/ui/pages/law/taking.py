"""Long work of the rule browser: files chosen, an update compared and taken, the self-check."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from inspector_app.domain.bureau_law import LawPack
from inspector_app.errors import UserError
from inspector_app.services.law_check import CheckOutcome, run_check
from inspector_app.services.law_packs import PackDiff, accept, read_diff
from inspector_app.ui.context import UiContext
from inspector_app.ui.tasks import Report

TEXTS, PACKS = (".md", ".txt", ".docx"), (".zip",)


class Taking(QObject):
    """`text_chosen` carries (path, statute), `compared` (path, diff), `checked` the outcome."""

    text_chosen = Signal(object)
    compared = Signal(object)
    accepted = Signal()
    refused = Signal()
    checked = Signal(object)

    def __init__(self, context: UiContext, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page

    # ── files ────────────────────────────────────────────────────────────────────────────────
    def choose_text(self, statute: str = "") -> None:
        """Ask for the file of an official text."""
        pattern = " ".join(f"*{one}" for one in TEXTS)
        name, _ = QFileDialog.getOpenFileName(
            self._page, "选择法规原文", "", f"法规原文 ({pattern})"
        )
        if name:
            self.text_chosen.emit((Path(name), statute))

    def choose_pack(self) -> None:
        """Ask for the file of an update."""
        name, _ = QFileDialog.getOpenFileName(self._page, "选择规则包更新", "", "规则包 (*.zip)")
        if name:
            self.open_pack(Path(name))

    # ── the update ───────────────────────────────────────────────────────────────────────────
    def open_pack(self, path: Path) -> None:
        """Compare an update with the rules in force; nothing changes yet."""
        desk = self._context.desk

        def compare(report: Report) -> PackDiff | None:
            report.progress(0, 0)
            diff = read_diff(desk, path)
            return None if report.cancelled() else diff

        def told(diff: PackDiff | None) -> None:
            if diff is None:
                self._context.say("已停止，规则没有改动")
            else:
                self.compared.emit((path, diff))

        self._context.tasks.long_work(self, "正在比较规则包", compare, told, self._failed)

    def accept(self, path: Path) -> None:
        """Store the update; it rules from the next start on."""
        desk = self._context.desk
        self._context.tasks.work(self, lambda: accept(desk, path), self._done, self._failed)

    def _done(self, found: tuple[LawPack, PackDiff]) -> None:
        self._context.done(f"已采用规则包 {found[0].version}，下次打开程序时生效")
        self.accepted.emit()

    # ── the check ────────────────────────────────────────────────────────────────────────────
    def check(self) -> None:
        """Look through the pack, the imported texts and the bureau's choices."""
        desk = self._context.desk
        self._context.tasks.long_work(
            self,
            "正在自检",
            lambda report: run_check(desk, report.progress, report.cancelled),
            self._checked,
            self._failed,
        )

    def _checked(self, outcome: CheckOutcome) -> None:
        if outcome.stopped:
            self._context.say("已停止自检")
        else:
            self.checked.emit(outcome)

    def _failed(self, error: Exception) -> None:
        self.refused.emit()
        if isinstance(error, UserError):
            self._context.say(error.message)
        else:
            self._context.trouble(error)
