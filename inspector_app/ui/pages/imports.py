"""导入: a list that others wrote, looked at before anything is entered, entered as one action."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.domain.money import yuan
from inspector_app.errors import UserError
from inspector_app.services.intake import (
    CancelledError,
    ImportOutcome,
    ImportPreview,
    preview_import,
    run_import,
)
from inspector_app.sheets.fields import Kind
from inspector_app.ui.actions import Handler
from inspector_app.ui.context import UiContext, sentence_of
from inspector_app.ui.drops import FileDrops
from inspector_app.ui.forms.choices import ChoiceField
from inspector_app.ui.page import Page
from inspector_app.ui.pages.imports_ask import ENDINGS, ImportAsk
from inspector_app.ui.pages.imports_outcome import OutcomeBox
from inspector_app.ui.pages.imports_preview import PreviewTabs
from inspector_app.ui.tasks import Report, Task
from inspector_app.ui.theme.scaling import box, fix
from inspector_app.ui.widgets.banners import Banner
from inspector_app.ui.widgets.basic import Elided, Panel, hair
from inspector_app.ui.widgets.buttons import button
from inspector_app.ui.widgets.drop import DropArea
from inspector_app.ui.widgets.states import StateStack

OF_A_CASE = (Kind.WORKERS, Kind.PAYMENTS)
NUMBERED = (Kind.CLUES, Kind.CASES)  # an import that draws numbers cannot be taken back


class ImportsPage(Page):
    """Choose a file, correct how it is read, enter it, see what became of each row."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context, "导入")
        self._ask = ImportAsk()
        self._preview: ImportPreview | None = None
        self._outcome: ImportOutcome | None = None
        self._task: Task[ImportPreview] | None = None
        self._running: Task[ImportOutcome | None] | None = None
        self._folder: Path | None = None
        FileDrops(self, ENDINGS, self.open_file)
        self.head.add(button("换一个文件", "", "folder_open_20", clicked=self.choose))
        self.result = OutcomeBox(context)
        self.result.hide()
        self.column.addWidget(self.result)
        self.drop = DropArea("把文件拖到这里，或点这里选择（xlsx、xls、ods、csv）", ENDINGS, "名单")
        self.drop.dropped.connect(self._dropped)
        self.states = StateStack(self._build_preview(), "table_20")
        start = QWidget()
        column = box(QVBoxLayout(start))
        column.addWidget(fix(self.drop, min_height=120))
        column.addStretch()
        self._start = start
        self.column.addWidget(start, 1)
        self.column.addWidget(self.states, 1)
        self.states.hide()

    def _build_preview(self) -> Panel:
        panel = Panel((1, 12, 1, 1), 8)
        top = QWidget()
        row = box(QHBoxLayout(top), (14, 0, 14, 0), 12)
        kinds = [(one.value, one.label) for one in Kind]
        self.kind = ChoiceField("kind", "名单种类", kinds)
        self.sheet = ChoiceField("sheet", "工作表")
        for field in (self.kind, self.sheet):
            field.edited.connect(self._asked_again)
            row.addWidget(fix(field, width=190))
        words = box(QVBoxLayout(), spacing=2)
        self.file = Elided("", "value")
        self.summary = Elided("", "body")
        self.target = Elided("", "caption")
        for one in (self.file, self.summary, self.target):
            words.addWidget(one)
        row.addLayout(words, 1)
        self.run_button = button("导入", "primary", "arrow_import_20", "Ctrl+S", self.run)
        row.addWidget(self.run_button)
        panel.column.addWidget(top)
        self.warning = Banner("warning")
        self.warning.hide()
        panel.column.addWidget(self.warning)
        panel.column.addWidget(hair())
        self.preview = PreviewTabs()
        self.preview.mapping.changed.connect(self._columns_changed)
        panel.column.addWidget(self.preview, 1)
        return panel

    # ── what the window calls ────────────────────────────────────────────────────────────────
    def show_for(self, arg: object) -> None:
        if not isinstance(arg, ImportAsk) or (arg == self._ask and self._preview is not None):
            return
        self._ask, self._preview, self._outcome = arg, None, None
        self.result.hide()
        kind = Kind(arg.kind)
        self.head.set_title(f"导入{kind.label}")
        self.head.set_hint(arg.case_words or "先看清楚每一行会变成什么，再导入；导入前不改台账")
        self.kind.set_value(arg.kind)
        if arg.path is not None:
            self.open_file(arg.path)
        else:
            self._show_start(at_start=True)

    def handlers(self) -> Mapping[str, Handler]:
        return {"import": self.choose, "save": self.run}

    def first_focus(self) -> QWidget | None:
        return self.run_button if self._preview is not None else self.drop

    def place(self) -> object:
        return self._ask

    def _show_start(self, *, at_start: bool) -> None:
        self._start.setVisible(at_start)
        self.states.setVisible(not at_start)

    # ── choosing a file ──────────────────────────────────────────────────────────────────────
    def choose(self) -> None:
        """Ask for a file."""
        pattern = " ".join(f"*{one}" for one in ENDINGS)
        name, _ = QFileDialog.getOpenFileName(self, "选择名单", "", f"名单 ({pattern})")
        if name:
            self.open_file(Path(name))

    def _dropped(self, paths: list[Path]) -> None:
        if paths:
            self.open_file(paths[0])

    def open_file(self, path: Path) -> None:
        """Read a file and show what it would bring."""
        self._ask = replace(self._ask, path=path)
        self._outcome = None
        self.result.hide()
        self._show_start(at_start=False)
        self.sheet.set_options(())
        self.sheet.set_value("")
        self._read()

    # ── reading ──────────────────────────────────────────────────────────────────────────────
    def _asked_again(self) -> None:
        """Another kind or sheet: the columns are guessed anew."""
        self._read()

    def _columns_changed(self) -> None:
        self._read(self.preview.mapping.columns())

    def _read(self, columns: dict[str, int] | None = None) -> None:
        path = self._ask.path
        if path is None:
            return
        if self._task is not None:
            self._task.forget()
        self.run_button.setEnabled(False)
        self.states.show_loading()
        desk, kind, sheet = self.context.desk, str(self.kind.value()), str(self.sheet.value())
        self._task = self.context.tasks.query(
            self,
            lambda: preview_import(desk, path, kind, sheet=sheet, columns=columns),
            self._show,
            self._failed,
        )

    def _failed(self, error: Exception) -> None:
        if isinstance(error, UserError) and error.field == "mapping" and self._preview is not None:
            self.states.show_content()
            self.warning.say(error.message)
            return
        self.states.show_error(sentence_of(error), self._read)

    def _show(self, preview: ImportPreview) -> None:
        self._task, self._preview = None, preview
        read = preview.read
        self.kind.set_value(preview.kind.value)
        self.sheet.set_options([(name, name) for name in preview.sheets])
        self.sheet.set_value(preview.mapping.sheet)
        self.file.set_full(preview.path.name)
        self.summary.set_full(
            f"{read.data_rows:,} 行数据：可导入 {len(read.accepted):,}，"
            f"退回 {len(read.rejected):,}，重复 {len(read.repeated):,}；"
            f"金额合计 {yuan(read.amount_sum_fen)} 元"
        )
        if self._folder is None:
            self._folder = preview.path.parent
        where = f"退回的行会另存到 {self._folder}" if read.rejected else ""
        self.target.set_full(where or self._ask.case_words)
        self._warn(preview)
        self.preview.show_preview(preview)
        self.states.show_content()

    def _warn(self, preview: ImportPreview) -> None:
        problem = self._problem(preview)
        self.run_button.setEnabled(not problem)
        notes = "".join(preview.read.notes)
        self.warning.say(problem or notes, tone="warning" if problem else "info")

    def _problem(self, preview: ImportPreview) -> str:
        """What keeps the list from being entered."""
        missing = preview.mapping.missing()
        if missing:
            return f"还缺{'、'.join(missing)}列：在“各列的含义”里指出是哪一列。"
        if preview.kind in OF_A_CASE and not self._names_case(preview):
            return "这份名单要导入到一件案件：请打开案件，在“劳动者”页导入，或在表中加“案件号”列。"
        return "" if preview.read.accepted else "没有可以导入的行。"

    def _names_case(self, preview: ImportPreview) -> bool:
        return bool(self._ask.case_id) or "case_no" in preview.mapping.columns

    # ── entering ─────────────────────────────────────────────────────────────────────────────
    def run(self) -> None:
        """Enter every row that is not known yet."""
        preview = self._preview
        if preview is None or not self.run_button.isEnabled():
            return
        desk, case_id, folder = self.context.desk, self._ask.case_id, self._folder
        self.run_button.setEnabled(False)

        def enter(report: Report) -> ImportOutcome | None:
            try:
                return run_import(
                    desk,
                    preview,
                    case_ref=case_id,
                    rejected_dir=folder,
                    progress=report.progress,
                    cancelled=report.cancelled,
                )
            except CancelledError:
                return None

        title = f"正在导入{preview.kind.label}"
        self._running = self.context.tasks.long_work(
            self, title, enter, lambda outcome: self._done(preview, outcome), self._not_entered
        )

    def _not_entered(self, error: Exception) -> None:
        self.run_button.setEnabled(True)
        if isinstance(error, UserError):
            self.warning.say(error.message, tone="warning")
        else:
            self.context.trouble(error)

    def _done(self, preview: ImportPreview, outcome: ImportOutcome | None) -> None:
        self._running = None
        if outcome is None:
            self.run_button.setEnabled(True)
            self.context.say("已停止，一行也没有导入")
            return
        self._outcome = outcome
        words = f"导入 {outcome.accepted:,} 行"
        if outcome.kind in NUMBERED or not outcome.accepted:
            self.context.say(words)
        else:
            self.context.done(words)
        self.result.show_outcome(outcome, preview, self._ask)

    def outcome(self) -> ImportOutcome | None:
        """What became of the last import."""
        return self._outcome


def make(context: UiContext) -> Page:
    """The import page."""
    return ImportsPage(context)
