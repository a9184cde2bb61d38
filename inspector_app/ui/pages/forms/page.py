"""文书格式: kinds at the left, one form in three views in the middle, its example at the right."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from inspector_app.domain.form_changes import FormChange
from inspector_app.domain.templates import Template
from inspector_app.services.template_packs import FormPackDiff
from inspector_app.ui.actions import Entry, Handler
from inspector_app.ui.bus import Changes
from inspector_app.ui.context import UiContext
from inspector_app.ui.drops import FileDrops
from inspector_app.ui.page import Page
from inspector_app.ui.pages.forms.compare import CompareView
from inspector_app.ui.pages.forms.doing import ENDINGS, FormDoing
from inspector_app.ui.pages.forms.saving import AcceptForm, CopyForm, PackForm, ReturnForm, SaveForm
from inspector_app.ui.pages.forms.workbench import Workbench
from inspector_app.ui.widgets.buttons import button, icon_button

TITLE = "文书格式"
MOST_VERSIONS = 8


class FormsPage(Page):
    """`arg`: the id of a kind shows its form."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context, TITLE)
        self.doing = FormDoing(context, self)
        self._hint = ""
        self.bench = Workbench(context)
        self.comparing = CompareView()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.bench)
        self.stack.addWidget(self.comparing)
        self._build_head()
        self.column.addWidget(self.stack, 1)
        self._connect()
        self._show_state()

    def _build_head(self) -> None:
        self.undo_button = icon_button("arrow_undo_20", "撤销（Ctrl+Z）", self.bench.undo)
        self.compare_button = button("与随程序的比较", clicked=self.compare)
        self.more = icon_button("more_horizontal_20", "更多", self.open_menu)
        self.save_button = button("存为新版本", "primary", "save_20", "Ctrl+S", self.save)
        self.buttons = (self.undo_button, self.compare_button, self.more, self.save_button)
        for one in self.buttons:
            self.head.add(one)

    def _connect(self) -> None:
        self.bench.hint.connect(self._tell_hint)
        self.bench.changed.connect(self._show_state)
        self.comparing.left.connect(self.show_editor)
        self.comparing.changed.connect(self.handlers_changed)
        self.comparing.accepted.connect(self.accept)
        self.doing.compared.connect(lambda found: self._show_changes(*found))
        self.doing.pack_read.connect(lambda found: self._show_pack(*found))
        self.doing.single.connect(lambda found: self._edit_single(*found))
        self.doing.version_read.connect(lambda found: self._show_version(*found))
        self.comparing.base_wanted.connect(self._edit_version)
        FileDrops(self, ENDINGS, self.doing.open_pack)

    # ── what the window calls ────────────────────────────────────────────────────────────────
    def show_for(self, arg: object) -> None:
        if isinstance(arg, str) and arg:
            self.bench.wanted = arg
        self.bench.load()

    def refresh(self, changes: Changes) -> None:
        if changes.touches():
            self.bench.load()
            self.bench.read(self.bench.work.kind_id)

    def leave(self) -> bool:
        self.bench.kept.keep(self.bench.work)
        return self.bench.slot.may_leave() and self.comparing.slot.may_leave()

    def place(self) -> object:
        return self.bench.work.kind_id or None

    def handlers(self) -> Mapping[str, Handler]:
        here: dict[str, Handler] = {"refresh": self.bench.load, "save": self.save}
        if self._comparing():
            form = self.comparing.slot.form
            return here | {"back": self.comparing.slot.leave if form else self.show_editor}
        here |= {
            "find": self.bench.list.begin_search,
            "detail": self.bench.toggle_preview,
            "import": self.doing.choose_pack,
            "export": self.ask_export,
        }
        if self.bench.can_undo():
            here["undo"] = self.bench.undo
        if self.bench.slot.form is not None:
            here["back"] = self.bench.slot.leave
        return here

    def first_focus(self) -> QWidget | None:
        return self.comparing.table if self._comparing() else self.bench.list.table

    def fit(self, width: int, height: int) -> None:  # noqa: ARG002 - editor and page both scroll
        self.bench.fit(width)

    def _comparing(self) -> bool:
        return self.stack.currentWidget() is self.comparing

    # ── what can be done now ─────────────────────────────────────────────────────────────────
    def _tell_hint(self, words: str) -> None:
        self._hint = words
        if not self._comparing():
            self.head.set_hint(words)

    def _show_state(self) -> None:
        self.save_button.setEnabled(self.bench.work.is_changed())
        self.save_button.setVisible(self.bench.slot.form is None and not self._comparing())
        self.undo_button.setEnabled(self.bench.can_undo())
        self.handlers_changed()

    def save(self) -> None:
        """Ctrl+S: a new version of the form, or the pack that is shown."""
        if self._comparing():
            self.accept()
        else:
            self.bench.save()

    def open_menu(self) -> QMenu:
        """What else can be done."""
        row = self.bench.list.table.current_row()
        own = row is not None and (row.own or bool(row.waiting))
        added = row is not None and row.added
        changed = self.bench.work.is_changed() and self.bench.slot.form is None
        entries: list[str | Entry | None] = [
            Entry("导入格式包或格式", self.doing.choose_pack, "arrow_import_20"),
            Entry("导出格式包", self.ask_export, "arrow_export_20"),
            None,
            Entry("放弃未存的改动", self.bench.drop, "dismiss_20", changed),
            Entry("另存为新文种", self.open_copy, "copy_20", self.bench.work.kind() is not None),
            Entry(
                "停用这个文种" if added else "恢复随程序的格式",
                self.open_return,
                "arrow_undo_20",
                own,
            ),
        ]
        entries += self._version_entries()
        menu = self.context.actions.menu(self, entries)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))
        return menu

    def _version_entries(self) -> list[str | Entry | None]:
        """The bureau's versions of this form, the last ones first."""
        news = self.bench.news
        if news is None or not news.versions:
            return []
        made = [
            Entry(
                f"版本 {one.version}　{one.effective_from} 起　{one.state}",
                partial(self.doing.look_back, news.kind_id, one.version),
            )
            for one in news.versions[:MOST_VERSIONS]
        ]
        return [None, *made]

    def open_return(self) -> None:
        """Back to the shipped form from a day on."""
        news = self.bench.news
        if news is not None:
            title, added = news.shipped.title, bool(news.copy_of)
            made = ReturnForm(self.context, news.kind_id, title, added=added)
            self.bench.slot.put(made)

    def open_copy(self) -> None:
        """The form on the desk as a new kind of the bureau's own."""
        kind, work = self.bench.work.kind(), self.bench.work
        if kind is not None:
            made = CopyForm(self.context, kind.title, work.text, numbered=bool(kind.series))
            made.saved.connect(self._copied)
            self.bench.slot.put(made)

    def _copied(self, made: object) -> None:
        """The new kind is shown; what was unsaved has gone into it."""
        if isinstance(made, Template):
            work = self.bench.work
            work.load(work.kind_id, work.base)
            self.bench.wanted = made.kind
            self.bench.load()

    def ask_export(self) -> None:
        """A pack of the bureau's forms in force."""
        own = [row.title for row in self.bench.list.rows() if row.own]
        if not own:
            self.context.say("本局还没有自己的格式")
            return
        made = PackForm(self.context, own)
        made.saved.connect(lambda values: self.doing.ask_export(dict(values)))
        self.bench.slot.put(made)

    def _edit_single(self, kind_id: str, text: str) -> None:
        self.show_editor()
        self.bench.edit_text(kind_id, text)

    # ── differences ──────────────────────────────────────────────────────────────────────────
    def compare(self) -> None:
        """The form on the desk beside the shipped one, in words."""
        news, work = self.bench.news, self.bench.work
        if news is None:
            return
        if work.kind() is None:
            self.context.say("格式读不出，先在源文件里改好")
            return
        words = f"“原来”是随程序的 {news.shipped.version}，“改为”是现在编辑的格式。"
        self.doing.compare(news.kind_id, work.text, words)

    def _show_changes(self, changes: object, words: str) -> None:
        if isinstance(changes, tuple) and self.bench.news is not None:
            self.comparing.show_changes(changes, words)
            self._stand(f"{self.bench.news.shipped.title}与随程序的差别", f"{len(changes)} 处")

    def _show_pack(self, name: str, diff: FormPackDiff) -> None:
        self.comparing.show_pack(diff)
        self._stand("导入格式包", name)

    def _stand(self, title: str, hint: str) -> None:
        self.stack.setCurrentWidget(self.comparing)
        self.head.set_title(title)
        self.head.set_hint(hint)
        for one in self.buttons:
            one.hide()
        self.comparing.table.setFocus()
        self.handlers_changed()

    def show_editor(self) -> None:
        """Back to the editor."""
        self.stack.setCurrentIndex(0)
        self.head.set_title(TITLE)
        self.head.set_hint(self._hint)
        for one in self.buttons:
            one.show()
        self._show_state()
        if self.isVisible():
            self.bench.list.to_table()

    def _show_version(self, version: str, text: str, changes: tuple[FormChange, ...]) -> None:
        words = f"“原来”是现用的格式，“改为”是 {version}。"
        self.comparing.show_version(text, changes, words)
        self._stand(f"{self._title()} {version}", f"与现用的差别 {len(changes)} 处")

    def _title(self) -> str:
        return self.bench.news.shipped.title if self.bench.news else TITLE

    def _edit_version(self) -> None:
        """The version that is shown goes onto the desk as unsaved work."""
        text, kind_id = self.comparing.text, self.bench.work.kind_id
        self._edit_single(kind_id, text)

    def accept(self) -> None:
        """Ask for version, day and reason of what is shown, or send what was asked."""
        slot = self.comparing.slot
        made = self._asked()
        if slot.form is not None:
            slot.form.submit()
        elif made is not None:
            made.saved.connect(lambda _made: self.show_editor())
            slot.put(made)

    def _asked(self) -> AcceptForm | SaveForm | None:
        diff, text, news = self.comparing.diff, self.comparing.text, self.bench.news
        if diff is not None and self.comparing.accept.isEnabled():
            return AcceptForm(self.context, diff)
        if text and news is not None:
            return SaveForm(self.context, news.kind_id, self._title(), text, news.version)
        return None


def make(context: UiContext) -> Page:
    """The form editor."""
    return FormsPage(context)
