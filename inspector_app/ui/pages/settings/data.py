"""数据: where the ledger lies, whether it is whole, and a copy of it."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.ledger.check import Problem
from inspector_app.services.backup import BackupFile, backup
from inspector_app.services.check import check
from inspector_app.ui.context import UiContext
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.banners import Banner
from inspector_app.ui.widgets.basic import clear_layout, hair, label
from inspector_app.ui.widgets.buttons import Button, button

MOST_SHOWN = 20


class DataPanel(QWidget):
    """Folder, check, backup; each result stays to be read."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._folder = context.desk.ledger.path.parent
        column = box(QVBoxLayout(self), spacing=10)
        column.addWidget(label("数据文件夹", "sectionTitle"))
        path = label(str(self._folder), "value", wrap=True)
        path.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(path)
        column.addWidget(label("台账、附件和存档的文书都在这里，不要手工改动。", "fieldHint"))
        column.addLayout(_left(button("打开文件夹", "", "folder_open_20", clicked=self._open)))
        column.addWidget(hair())
        column.addWidget(label("检查台账", "sectionTitle"))
        words = "核对台账结构、留痕、字号登记簿，以及每份文书和证据的文件是否完好。"
        column.addWidget(label(words, "body", wrap=True))
        self.check = button("检查", "", "shield_checkmark_20", clicked=self._check)
        column.addLayout(_left(self.check))
        self.checked = Banner("success")
        self.checked.hide()
        column.addWidget(self.checked)
        self._problems = box(QVBoxLayout(), spacing=4)
        column.addLayout(self._problems)
        column.addWidget(hair())
        column.addWidget(label("备份", "sectionTitle"))
        words = "把台账和全部文件写进一个压缩包，备份时可以照常工作。备份请存到别的盘。"
        column.addWidget(label(words, "body", wrap=True))
        self.backup = button("备份到…", "primary", "archive_20", clicked=self._ask_backup)
        column.addLayout(_left(self.backup))
        self.saved = Banner("success")
        self.saved.hide()
        column.addWidget(self.saved)
        column.addStretch()

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    # ── check ────────────────────────────────────────────────────────────────────────────────
    def _check(self) -> None:
        self.check.setEnabled(False)
        desk = self._context.desk
        self._context.tasks.long_work(
            self, "正在检查台账", lambda _report: check(desk), self._show_check, self._check_failed
        )

    def _check_failed(self, error: Exception) -> None:
        self.check.setEnabled(True)
        self._context.trouble(error)

    def _show_check(self, problems: list[Problem]) -> None:
        self.check.setEnabled(True)
        clear_layout(self._problems)
        if not problems:
            self.checked.say("台账、留痕、字号和文件都完好。", "没有发现问题", "success")
            return
        self.checked.say("请先备份，再联系维护人员。", f"发现 {len(problems)} 处问题", "warning")
        for problem in problems[:MOST_SHOWN]:
            self._problems.addWidget(
                label(f"{problem.where}　{problem.message}", "body", wrap=True)
            )
        if len(problems) > MOST_SHOWN:
            self._problems.addWidget(label(f"另有 {len(problems) - MOST_SHOWN} 处", "muted"))

    # ── backup ───────────────────────────────────────────────────────────────────────────────
    def _ask_backup(self) -> None:
        stamp = self._context.desk.now().strftime("%Y%m%d-%H%M%S")
        name, _ = QFileDialog.getSaveFileName(
            self, "备份到", f"台账备份_{stamp}.zip", "台账备份 (*.zip)"
        )
        if not name:
            return
        self.backup.setEnabled(False)
        desk, target = self._context.desk, Path(name).with_suffix(".zip")
        self._context.tasks.long_work(
            self,
            "正在备份",
            lambda _report: backup(desk, target),
            self._show_backup,
            self._backup_failed,
        )

    def _backup_failed(self, error: Exception) -> None:
        self.backup.setEnabled(True)
        self._context.trouble(error)

    def _show_backup(self, made: BackupFile) -> None:
        self.backup.setEnabled(True)
        size = made.path.stat().st_size / 1_048_576
        self.saved.say(f"{made.path}（{size:.1f} MB）", "已备份")


def _left(made: Button) -> QHBoxLayout:
    row = box(QHBoxLayout())
    row.addWidget(made)
    row.addStretch()
    return row
