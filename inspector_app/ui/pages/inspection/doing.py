"""What is done on the inspection page: answers, evidence, head, completion, papers."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint

from inspector_app.domain.inspections import Answer, Evidence, Inspection
from inspector_app.domain.papers import Paper
from inspector_app.errors import UserError
from inspector_app.papers.context import RenderedPaper
from inspector_app.services.exports import blank_checklist
from inspector_app.services.inspection_papers import order_from, record_from
from inspector_app.services.inspections import answer, attach, change_inspection, detach, finish
from inspector_app.ui.actions import Entry
from inspector_app.ui.context import UiContext
from inspector_app.ui.file_places import fetch
from inspector_app.ui.pages.inspection.detail import paths_of
from inspector_app.ui.pages.inspection.reading import OrderTarget
from inspector_app.ui.print import ask_and_print

if TYPE_CHECKING:
    from inspector_app.ui.pages.inspection.page import InspectionPage


class InspectionDoing:
    """The hands of the inspection page; every change runs on the worker."""

    def __init__(self, context: UiContext, page: "InspectionPage") -> None:
        self._context, self._page = context, page

    def _visit(self) -> str:
        news = self._page.news
        return news.sheet.inspection.id if news is not None else ""

    # ── answers and evidence ─────────────────────────────────────────────────────────────────
    def answer(self, item_id: str, given: Answer, note: str) -> None:
        """Store an answer with its note."""
        desk, visit = self._context.desk, self._visit()
        self._context.tasks.work(
            self._page,
            lambda: answer(desk, visit, item_id, given, note),
            lambda _: self._page.say_saved(),
        )

    def attach(self, item_id: str, found: object) -> None:
        """Keep files as evidence of an item, one after the other; the first bad one is told."""
        desk, visit, paths = self._context.desk, self._visit(), paths_of(found)

        def keep() -> int:
            for path in paths:
                attach(desk, visit, item_id, path)
            return len(paths)

        def told(count: int) -> None:
            self._page.say_saved()
            self._context.done(f"{item_id} 已添加 {count} 份证据")

        self._context.tasks.work(self._page, keep, told)

    def detach(self, kept: object) -> None:
        """Take a file off; 撤销 brings it back."""
        if not isinstance(kept, Evidence):
            return
        desk, evidence = self._context.desk, kept
        self._context.tasks.work(
            self._page,
            lambda: detach(desk, evidence.id),
            lambda _: self._context.done(f"已移除 {evidence.name}"),
        )

    def fetch(self, kept: object) -> None:
        """Have a file of a colleague come with the exchange."""
        if isinstance(kept, Evidence):
            fetch(self._context, self._page, [kept.sha256])

    # ── head and completion ──────────────────────────────────────────────────────────────────
    def save_site(self, wanted: Inspection) -> None:
        """Store the head of the inspection."""
        desk = self._context.desk
        self._context.tasks.work(
            self._page,
            lambda: change_inspection(desk, wanted),
            lambda _: self._site_saved(),
            self._site_refused,
        )

    def _site_saved(self) -> None:
        self._page.site.saver.done(self._context.desk.now())
        self._page.say_saved()

    def _site_refused(self, error: Exception) -> None:
        if not self._page.site.refused(error):
            self._context.trouble(error)

    def finish(self) -> None:
        """Close the inspection; an open point is jumped to instead."""
        news = self._page.news
        if news is None or news.sheet.inspection.finished:
            return
        self._page.flush()
        desk, visit = self._context.desk, self._visit()
        self._context.tasks.work(
            self._page,
            lambda: finish(desk, visit),
            lambda _: self._context.done("检查已完成"),
            self._not_finished,
        )

    def _not_finished(self, error: Exception) -> None:
        self._context.trouble(error)
        if isinstance(error, UserError) and error.field:
            self._page.jump(error.field)

    # ── papers ───────────────────────────────────────────────────────────────────────────────
    def order(self) -> None:
        """限期改正指令书 out of the findings; with several units on the site it asks for whom."""
        news = self._page.news
        if news is None:
            return
        self._page.flush()
        targets = news.orders or (OrderTarget("", ""),)
        if len(targets) == 1:
            self.order_for(targets[0])
            return
        entries = [
            Entry(_words(one), partial(self.order_for, one), "document_edit_20") for one in targets
        ]
        menu, below = self._context.actions.menu(self._page, entries), self._page.order
        menu.popup(below.mapToGlobal(QPoint(0, below.height())))

    def order_for(self, target: OrderTarget) -> None:
        """Open the order of a unit, or make it."""
        if target.paper_id:
            self._context.open_page("paper", target.paper_id)
            return
        desk, visit = self._context.desk, self._visit()
        self._context.tasks.work(
            self._page, lambda: order_from(desk, visit, target.employer_id), self._open
        )

    def record(self) -> None:
        """现场检查笔录 out of the answers, or the one already made."""
        news = self._page.news
        if news is None:
            return
        self._page.flush()
        if news.record_id:
            self._context.open_page("paper", news.record_id)
            return
        desk, visit = self._context.desk, self._visit()
        self._context.tasks.work(self._page, lambda: record_from(desk, visit), self._open)

    def _open(self, paper: Paper) -> None:
        self._context.open_page("paper", paper.id)

    def print_blank(self) -> None:
        """Ctrl+P: the checklist of this inspection without answers, for the field."""
        news, desk = self._page.news, self._context.desk
        if news is None:
            return
        checklist = news.sheet.checklist

        def show(made: RenderedPaper) -> None:
            ask_and_print(self._context, made.pdf, checklist.title)

        self._context.tasks.query(self._page, lambda: blank_checklist(desk, checklist.id), show)


def _words(target: OrderTarget) -> str:
    who = f"{target.name}（{target.part}）" if target.part else target.name
    return f"打开给{who}的" if target.paper_id else f"给{who}"
