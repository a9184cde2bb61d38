"""待处理: what waits for a decision or a look, one of them side by side at the right."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.services.choice_words import Choice
from inspector_app.services.choices import Standing
from inspector_app.services.looks import looked
from inspector_app.ui.context import UiContext
from inspector_app.ui.pages.shared.choice_view import ChoiceView
from inspector_app.ui.tables.columns import Column, Kind
from inspector_app.ui.tables.view import RowsTable
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import hair, scrolling
from inspector_app.ui.widgets.buttons import segments
from inspector_app.ui.widgets.states import StateStack

OPEN, OVER = range(2)
NOTHING = {
    OPEN: ("没有要处理的", "两处改了同一内容，改动被退回、不能上传时，列在这里。"),
    OVER: ("还没有处理过的冲突", "处理过的冲突连同理由一直留在这里。"),
}


class ChoicesView(QWidget):
    """Nothing is chosen by leaving; what was decided stays to be read."""

    def __init__(self, context: UiContext, decided: Callable[[], object]) -> None:
        super().__init__()
        self._context, self._decided = context, decided
        row = box(QHBoxLayout(self), spacing=0)
        left = box(QVBoxLayout(), spacing=0)
        bar = box(QHBoxLayout(), (14, 10, 14, 10))
        self.which = segments(("待处理", "已处理"))
        self.which.chosen.connect(lambda _which: self.show_now())
        bar.addWidget(self.which)
        bar.addStretch()
        left.addLayout(bar)
        left.addWidget(hair())
        column = Column[Choice](
            "待处理",
            lambda one: "　".join(part for part in (one.case_no, one.title) if part),
            240,
            Kind.TWO_LINE,
            stretch=True,
            sub=_kind_words,
        )
        self.list: RowsTable[Choice] = RowsTable((column,), lambda one: one.id, name="待处理")
        self.list.horizontalHeader().hide()
        self.list.chosen.connect(self._show_choice)
        left.addWidget(self.list, 1)
        row.addLayout(left, 2)
        row.addWidget(hair(vertical=True))
        self.choice = ChoiceView(context, self._decide, self._look)
        self.states = StateStack(scrolling(self.choice), "checkmark_circle_20")
        row.addWidget(self.states, 3)

    # ── showing ──────────────────────────────────────────────────────────────────────────────
    def rows(self) -> list[Choice]:
        """What is listed: what waits, or what was decided."""
        standing = self._context.exchange.standing
        if standing is None:
            return []
        return list(standing.choices if self.which.current() == OPEN else standing.over)

    def show_now(self) -> None:
        """Show the list as it is; the one that was read stays in view while it is there."""
        standing = self._context.exchange.standing
        self.which.set_names(_names(standing))
        rows = self.rows()
        self.list.show_rows(rows)
        if not rows:
            self.states.show_empty(*NOTHING[self.which.current()])
            return
        if self.list.currentIndex().row() < 0:
            self.list.selectRow(0)
        shown = self.choice.choice
        self._show_choice(next((one for one in rows if shown and one.id == shown.id), rows[0]))
        self.states.show_content()

    def show_case(self, case_id: str) -> None:
        """Bring what waits in a case to the front."""
        self.which.set_current(OPEN)
        self.show_now()
        found = next((one for one in self.rows() if one.root_id == case_id), None)
        if found is not None:
            self.list.select_key(found.id)

    def _show_choice(self, choice: Choice | None) -> None:
        if choice is not None:
            last = self._context.exchange.last
            self.choice.show_choice(choice, last.me if last else "")

    # ── doing ────────────────────────────────────────────────────────────────────────────────
    def _decide(self, choice: Choice, side: str, why: str) -> None:
        desk = self._context.desk
        # Loaded long ago: there are conflicts only after an exchange.
        from inspector_app.services.exchange import resolve

        self._context.tasks.work(
            self,
            lambda: resolve(desk, choice.id, side, why, seen=choice.mark),
            lambda _: self._decided(),
            self._refused,
        )

    def _refused(self, error: Exception) -> None:
        """What was shown may not stand there any more: look again."""
        self._context.trouble(error)
        self._context.exchange.look()

    def _look(self, choice: Choice) -> None:
        desk = self._context.desk
        self._context.tasks.work(
            self,
            lambda: looked(desk, choice.root_id),
            lambda _: self._context.done(f"已记下看过 {choice.case_no}".strip()),
        )


def _names(standing: Standing | None) -> tuple[str, str]:
    waiting = len(standing.choices) if standing else 0
    over = len(standing.over) if standing else 0
    return (f"待处理 {waiting}" if waiting else "待处理", f"已处理 {over}" if over else "已处理")


def _kind_words(choice: Choice) -> str:
    at = choice.at[:16].replace("T", " ")
    if choice.decision:
        return f"已处理　{at}"
    if choice.answered:
        return "已选定，等待同步"
    if choice.look is not None:
        return f"自动合并，看一眼　{at}"
    if choice.held:
        return f"暂不能上传　{at}"
    return f"{'被退回' if choice.refused else '两处都改了'}　{at}"
