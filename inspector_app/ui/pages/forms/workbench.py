"""Kinds, editor and example side by side, and what passes between them and the worker."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.services.template_rows import FormRow, form_rows
from inspector_app.services.template_saving import setting_labels
from inspector_app.ui.context import UiContext, sentence_of
from inspector_app.ui.pages.form_slot import FormSlot
from inspector_app.ui.pages.forms.drafts import FormDrafts
from inspector_app.ui.pages.forms.editor import FormEditor
from inspector_app.ui.pages.forms.kinds_list import WIDTH, KindsList
from inspector_app.ui.pages.forms.reading import FormLook, FormNews, look_at, read_form
from inspector_app.ui.pages.forms.saving import DraftsForm, SaveForm
from inspector_app.ui.pages.forms.work import FormWork
from inspector_app.ui.preview import PdfPreview
from inspector_app.ui.tasks import Task
from inspector_app.ui.theme.scaling import box, fix
from inspector_app.ui.widgets.banners import Banner
from inspector_app.ui.widgets.basic import Panel, scrolling
from inspector_app.ui.widgets.buttons import button, segments

LOOK_MS = 300
ROOM_FOR_PREVIEW = 1040  # px at 100 %: below this the example gives way to the editor until F4


class Workbench(QWidget):
    """`hint` carries the words for the page's head; `changed` when what can be done changed."""

    hint = Signal(str)
    changed = Signal()

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self.work = FormWork()
        self.kept = FormDrafts(context.preferences)
        self.news: FormNews | None = None
        self.wanted = ""
        self._shown: bool | None = None
        self._room = True
        self._listing: Task[list[FormRow]] | None = None
        self._reading: Task[FormNews] | None = None
        self._looking: Task[FormLook] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._build()
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(lambda: self.editor.first_focus().setFocus())
        self.work.changed.connect(self._worked)
        self.editor.said.connect(context.say)

    def _build(self) -> None:
        row = box(QHBoxLayout(self), spacing=14)
        self.list = KindsList(self.unfinished)
        row.addWidget(fix(self.list, width=WIDTH))
        column = box(QVBoxLayout(), spacing=12)
        self.banner = Banner("info")
        self.banner.hide()
        self.slot = FormSlot((20, 16, 12, 16))
        self.slot.filled.connect(self._show_slot)
        self.slot.emptied.connect(self._show_slot)
        self._small = Panel((1, 1, 1, 1), 0)
        self._small.column.addWidget(scrolling(self.slot))
        self._small.hide()
        context = self._context
        self.editor = FormEditor(self.work, context.actions, setting_labels(context.desk))
        column.addWidget(self.banner)
        column.addWidget(self._small, 1)
        column.addWidget(self.editor, 1)
        row.addLayout(column, 56)
        self.preview = PdfPreview("预览")
        self.sample = segments(("例子", "最长的"))
        self.sample.chosen.connect(lambda _number: self.look())
        self.preview.add_to_bar(self.sample)
        row.addWidget(self.preview, 40)

    # ── room ─────────────────────────────────────────────────────────────────────────────────
    def fit(self, width: int) -> None:
        """Call from Page.fit with its width."""
        self._room = width >= ROOM_FOR_PREVIEW
        self._show_preview()
        QTimer.singleShot(0, self, self._keep_in_view)  # when the lists have their new height

    def _keep_in_view(self) -> None:
        for table in (self.list.table, self.editor.fields.table, self.editor.body.table):
            if table.currentIndex().isValid():
                table.scrollTo(table.currentIndex())

    def toggle_preview(self) -> None:
        """F4."""
        self._shown = not self.preview.isVisibleTo(self)
        self._show_preview()

    def _show_preview(self) -> None:
        self.preview.setVisible(self._room if self._shown is None else self._shown)

    # ── reading ──────────────────────────────────────────────────────────────────────────────
    def load(self) -> None:
        """Read the list of kinds."""
        if self._listing is not None:
            self._listing.forget()
        if not self.list.rows():
            self.list.states.show_loading()
        desk = self._context.desk
        self._listing = self._context.tasks.query(
            self, lambda: form_rows(desk), self._listed, self._not_listed
        )

    def _not_listed(self, error: Exception) -> None:
        self._listing = None
        self.list.states.show_error(sentence_of(error), self.load)

    def _listed(self, rows: list[FormRow]) -> None:
        self._listing = None
        self.list.show_rows(rows)
        wanted, self.wanted = self.wanted, ""
        if wanted:
            self.list.find_kind(wanted)
        self._choose(self.list.table.current_row())

    def _choose(self, row: object) -> None:
        if not isinstance(row, FormRow):
            return
        if row.id != self.work.kind_id:
            if not self.slot.may_leave():
                self.list.find_kind(self.work.kind_id)  # what is typed in the small form stays
                return
            self.read(row.id)
        self._tell_hint(row)

    def _tell_hint(self, row: FormRow) -> None:
        source = "本局" if row.own or row.added else "随程序"
        parts = [row.title, f"{source} {row.version}", f"{row.effective_from:%Y-%m-%d} 起"]
        parts += [f"{day:%Y-%m-%d} 起 {version}" for version, day in row.waiting]
        parts += ["有未存的改动"] if self.unfinished(row.id) else []
        self.hint.emit("　".join(parts))

    def unfinished(self, kind_id: str) -> bool:
        """Whether a kind's form has unsaved work."""
        if kind_id == self.work.kind_id:
            return self.work.is_changed()
        return self.kept.has(kind_id)

    def read(self, kind_id: str) -> None:
        """A form comes onto the desk; what is on it is kept first."""
        if not kind_id:
            return
        self.kept.keep(self.work)
        if self._reading is not None:
            self._reading.forget()
        desk = self._context.desk
        self._reading = self._context.tasks.query(
            self,
            lambda: read_form(desk, kind_id),
            self._arrived,
            lambda error: self.editor.checks.show_problem(sentence_of(error)),
        )

    def _arrived(self, news: FormNews) -> None:
        self._reading = None
        self.news = news
        self.editor.set_shipped(news.shipped, news.facts)
        if news.kind_id == self.work.kind_id:
            self.work.rebase(news.text)
        else:
            self.slot.take_away()
            self.work.load(news.kind_id, news.text, self.kept.text(news.kind_id))
            self.editor.refresh(anew=True)
        self._tell_drafts()
        self.look()

    def _tell_drafts(self) -> None:
        drafts = self.news.drafts if self.news else ()
        over = button("改用…", small=True, clicked=self.open_drafts)
        words = f"{len(drafts)} 份草稿仍用开始时的格式。" if drafts else ""
        self.banner.say(words, buttons=(over,) if drafts else ())

    # ── editing ──────────────────────────────────────────────────────────────────────────────
    def _worked(self) -> None:
        self.list.repaint_marks()
        row = self.list.table.current_row()
        if row is not None:
            self._tell_hint(row)
        self.editor.checks.show_waiting()
        self._timer.start()
        self.changed.emit()

    def can_undo(self) -> bool:
        """Whether a change can be taken back: not below a small form that was opened for it."""
        return self.slot.form is None and self.work.can_undo()

    def undo(self) -> None:
        """Take the last change of the form back."""
        self.work.undo()
        self.editor.refresh(anew=True)

    def edit_text(self, kind_id: str, text: str) -> None:
        """A form from a file is put on the desk as unsaved work."""
        if kind_id == self.work.kind_id:
            self.work.put(text)
            self.editor.refresh(anew=True)
            return
        self.kept.put(kind_id, text)
        self.list.find_kind(kind_id)

    def drop(self) -> None:
        """Give the unsaved work up; one step back brings it again."""
        self.work.put(self.work.base)
        self.editor.refresh(anew=True)
        self._context.toast("已放弃改动", self.undo)

    def look(self) -> None:
        """Check the text and draw it; an older look on its way is dropped."""
        self._timer.stop()
        if self._looking is not None:
            self._looking.forget()
        if not self.work.kind_id:
            return
        self.kept.keep(self.work)
        desk, kind_id, text = self._context.desk, self.work.kind_id, self.work.text
        longest = self.sample.current() == 1
        self._looking = self._context.tasks.query(
            self,
            lambda: look_at(desk, kind_id, text, longest=longest),
            self._show_look,
            self._not_looked,
        )

    def _show_look(self, look: FormLook) -> None:
        self._looking = None
        self.editor.show_report(look.report)
        if look.pdf is not None:
            self.preview.show_pdf(look.pdf)
        else:
            self.preview.show_notice("暂时排不出例子", "先改好下面列出的问题。")

    def _not_looked(self, error: Exception) -> None:
        self._looking = None
        self.editor.checks.show_problem(sentence_of(error))

    def looked(self) -> bool:
        """Whether the checks have seen the text as it stands."""
        return self._looking is None and not self._timer.isActive()

    # ── small forms ──────────────────────────────────────────────────────────────────────────
    def _show_slot(self) -> None:
        """A form in place of the editor, the example beside it; or only the editor again."""
        filled = self.slot.form is not None
        self.editor.setVisible(not filled)
        self._small.setVisible(filled)
        self.changed.emit()

    def save(self) -> None:
        """Open the form for a new version, or send the one that is open."""
        if self.slot.form is not None:
            self.slot.form.submit()
            return
        news, report = self.news, self.editor.checks.report
        if news is None or not self.work.is_changed():
            self._context.say("没有改动，不用存")
        elif report is None or not report.ok or not self.looked():
            self._context.say("检查全部通过以后才能存")
            self.editor.checks.table.setFocus()
        else:
            title = report.kind.title if report.kind else news.shipped.title
            made = SaveForm(self._context, news.kind_id, title, self.work.text, news.version)
            made.saved.connect(lambda _result: self._saved())
            self.slot.put(made)

    def _saved(self) -> None:
        """What was on the desk is a version now."""
        kind_id, text = self.work.kind_id, self.work.text
        self.kept.drop(kind_id)
        self.work.load(kind_id, text)
        self.read(kind_id)
        self.load()

    def open_drafts(self) -> None:
        """Which drafts go over to the form in force."""
        if self.news is not None and self.news.drafts:
            self.slot.put(DraftsForm(self._context, self.news.drafts))
