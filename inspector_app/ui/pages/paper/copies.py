"""更多: copies beside the page on file — stamped 副本, for the public, blank to write on."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from inspector_app.domain.papers import PaperState
from inspector_app.services.issuing import pdf
from inspector_app.services.publication import PUBLISHED, blank_copy, public_copy
from inspector_app.ui.actions import Entry
from inspector_app.ui.context import UiContext
from inspector_app.ui.pages.paper.issued import title_of
from inspector_app.ui.pages.paper.reading import PaperNews
from inspector_app.ui.print import save_pdf

if TYPE_CHECKING:
    from inspector_app.ui.pages.paper.page import PaperPage


class PaperCopies:
    """Makes copies on the worker and asks where to keep them."""

    def __init__(self, context: UiContext, page: "PaperPage") -> None:
        self._context, self._page = context, page

    def entries(self, news: PaperNews) -> list[Entry | None]:
        """What the menu offers for this paper."""
        state, kind = news.sheet.paper.state, news.sheet.kind
        blank = Entry(f"{kind.title}空白版 PDF", lambda: self.blank(news), "document_20")
        if state is PaperState.DRAFT:
            return [blank]
        made: list[Entry | None] = []
        if state is PaperState.ISSUED:
            usual = "" if kind.id in PUBLISHED else "（本文种一般不公开）"
            made = [
                Entry("加盖“副本”的 PDF", lambda: self.stamped(news), "copy_20"),
                Entry(f"公开版 PDF{usual}", lambda: self.public(news), "eye_off_20"),
            ]
        return [*made, None, blank] if made else [blank]

    def stamped(self, news: PaperNews) -> None:
        """The page on file with 副本 in its corner."""
        desk, paper = self._context.desk, news.sheet.paper
        title = f"{title_of(paper, news.sheet.kind.title)}_副本"
        self._save(lambda: pdf(desk, paper.id, mark="副本"), title)

    def public(self, news: PaperNews) -> None:
        """Without anybody's data; what it says is looked at before it is published."""
        desk, paper = self._context.desk, news.sheet.paper
        title = f"{title_of(paper, news.sheet.kind.title)}_公开版"
        self._save(lambda: public_copy(desk, paper.id, any_kind=True).pdf, title)

    def blank(self, news: PaperNews) -> None:
        """The kind with nothing filled in."""
        desk, kind = self._context.desk, news.sheet.kind
        self._save(lambda: blank_copy(desk, kind.id).pdf, f"{kind.title}_空白版")

    def _save(self, make: Callable[[], bytes], title: str) -> None:
        self._context.tasks.query(
            self._page, make, lambda page: save_pdf(self._context, page, title)
        )
