"""Who reported: covered until a reason is given, with everybody who has looked before."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.domain.access import AccessEntry
from inspector_app.services.access import reveal_clue
from inspector_app.services.clues import ClueSheet
from inspector_app.ui.context import UiContext
from inspector_app.ui.pages.case.lists import Line, Lines
from inspector_app.ui.pages.case.summary import facts_grid
from inspector_app.ui.pages.clue.brief import person_facts, statement
from inspector_app.ui.pages.reveal import ReasonDialog, Uncovered
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import label
from inspector_app.ui.widgets.buttons import button

SHOW, HIDE_AGAIN = "显示个人信息", "隐去个人信息"


class Reporter(QWidget):
    """The person with the eye button. `said` is what was reported, as far as it may be read."""

    said = Signal(str)

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._sheet: ClueSheet | None = None
        self._open: ClueSheet | None = None  # while who reported stands in the open
        self.dialog: ReasonDialog | None = None
        self.uncovered = Uncovered(self)
        self.uncovered.over.connect(self.cover)
        column = box(QVBoxLayout(self), spacing=12)
        line = box(QHBoxLayout(), spacing=8)
        line.addWidget(label("反映人", "sectionTitle"))
        line.addStretch()
        self.reveal = button(
            SHOW, "quiet", "eye_20", "要写理由；离开本页或者一分钟后隐去", self.toggle
        )
        line.addWidget(self.reveal)
        column.addLayout(line)
        self.person = facts_grid(3)
        self.no_person = label("没有登记反映人。", "muted")
        self.looks_title = label("查看记录", "sectionTitle")
        self.looks = Lines()
        for one in (self.person, self.no_person, self.looks_title, self.looks):
            column.addWidget(one)

    def show_news(self, sheet: ClueSheet, looks: Sequence[AccessEntry]) -> None:
        """Show the person of a clue and who looked; what is in the open stays so."""
        self._sheet = sheet
        self._show()
        self.looks_title.setVisible(bool(looks))
        self.looks.setVisible(bool(looks))
        self.looks.show_lines([_line(one) for one in looks], "")

    def _show(self) -> None:
        if self._sheet is None:
            return
        sheet, shown = self._sheet, self._open if self.uncovered.lasts() else None
        covered = statement(sheet)
        self.said.emit((shown.clue.statement if shown else covered) or "没有写内容。")
        people = person_facts(shown or sheet)
        self.person.show_facts(people)
        self.no_person.setVisible(not people)
        self.reveal.setVisible(bool(people) or covered != sheet.clue.statement)
        self.reveal.setText(HIDE_AGAIN if shown else SHOW)

    def toggle(self) -> None:
        """Show who reported once a reason is given, or cover it again."""
        if self.uncovered.lasts():
            self.cover()
            return
        self.dialog = ReasonDialog(self, "查看反映人", "查看", self._ask_for)
        self.dialog.open()

    def _ask_for(self, why: str) -> None:
        """The look is on record before anything is shown."""
        if self._sheet is not None:
            desk, clue_id = self._context.desk, self._sheet.clue.id
            self._context.tasks.work(self, lambda: reveal_clue(desk, clue_id, why), self._uncover)

    def _uncover(self, sheet: ClueSheet) -> None:
        if self._sheet is None or sheet.clue.id != self._sheet.clue.id or not self.isVisible():
            return
        self._open = sheet
        self.uncovered.begin()
        self._show()

    def cover(self) -> None:
        """Who reported is covered again."""
        self._open = None
        self.uncovered.end()
        self._show()

    def forget(self) -> None:
        """Another clue comes, or the page is left."""
        self.cover()
        self._sheet = None


def _line(one: AccessEntry) -> Line:
    when = f"{one.at.replace('T', ' ')}　{one.way.label}"
    return Line("eye_20", "info", f"{one.by_name}　{one.why}", when)
