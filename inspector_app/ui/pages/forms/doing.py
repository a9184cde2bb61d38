"""What the page does besides editing: compare with the shipped form, packs in and out."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from inspector_app.domain.form_changes import FormChange
from inspector_app.errors import UserError
from inspector_app.library.pack_zip import PackHead
from inspector_app.services.template_packs import FormPackDiff, export_pack, pack_diff
from inspector_app.services.template_saving import changes_between, changes_from_shipped
from inspector_app.services.templates import form_text
from inspector_app.ui.context import UiContext
from inspector_app.ui.pages.forms.saving import day_of

ENDINGS = (".zip", ".toml")
PACKS = f"格式包或格式 ({' '.join(f'*{one}' for one in ENDINGS)})"


class FormDoing(QObject):
    """`compared` carries (changes, words), `pack_read` (file name, diff), `single` (kind, text)."""

    compared = Signal(object)
    version_read = Signal(object)  # (version, text, changes)
    pack_read = Signal(object)
    single = Signal(object)  # (kind, text) of one form.toml, to be edited here

    def __init__(self, context: UiContext, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page

    def compare(self, kind_id: str, text: str, words: str) -> None:
        """The text on the desk beside the shipped form."""
        desk = self._context.desk

        def told(changes: tuple[FormChange, ...]) -> None:
            self.compared.emit((changes, words))

        self._context.tasks.query(
            self, lambda: changes_from_shipped(desk, kind_id, text), told, self._failed
        )

    def look_back(self, kind_id: str, version: str) -> None:
        """One of the bureau's versions beside the form in force."""
        desk = self._context.desk

        def read() -> tuple[str, tuple[FormChange, ...]]:
            text = form_text(desk, kind_id, version)
            return text, changes_between(desk, form_text(desk, kind_id), text)

        self._context.tasks.query(
            self, read, lambda found: self.version_read.emit((version, *found)), self._failed
        )

    # ── packs ────────────────────────────────────────────────────────────────────────────────
    def choose_pack(self) -> None:
        """Ask for the file of a pack or of one form."""
        name, _ = QFileDialog.getOpenFileName(self._page, "导入格式包", "", PACKS)
        if name:
            self.open_pack(Path(name))

    def open_pack(self, path: Path) -> None:
        """Compare a pack with the forms in force; nothing changes yet."""
        desk = self._context.desk
        self._context.tasks.long_work(
            self,
            "正在检查格式包",
            lambda report: pack_diff(desk, path, report.progress, report.cancelled),
            lambda diff: self._read(path, diff),
            self._failed,
        )

    def _read(self, path: Path, diff: FormPackDiff) -> None:
        if diff.head is None and diff.forms[0].kind:
            self.single.emit((diff.forms[0].kind, diff.forms[0].text))
        else:
            self.pack_read.emit((path.name, diff))

    def ask_export(self, values: dict[str, object]) -> None:
        """Ask where, then write the bureau's forms in force as a pack."""
        version = str(values.get("version", ""))
        name, _ = QFileDialog.getSaveFileName(
            self._page, "导出格式包", f"文书格式_{version}.zip", "格式包 (*.zip)"
        )
        if not name:
            return
        desk, target = self._context.desk, Path(name)
        if target.suffix.lower() != ".zip":  # 格式_2026.1 ends in no file type
            target = target.with_name(f"{target.name}.zip")
        head = PackHead(version, day_of(values, "effective_from"), str(values.get("note") or ""))
        self._context.tasks.outside(
            self,
            lambda: export_pack(desk, target, head),
            lambda done: self._context.say(f"已导出 {len(done[1])} 种格式：{done[0].name}"),
            self._failed,
        )

    def _failed(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self._context.say(error.message)
        else:
            self._context.trouble(error)
