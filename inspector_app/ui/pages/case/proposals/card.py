"""A card of 研判: what is proposed in one sentence, and below it, on demand, why."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.services.case_sheet import CaseSheet
from inspector_app.services.deciders import Proposals
from inspector_app.ui.context import UiContext
from inspector_app.ui.pages.case.moves import option_of
from inspector_app.ui.pages.case.next_step import Act, Do
from inspector_app.ui.pages.case.proposals.lines import Needs, Way
from inspector_app.ui.pages.case.proposals.words import Headline
from inspector_app.ui.theme.icons import IconLabel, icon
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import clear_layout, hair, label
from inspector_app.ui.widgets.buttons import Button, button, icon_button
from inspector_app.ui.widgets.pills import Pill


@dataclass(frozen=True, slots=True)
class Doing:
    """What a card reaches beyond itself: the next-step area, and a new reckoning."""

    context: UiContext
    do: Callable[[Act], object]
    again: Callable[[], object]  # something was typed or ticked
    keep: Callable[[], object]  # Ctrl+Enter in a field: store what was ticked

    def step(self, name: str, step: str) -> Way:
        """A button that opens the form of a step."""
        return Way(name, lambda: self.do(Act(name, Do.STEP, step)))

    def paper(self, name: str, kind: str) -> Way:
        """A button that begins a draft."""
        return Way(name, lambda: self.do(Act(name, Do.PAPER, kind)))

    def draft(self, name: str, paper_id: str) -> Way:
        """A button that goes on with a draft."""
        return Way(name, lambda: self.do(Act(name, Do.OPEN_PAPER, paper_id)))

    def tab(self, name: str, anchor: str) -> Way:
        """A button that goes to another tab of the case."""
        return Way(name, lambda: self.do(Act(name, Do.TAB, anchor)))

    def page(self, name: str, page: str, arg: str) -> Way:
        """A button that goes to another page."""
        return Way(name, lambda: self.context.open_page(page, arg))


def can(sheet: CaseSheet, step: str) -> bool:
    """Whether a step belongs to the stage of the case; its form says what it still lacks."""
    return option_of(sheet, step) is not None


class _Head(QWidget):
    """The folded card; a click anywhere on it unfolds."""

    def __init__(self, pressed: Callable[[], object]) -> None:
        super().__init__()
        self._pressed = pressed
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self._pressed()


class Card(QFrame):
    """Base of the cards; the subclasses put their content into `column` and know `show_found`."""

    def __init__(self, doing: Doing, title: str, icon_name: str) -> None:
        super().__init__()
        self.doing, self.title = doing, title
        self.setObjectName("panel")
        whole = box(QVBoxLayout(self), (14, 10, 10, 10), 0)
        head = _Head(self.toggle)
        row = box(QHBoxLayout(head), spacing=12)
        row.addWidget(IconLabel(f"{icon_name}_regular", "brand", 18, "brand_tint"))
        words = box(QVBoxLayout(), spacing=1)
        words.addWidget(label(title, "label"))
        self.headline = label("", "value", wrap=True)
        self.headline.setProperty("strong", "true")
        words.addWidget(self.headline)
        row.addLayout(words, 1)
        self.pill = Pill()
        row.addWidget(self.pill)
        self._help = box(QHBoxLayout())  # the button that helps, while the card is folded
        row.addLayout(self._help)
        self.fold = icon_button("chevron_down_20", "展开", self.toggle)
        row.addWidget(self.fold)
        whole.addWidget(head)
        self.body = QWidget()
        inner = box(QVBoxLayout(self.body), (0, 10, 4, 4), 12)
        inner.addWidget(hair())
        self.column = inner
        self.needs = Needs()
        self.way: Button | None = None
        whole.addWidget(self.body)
        self.body.hide()

    def show_found(self, sheet: CaseSheet, found: Proposals) -> None:
        """Show what is proposed now."""
        raise NotImplementedError

    def forget(self) -> None:
        """Another case: what was typed belongs to the last one."""

    def say(self, words: Headline) -> None:
        """Show the sentence and the pill."""
        self.headline.setText(words.text)
        self.pill.set_pill(words.pill, words.tone)
        self.pill.setVisible(bool(words.pill))
        self._name()

    def show_needs(self, missing: Iterable[str], way: Way | None) -> None:
        """What is missing, and the one thing that helps: it stands in the head when folded."""
        if way is not None:
            way = Way(way.label, partial(self._help_with, way))
        self.needs.show_needs(missing, way)
        clear_layout(self._help)
        self.way = button(way.label, "link", clicked=way.run) if way else None
        if self.way is not None:
            self.way.setVisible(not self.is_open())
            self._help.addWidget(self.way)

    def _help_with(self, way: Way) -> None:
        if way.inside:
            self.set_open(True)
        way.run()

    def is_open(self) -> bool:
        """Whether it is unfolded."""
        return not self.body.isHidden()

    def toggle(self) -> None:
        """Fold or unfold."""
        self.set_open(not self.is_open())

    def set_open(self, opened: bool) -> None:
        """Unfold or fold."""
        self.body.setVisible(opened)
        if self.way is not None:
            self.way.setVisible(not opened)
        self.fold.setIcon(icon("chevron_up_20" if opened else "chevron_down_20"))
        self._name()

    def _name(self) -> None:
        what = "收起" if self.is_open() else "展开"
        self.fold.setToolTip(what)
        parts = (self.title, self.headline.text(), self.pill.text(), what)
        self.fold.setAccessibleName("，".join(part for part in parts if part))
