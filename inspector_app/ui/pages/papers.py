"""文书制作: the registers of papers, a new paper, one meeting of many parties, verification."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from inspector_app.domain.papers import Paper, PaperState
from inspector_app.services.paper_registers import (
    NO_RECEIPT,
    MissingRow,
    RegisterRow,
    ServiceRow,
)
from inspector_app.services.papers import discard_draft, start_draft
from inspector_app.ui.actions import Entry, Handler
from inspector_app.ui.bus import Changes
from inspector_app.ui.context import UiContext
from inspector_app.ui.page import Page
from inspector_app.ui.pages.papers_batch import PapersBatch
from inspector_app.ui.pages.papers_export import RegisterExport
from inspector_app.ui.pages.papers_meeting import MeetingPage
from inspector_app.ui.pages.papers_new import NewFor, NewPaper
from inspector_app.ui.pages.papers_registers import missing, papers, services
from inspector_app.ui.pages.papers_rows import state_key
from inspector_app.ui.pages.papers_verify import VerifyPanel
from inspector_app.ui.pages.papers_view import RegisterView
from inspector_app.ui.widgets.buttons import button, segments

TITLE, NEW_TITLE, MEETING_TITLE = "文书制作", "新文书", "集中约谈"
VIEWS = ("登记簿", "送达登记", "缺回证", "查验")
PROOF = "proof_of_service"


class PapersPage(Page):
    """`arg`: "new" starts a paper, NewFor one of a case, any other text filters the register."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context, TITLE)
        self._list_hint = ""
        self._build_head()
        self.stack = QStackedWidget()
        self.views = segments(VIEWS)
        self.views.chosen.connect(self.show_view)
        self.column.addWidget(self.views)
        self._build_views()
        self.new, self.meeting = NewPaper(context), MeetingPage(context)
        self.new.left.connect(self.show_register)
        self.new.made.connect(self._open_made)
        self.meeting.left.connect(self.show_register)
        self.meeting.made.connect(self._meeting_made)
        for one in (self.new, self.meeting):
            self.stack.addWidget(one)
        self.column.addWidget(self.stack, 1)

    def _build_head(self) -> None:
        self.export = self.context.actions.button("export", title="导出 Excel")
        self.meet = button("集中约谈", "", "people_20", clicked=self._show_meeting)
        self.new_button = self.context.actions.button("paper.new", "primary")
        self.forms = self.context.actions.button("page.forms")
        self.list_buttons = (self.forms, self.export, self.meet, self.new_button)
        for one in self.list_buttons:
            self.head.add(one)

    def _build_views(self) -> None:
        context = self.context
        self.register: RegisterView[RegisterRow] = RegisterView(context, papers(context))
        self.services: RegisterView[ServiceRow] = RegisterView(context, services(context))
        self.missing: RegisterView[MissingRow] = RegisterView(context, missing(context))
        self.verify = VerifyPanel(context)
        self.registers: tuple[RegisterView[Any], ...] = (self.register, self.services, self.missing)
        for one in (*self.registers, self.verify):
            self.stack.addWidget(one)
        self.exports = RegisterExport(context, self)
        self.batch = PapersBatch(context, self, self.register)
        self.register.opened.connect(lambda row: self.context.open_page("paper", row.id))
        self.services.opened.connect(lambda row: self.context.open_page("case", row.case_id))
        self.missing.opened.connect(lambda row: self.context.open_page("paper", row.paper_id))
        self.register.table.set_menu(self._menu)
        self.missing.table.set_menu(self._missing_menu)
        self.register.loaded.connect(self._count)
        self.register.empty_buttons = lambda: (self.context.actions.button("paper.new", "primary"),)

    # ── what the window calls ────────────────────────────────────────────────────────────────
    def show_for(self, arg: object) -> None:
        if arg == "new" or isinstance(arg, NewFor):
            self._show_new(arg.case_no if isinstance(arg, NewFor) else "")
        elif arg == "meeting":
            self._show_meeting()
        else:
            self.show_register()
            if isinstance(arg, str) and arg:
                self.register.search.set_text(arg)
        self._load()

    def refresh(self, changes: Changes) -> None:
        if not changes.touches():
            return
        self._load()
        for one in (self.new, self.meeting):
            if self.stack.currentWidget() is one:
                one.reload()

    def handlers(self) -> Mapping[str, Handler]:
        here: dict[str, Handler] = {"refresh": self._load}
        now = self.stack.currentWidget()
        if now is self.new:
            return here | {"back": self._back_to_register, "find": self.new.search.setFocus}
        if now is self.meeting:
            return here | {"back": self._back_to_register, "find": self.meeting.search.setFocus}
        here |= {"paper.new": self._show_new}
        view = self.view()
        if view is not None:
            here |= {"find": view.to_search, "export": self.ask_export}
        return here

    def first_focus(self) -> QWidget | None:
        now = self.stack.currentWidget()
        if now is self.new:
            return self.new.first_focus()
        if now is self.meeting:
            return self.meeting.search
        view = self.view()
        return view.table if view is not None else self.verify.first_focus()

    # ── which part is in view ────────────────────────────────────────────────────────────────
    def view(self) -> RegisterView[Any] | None:
        """The register in view, if it is one."""
        now = self.stack.currentWidget()
        return next((one for one in self.registers if one is now), None)

    def show_register(self) -> None:
        """The registers, the one that was in view before."""
        self.show_view(max(self.views.current(), 0))

    def show_view(self, number: int) -> None:
        """登记簿, 送达登记, 缺回证 or 查验."""
        self.views.set_current(number)
        self.stack.setCurrentIndex(number)
        self._show_part(TITLE, self._list_hint, listing=True)
        view = self.view()
        for one in self.list_buttons:
            one.setVisible(view is not None)  # 查验 has a primary button of its own
        if view is not None:
            view.load()
        if self.isVisible() and (first := self.first_focus()) is not None:
            first.setFocus()

    def _show_part(self, title: str, hint: str, *, listing: bool) -> None:
        self.head.set_title(title)
        self.head.set_hint(hint)
        self.views.setVisible(listing)
        for one in self.list_buttons:
            one.setVisible(listing)
        self.handlers_changed()

    def _back_to_register(self) -> None:
        self.show_register()

    def _show_new(self, case_no: str = "") -> None:
        self.stack.setCurrentWidget(self.new)
        self._show_part(NEW_TITLE, "已有的事实自动填入，制发时才编号", listing=False)
        self.new.open_for(case_no)

    def _show_meeting(self) -> None:
        self.stack.setCurrentWidget(self.meeting)
        words = "每个单位一份通知书，写在各自的案件里，核对后一起编号"
        self._show_part(MEETING_TITLE, words, listing=False)
        self.meeting.open_for()

    def _open_made(self, paper_id: str) -> None:
        self.show_register()
        self.context.open_page("paper", paper_id)

    def _meeting_made(self, made: list[Paper]) -> None:
        """The drafts stand in the register, ready to be looked at and numbered together."""
        self.show_view(0)
        self.register.clear()
        self.register.chips["state"].set_chosen(("draft",))
        self.register.chips["kind"].set_chosen((made[0].kind,))
        self.register.show_rows()
        self.context.done(f"已起草 {len(made)} 份，核对后选中一起编号制发")

    # ── reading ──────────────────────────────────────────────────────────────────────────────
    def _load(self) -> None:
        view = self.view()
        (view or self.register).load()

    def _count(self) -> None:
        rows = self.register.rows or ()
        drafts = sum(row.state is PaperState.DRAFT for row in rows)
        waiting = sum(state_key(row) == "unserved" for row in rows)
        self._list_hint = f"草稿 {drafts} 份，待送达 {waiting} 份，共 {len(rows)} 份"
        if self.views.isVisibleTo(self):
            self.head.set_hint(self._list_hint)

    # ── out ──────────────────────────────────────────────────────────────────────────────────
    def ask_export(self) -> None:
        """The register in view, as it is filtered: full, or masked to be sent."""
        entries = self.exports.entries(self.views.current())
        menu = self.context.actions.menu(self, entries)
        menu.popup(self.export.mapToGlobal(QPoint(0, self.export.height())))

    # ── rows ─────────────────────────────────────────────────────────────────────────────────
    def _menu(self, row: RegisterRow) -> QMenu:
        open_paper = Entry("打开", lambda: self.register.opened.emit(row), "folder_open_20")
        copy = Entry("复制所选行", self.register.table.copy_selection, "copy_20")
        entries: list[str | Entry | None] = [open_paper, copy]
        if row.case_id:
            case_id = row.case_id
            go = Entry("打开案件", lambda: self.context.open_page("case", case_id), "table_20")
            entries.insert(1, go)
        if row.state is PaperState.DRAFT:
            entries += [None, Entry("删除草稿", lambda: self._discard(row), "delete_20")]
        entries += self.register.entries()
        return self.context.actions.menu(self, entries)

    def _missing_menu(self, row: MissingRow) -> QMenu:
        case_id = row.case_id
        entries: list[str | Entry | None] = [
            Entry("打开", lambda: self.missing.opened.emit(row), "folder_open_20"),
            Entry("打开案件", lambda: self.context.open_page("case", case_id), "table_20"),
        ]
        if row.lacks == NO_RECEIPT:
            entries += [None, Entry("开具送达回证", lambda: self._prove(row), "receipt_20")]
        return self.context.actions.menu(self, entries)

    def _prove(self, row: MissingRow) -> None:
        desk = self.context.desk
        self.context.tasks.work(
            self,
            lambda: start_draft(desk, row.case_id, PROOF),
            lambda paper: self.context.open_page("paper", paper.id),
        )

    def _discard(self, row: RegisterRow) -> None:
        desk = self.context.desk
        self.context.tasks.work(
            self,
            lambda: discard_draft(desk, row.id),
            lambda _: self.context.done("已删除草稿"),
        )


def make(context: UiContext) -> Page:
    """The paper registers."""
    return PapersPage(context)
