"""工作日历: twelve months of a year, changed by hand or by the notice, saved with their source."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtWidgets import QStackedWidget, QWidget

from inspector_app.services.calendar_notice import NoticeRead
from inspector_app.services.office_calendar import ENTERED
from inspector_app.ui.actions import Handler
from inspector_app.ui.bus import Changes
from inspector_app.ui.context import UiContext, sentence_of
from inspector_app.ui.drops import FileDrops
from inspector_app.ui.page import Page
from inspector_app.ui.pages.calendar.draft import YearDraft
from inspector_app.ui.pages.calendar.forms import PasteForm, SaveForm, TakeBackYear
from inspector_app.ui.pages.calendar.grid import YearGrid
from inspector_app.ui.pages.calendar.reading import YearSheet, consequence, read_sheet
from inspector_app.ui.pages.calendar.side import Side
from inspector_app.ui.pages.calendar.taking import ENDINGS, NoticeFiles
from inspector_app.ui.pages.calendar.year_bar import YearBar
from inspector_app.ui.pages.form_slot import FormSlot
from inspector_app.ui.tasks import Task
from inspector_app.ui.widgets.banners import Banner
from inspector_app.ui.widgets.basic import Panel, hair, scrolling
from inspector_app.ui.widgets.buttons import button
from inspector_app.ui.widgets.split import ListAndDetail
from inspector_app.ui.widgets.states import StateStack

SIDE_WIDTH = 300
UNSAVED = "日历的改动还没有保存：Ctrl+S 保存，再按一次离开。"


class CalendarPage(Page):
    """`arg`: a year, or a date that is shown."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context, "工作日历")
        self.head.set_hint("方向键选日子，回车在上班、放假之间切换，Ctrl+S 保存")
        self._task: Task[YearSheet] | None = None
        self._sheet: YearSheet | None = None
        self._notice: NoticeRead | None = None
        self._source = ""
        self._day: date | None = None
        self._warned = False
        self.draft = YearDraft(context.today().year)
        self.files = NoticeFiles(context, self)
        FileDrops(self, ENDINGS, self.files.open)
        self.files.read.connect(lambda found: self._show_notice(*found))
        self.files.refused.connect(lambda words: self.notes.say(words, "没有读出来", "warning"))
        self.back_button = button("撤回本局录入", clicked=self.take_back)
        for made in (
            self.back_button,
            button("粘贴通知", "", "copy_20", "把通知全文贴进来", self.paste),
            button("从文件导入", "", "arrow_import_20", "文字、Word 或者表格", self.files.choose),
        ):
            self.head.add(made)
        self.split = ListAndDetail(self._build_year(), self._build_side(), SIDE_WIDTH)
        self.column.addWidget(self.split, 1)

    def _build_year(self) -> Panel:
        panel = Panel((1, 1, 1, 1), 0)
        self.bar = YearBar(self.context.actions)
        self.bar.chosen.connect(self._turn_to)
        panel.column.addWidget(self.bar)
        panel.column.addWidget(hair())
        self.notes = Banner("info", closable=True)
        self.notes.hide()
        panel.column.addWidget(self.notes)
        self.grid = YearGrid()
        self.grid.moved.connect(self._moved)
        self.grid.toggled.connect(self.toggle)
        self.grid.turned.connect(self.bar.turn)
        self.states = StateStack(scrolling(self.grid), "calendar_20")
        panel.column.addWidget(self.states, 1)
        return panel

    def _build_side(self) -> Panel:
        panel = Panel((1, 1, 1, 1), 0)
        self.side = Side()
        self.side.toggled.connect(self.toggle)
        self.side.named.connect(self._named)
        self.side.picked.connect(self.grid.go_to)
        self.side.save_asked.connect(self.save)
        self.side.drop_asked.connect(self.drop_changes)
        self.slot = FormSlot((16, 14, 12, 14))
        self.slot.filled.connect(self._show_form)
        self.slot.emptied.connect(self._show_year)
        self.stack = QStackedWidget()
        self.stack.addWidget(scrolling(self.side))
        self.stack.addWidget(scrolling(self.slot))
        panel.column.addWidget(self.stack, 1)
        return panel

    # ── what the window calls ────────────────────────────────────────────────────────────────
    def show_for(self, arg: object) -> None:
        year, self._day = self.draft.year, None
        if isinstance(arg, date):
            year, self._day = arg.year, date(arg.year, arg.month, arg.day)
        elif isinstance(arg, int):
            year = arg
        if year == self.draft.year and self._unsaved():
            return
        self._load(year)

    def refresh(self, changes: Changes) -> None:
        if changes.touches() and not self._unsaved():
            self._load(self.draft.year)

    def leave(self) -> bool:
        if not self._unsaved() or self._warned:
            self._warned = False
            return True
        self._warned = True
        self.context.say(UNSAVED)
        return False

    def place(self) -> object:
        return self.grid.cursor_day if self.grid.cursor_day.year > 1 else None

    def handlers(self) -> Mapping[str, Handler]:
        here: dict[str, Handler] = {"detail": self.split.toggle, "save": self.save}
        here["refresh"] = lambda: self._load(self.draft.year)
        if self.slot.form is not None:
            here |= {"back": self.slot.leave, "save": self.slot.form.submit}
        return here

    def first_focus(self) -> QWidget | None:
        return self.grid

    def fit(self, width: int, height: int) -> None:  # noqa: ARG002 - the months scroll
        self.split.fit(width)

    # ── reading ──────────────────────────────────────────────────────────────────────────────
    def _load(self, year: int) -> None:
        if self._task is not None:
            self._task.forget()
        if self._sheet is None:
            self.states.show_loading()
        desk = self.context.desk
        self._task = self.context.tasks.query(
            self,
            lambda: read_sheet(desk, year),
            self._show,
            lambda error: self.states.show_error(sentence_of(error), lambda: self._load(year)),
        )

    def _show(self, sheet: YearSheet) -> None:
        self._task, self._sheet, self._notice = None, sheet, None
        self._source = sheet.source
        self.notes.hide()
        self.draft = YearDraft.of(sheet.year, sheet.rows)
        self.bar.show_year(sheet.year, sheet.years)
        self.back_button.setVisible(sheet.origin == ENTERED)
        day, self._day = self._day, None
        self.grid.show_year(self.draft, self.context.today(), day)
        self._tell()
        self.states.show_content()

    def _tell(self) -> None:
        if self._sheet is not None:
            self.side.show_year(self._sheet, self.draft)
            self.side.show_day(self.grid.cursor_day, self.draft)
        self.grid.update()

    # ── turning to another year ──────────────────────────────────────────────────────────────
    def _turn_to(self, year: int) -> None:
        if year != self.draft.year and self.leave():
            self.slot.take_away()
            self._load(year)

    # ── changing days ────────────────────────────────────────────────────────────────────────
    def _unsaved(self) -> bool:
        return bool(self.draft.changed())

    def _moved(self, day: date) -> None:
        self.side.show_day(day, self.draft)

    def toggle(self, day: date) -> None:
        """A working day becomes a day off, a day off a working one; nothing is stored yet."""
        self.draft.toggle(day)
        self._warned = False
        self.slot.take_away()
        self._tell()

    def _named(self, name: str) -> None:
        day = self.grid.cursor_day
        if name != self.draft.name(day):
            self.draft.set_name(day, name)
            self._tell()

    def drop_changes(self) -> None:
        """Back to what is stored."""
        self.draft.drop()
        self._notice = None
        self.notes.hide()
        self.slot.take_away()
        self._tell()

    # ── forms ────────────────────────────────────────────────────────────────────────────────
    def paste(self) -> None:
        """The form for the text of a notice."""
        made = PasteForm(self.context, self.draft.year)
        made.saved.connect(lambda found: self._show_notice(*found))
        self.slot.put(made)

    def take_back(self) -> None:
        """The form for going back to what the program ships."""
        self.slot.put(TakeBackYear(self.context, self.draft.year))

    def save(self) -> None:
        """The form that asks for the source and shows which open cases move."""
        if not self._unsaved():
            self.context.say("没有改动")
            return
        problems = self._notice.problems if self._notice else ()
        desk, year, rows = self.context.desk, self.draft.year, tuple(self.draft.ordered())
        made = SaveForm(self.context, year, rows, self._source, problems)
        made.opened.connect(lambda case: self.context.open_page("case", case))
        made.saved.connect(lambda _saved: self._load(year))
        self.slot.put(made)
        self.context.tasks.query(
            made, lambda: consequence(desk, year, rows), made.show_consequence, made.failed
        )

    def _show_form(self) -> None:
        if not self.split.detail_shown():
            self.split.toggle()
        self.stack.setCurrentIndex(1)
        self.handlers_changed()

    def _show_year(self) -> None:
        """Back to the year in words."""
        self.stack.setCurrentIndex(0)
        self.handlers_changed()
        if self.isVisible():
            self.grid.setFocus()

    # ── a notice ─────────────────────────────────────────────────────────────────────────────
    def _show_notice(self, found: NoticeRead, source: str) -> None:
        """Turn to the year of the notice and put its days in place of those shown."""
        if found.year is None or not found.rows:
            self.notes.say("".join(found.problems), "没有读出来", "warning")
            return
        desk, year = self.context.desk, found.year

        def show(sheet: YearSheet) -> None:
            self._show(sheet)
            self._notice, self._source = found, source or sheet.source
            self.draft.replace(found.rows)
            self._tell()
            self._say_notice(found)

        self.context.tasks.query(self, lambda: read_sheet(desk, year), show)

    def _say_notice(self, found: NoticeRead) -> None:
        count = f"读出 {len(found.rows)} 天，有改动的日子带橙点。"
        if found.problems:
            told = "".join(found.problems)
            self.notes.say(
                f"{told}请在日历上改好。", f"{len(found.problems)} 处没有读懂", "warning"
            )
        else:
            self.notes.say(f"{count}{''.join(found.notes)}核对后保存。", "还没有保存", "info")


def make(context: UiContext) -> Page:
    """The working-day calendar."""
    return CalendarPage(context)
