"""One inspection: groups at the left, the items of a group, and what follows from the answers."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from inspector_app.domain.inspections import Answer
from inspector_app.domain.terms import date_text
from inspector_app.errors import UserError
from inspector_app.ui.actions import Handler
from inspector_app.ui.bus import Changes
from inspector_app.ui.context import UiContext, sentence_of
from inspector_app.ui.file_places import FilePlaces
from inspector_app.ui.page import Page
from inspector_app.ui.pages.inspection.doing import InspectionDoing
from inspector_app.ui.pages.inspection.groups import GroupsPanel
from inspector_app.ui.pages.inspection.items import ItemList
from inspector_app.ui.pages.inspection.reading import (
    SITE,
    VisitNews,
    grouped,
    read_visit,
    target_name,
)
from inspector_app.ui.pages.inspection.side import FindingsPanel
from inspector_app.ui.pages.inspection.site_form import SiteForm
from inspector_app.ui.tasks import Task
from inspector_app.ui.theme.scaling import box, fix
from inspector_app.ui.widgets.basic import Panel, hair, label, scrolling
from inspector_app.ui.widgets.buttons import button
from inspector_app.ui.widgets.states import StateStack

ROOM_FOR_FINDINGS = 1000  # px at 100 %: below this the findings give way until F4
KEYS = "↑↓ 换项　1–5 作答　N 备注　A 证据"


class InspectionPage(Page):
    """`arg` is the inspection's id."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context, "检查")
        self._id = ""
        self.news: VisitNews | None = None
        self._group = SITE
        self._saved_words = ""
        self._wanted: bool | None = None
        self._room = True
        self._task: Task[VisitNews] | None = None
        self.doing = InspectionDoing(context, self)
        self._build_head()
        self._build_body()

    # ── building ─────────────────────────────────────────────────────────────────────────────
    def _build_head(self) -> None:
        do = self.doing
        self.record = button("生成现场检查笔录", "", "document_text_20", clicked=do.record)
        self.order = button("生成限期改正指令书", "", "document_edit_20", clicked=do.order)
        self.finish = button("完成检查", "primary", "checkmark_20", "Ctrl+Enter", do.finish)
        for one in (self.record, self.order, self.finish):
            one.hide()
            self.head.add(one)

    def _build_body(self) -> None:
        body = QWidget()
        row = box(QHBoxLayout(body), spacing=14)
        self.groups = fix(GroupsPanel(), width=204)
        self.groups.chosen.connect(self._show_group)
        self.findings = fix(FindingsPanel(), width=320)
        self.findings.jump.connect(self.jump)
        row.addWidget(self.groups)
        row.addWidget(self._build_middle(), 1)
        row.addWidget(self.findings)
        self.states = StateStack(body, "clipboard_checkmark_20")
        self.column.addWidget(self.states, 1)

    def _build_middle(self) -> Panel:
        panel = Panel((1, 1, 1, 1), 0)
        head = box(QHBoxLayout(), (16, 12, 16, 12), 8)
        self.group_title = label("", "sectionTitle")
        self.keys = label(KEYS, "caption")
        head.addWidget(self.group_title)
        head.addStretch()
        head.addWidget(self.keys)
        panel.column.addLayout(head)
        panel.column.addWidget(hair())
        self.items = ItemList()
        self.items.answered.connect(self._answer)
        self.items.noted.connect(self._note)
        self.items.files.connect(self.doing.attach)
        self.items.removed.connect(self.doing.detach)
        self.items.wanted.connect(self.doing.fetch)
        self.places = FilePlaces(self.context, self)
        self.places.found.connect(self.items.show_places)
        self.items.beyond.connect(self._next_group)
        self.items.current_changed.connect(self._show_current)
        self.items.submitted.connect(self.doing.finish)
        self.site = SiteForm(self.doing.save_site)
        self.site.saver.said.connect(self._say_saved)
        self.site.submitted.connect(self.doing.finish)
        holder = QWidget()
        box(QVBoxLayout(holder), (20, 16, 20, 16)).addWidget(self.site)
        self.item_area: QScrollArea = scrolling(self.items)
        self.middle = QStackedWidget()
        self.middle.addWidget(self.item_area)
        self.middle.addWidget(scrolling(holder))
        panel.column.addWidget(self.middle, 1)
        return panel

    # ── what the window calls ────────────────────────────────────────────────────────────────
    def show_for(self, arg: object) -> None:
        if isinstance(arg, str) and arg and arg != self._id:
            self.flush()
            self._id, self.news, self._saved_words = arg, None, ""
            self.items.leave_current()
        self.load()

    def refresh(self, changes: Changes) -> None:
        if changes.touches():
            self.load()

    def leave(self) -> bool:
        self.flush()
        return True

    def flush(self) -> None:
        """Hand over what is typed: the note of the open item, the form of the site."""
        if (detail := self.items.detail()) is not None:
            detail.flush()
        self.site.saver.save_now()

    def place(self) -> object:
        return self._id or None

    def first_focus(self) -> QWidget | None:
        return self.items

    def handlers(self) -> Mapping[str, Handler]:
        here: dict[str, Handler] = {"detail": self._toggle_findings, "refresh": self.load}
        if self.news is not None:
            here |= {"print": self.doing.print_blank, "save": self.flush}
        return here

    def fit(self, width: int, height: int) -> None:  # noqa: ARG002 - every column scrolls
        self._room = width >= ROOM_FOR_FINDINGS
        self._show_findings()

    def _toggle_findings(self) -> None:
        self._wanted = not self.findings.isVisibleTo(self)
        self._show_findings()

    def _show_findings(self) -> None:
        self.findings.setVisible(self._room if self._wanted is None else self._wanted)

    # ── reading ──────────────────────────────────────────────────────────────────────────────
    def load(self) -> None:
        """Read the inspection again."""
        if not self._id:
            return
        if self._task is not None:
            self._task.forget()
        if self.news is None:
            self.states.show_loading()
        desk, visit = self.context.desk, self._id
        self._task = self.context.tasks.query(
            self, lambda: read_visit(desk, visit), self._arrived, self._failed
        )

    def _failed(self, error: Exception) -> None:
        self._task = None
        if isinstance(error, UserError) and error.kind == "not_found":
            to_list = button(
                "看全部检查", clicked=partial(self.context.open_page, "inspections", None)
            )
            self.states.show_empty("没有这次检查", error.message, (to_list,))
            return
        self.states.show_error(sentence_of(error), self.load)

    def _arrived(self, news: VisitNews) -> None:
        self._task = None
        fresh = self.news is None
        self.news = news
        if fresh:
            self._group = next(iter(grouped(news.sheet.lines)), SITE)
        self.groups.show_sheet(news.sheet)
        self.groups.table.select_key(self._group)
        self.findings.show_sheet(news.sheet)
        self.site.show_visit(news.sheet.inspection, news.people)
        self._fill_group("")
        self._show_head(news)
        self.states.show_content()
        if fresh and self.isVisible():
            self.items.setFocus()
        self.handlers_changed()

    def _show_head(self, news: VisitNews) -> None:
        visit = news.sheet.inspection
        self.head.set_title(target_name(news.sheet))
        self.finish.setVisible(not visit.finished)
        self.record.setVisible(True)
        self.order.setVisible(True)
        title_of = self.context.desk.library.title
        record, order = title_of("inspection_record"), title_of("rectification_order")
        self.record.setText(f"打开{record}" if news.record_id else f"生成{record}")
        made = [one for one in news.orders if one.paper_id]
        only = len(made) == len(news.orders) == 1
        self.order.setText(f"打开{order}" if only else f"生成{order}")
        can_order = bool(news.sheet.findings or made)
        self.order.setEnabled(can_order)
        self.order.setToolTip("" if can_order else "还没有不合格项")
        self._tell_hint()
        self.show_standing("inspection", visit.id)
        self.places.look(visit.id)

    def _tell_hint(self) -> None:
        if self.news is None:
            return
        visit = self.news.sheet.inspection
        people = "、".join(one.name for one in self.news.sheet.inspectors)
        state = "已完成，不能再改" if visit.finished else self._saved_words
        parts = [
            self.news.sheet.checklist.title,
            visit.kind.label,
            date_text(visit.on),
            people,
            self.news.case_no,
            state,
        ]
        self.head.set_hint("　".join(part for part in parts if part))

    # ── groups and items ─────────────────────────────────────────────────────────────────────
    def _show_group(self, title: str) -> None:
        if title != self._group:
            self._group = title
            self._fill_group("")

    def _fill_group(self, current: str) -> None:
        if self.news is None:
            return
        site = self._group == SITE
        self.middle.setCurrentIndex(1 if site else 0)
        self.group_title.setText(self._group)
        finished = self.news.sheet.inspection.finished
        self.keys.setVisible(not site and not finished)
        if site:
            self.items.leave_current()
            return
        lacking = {point.item_id for point in self.news.sheet.open_points}
        lines = grouped(self.news.sheet.lines)[self._group]
        self.items.show_group(lines, lacking, current, finished=finished)

    def jump(self, item_id: str) -> None:
        """Show an item, in whatever group it is."""
        if self.news is None:
            return
        for title, lines in grouped(self.news.sheet.lines).items():
            if any(line.item.id == item_id for line in lines):
                self._group = title
                self.groups.table.select_key(title)
                self._fill_group(item_id)
                self.items.setFocus()
                return

    def _next_group(self, step: int) -> None:
        if self.news is None:
            return
        groups = grouped(self.news.sheet.lines)
        titles = list(groups)
        at = titles.index(self._group) + step
        if 0 <= at < len(titles):
            lines = groups[titles[at]]
            self.jump(lines[0 if step > 0 else -1].item.id)

    def _show_current(self, item_id: str) -> None:
        # The card has its height only after the layout ran.
        QTimer.singleShot(0, self, lambda: self._scroll_to(item_id))

    def _scroll_to(self, item_id: str) -> None:
        card = self.items.cards.get(item_id)
        if card is not None:
            self.item_area.ensureWidgetVisible(card, 0, 0)

    # ── answers ──────────────────────────────────────────────────────────────────────────────
    def _answer(self, item_id: str, given: object) -> None:
        card = self.items.cards.get(item_id)
        if card is None or not isinstance(given, Answer):
            return
        detail = self.items.detail()
        note = str(detail.note.value()) if detail is not None else card.line.note
        self.doing.answer(item_id, given, note)

    def _note(self, item_id: str, note: str) -> None:
        card = self.items.cards.get(item_id)
        if card is not None:
            self.doing.answer(item_id, card.line.answer or Answer.UNCHECKED, note)

    def say_saved(self) -> None:
        """The head tells when the ledger took the last change."""
        self._say_saved(f"已自动保存 {self.context.desk.now():%H:%M}")

    def _say_saved(self, words: str) -> None:
        self._saved_words = words
        self._tell_hint()


def make(context: UiContext) -> Page:
    """The inspection page."""
    return InspectionPage(context)
