"""期限: the running clocks of a case side by side, the past ones folded, each with its reason."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from inspector_app.services.case_sheet import CaseSheet
from inspector_app.services.clocks import CaseClock
from inspector_app.ui.context import UiContext
from inspector_app.ui.pages.case.clock_drop import ClockDrop
from inspector_app.ui.pages.case.clocks import (
    BESIDE,
    CARD_WIDTH,
    CHOSEN,
    EARLIER,
    FOLD,
    WHY,
    ClockCard,
    ClockFace,
    Key,
    PastLine,
    Shown,
)
from inspector_app.ui.theme.current import tokens
from inspector_app.ui.theme.scaling import box, fix
from inspector_app.ui.widgets.basic import clear_layout, label
from inspector_app.ui.widgets.buttons import button

GAP = 8
FOLD_WIDTH = 92
NONE = "没有正在计算的期限。"
Pair = tuple[Shown, ...]


def pairs_of(clocks: Sequence[CaseClock]) -> list[Pair]:
    """Clocks as cards: the office's own first; national and Henan terms of one matter together."""
    local = {(one.beside, one.start): one for one in clocks if one.beside}
    found: list[Pair] = []
    for clock in clocks:
        other = local.get((clock.rule, clock.start))
        if other is not None:
            found.append(_pair(clock, other))
        elif not clock.beside or not _has(clocks, clock.beside, clock):
            found.append((Shown(clock),))
    return sorted(found, key=lambda pair: (not pair[0].own, pair[0].clock.ends))


def _has(clocks: Sequence[CaseClock], rule: str, local: CaseClock) -> bool:
    return any(one.rule == rule and one.start == local.start for one in clocks)


def _pair(national: CaseClock, local: CaseClock) -> Pair:
    first, second = (local, national) if local.leading else (national, local)
    mark = EARLIER if first.ends <= second.ends else CHOSEN
    return Shown(first, mark), Shown(second, BESIDE)


class ClockStrip(QWidget):
    """A row of cards as many as fit; the button at its end unfolds the rest and the past."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._sheet: CaseSheet | None = None
        self._asked: Key | None = None
        self._unfolded = False
        self.cards: tuple[ClockCard, ...] = ()
        self.past: tuple[PastLine, ...] = ()
        self._rest: tuple[PastLine, ...] = ()
        row = box(QHBoxLayout(self), spacing=GAP)
        self._row = box(QHBoxLayout(), spacing=GAP)
        self.nothing = label(NONE, "muted")
        self.unfold = fix(button("", clicked=self.toggle), width=FOLD_WIDTH)
        self.unfold.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        row.addLayout(self._row, 1)
        row.addWidget(self.nothing)
        row.addWidget(self.unfold)
        row.addStretch()
        self.drop = ClockDrop(self)
        self.drop.left.connect(self._leave)
        self.why = self.drop.why
        self.why.folded.connect(self.dismiss)

    # ── showing ──────────────────────────────────────────────────────────────────────────────
    def show_sheet(self, sheet: CaseSheet) -> None:
        """Show the clocks of a case; a reason that was open stays open."""
        if self._sheet is None or self._sheet.case.id != sheet.case.id:
            self._asked, self._unfolded = None, False
        self._sheet = sheet
        clear_layout(self._row)
        clear_layout(self.drop.lines)
        pairs = pairs_of(sheet.clocks)
        self.cards = tuple(ClockCard(pair, self._ask) for pair in pairs)
        for card in self.cards:
            self._row.addWidget(card, len(card.faces))
        self._rest = tuple(PastLine(one, self._ask) for pair in pairs for one in pair)
        self.past = tuple(PastLine(one, self._ask) for one in _past(sheet.past_clocks))
        for line in (*self._rest, *self.past):
            self.drop.lines.addWidget(line)
        self.nothing.setVisible(not self.cards)
        self._fit()
        self._explain()

    def faces(self) -> list[ClockFace]:
        """Every running clock, in the order shown."""
        return [face for card in self.cards for face in card.faces]

    def face(self, rule: str) -> ClockFace:
        """The running clock of a rule."""
        return next(one for one in self.faces() if one.shown.clock.rule == rule)

    def minimumSizeHint(self) -> QSize:
        """One card: the others give way in a narrow window."""
        return QSize(tokens().px(CARD_WIDTH), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        self.drop.place()

    def rescale(self) -> None:
        """The room for cards follows the text size."""
        self._fit()

    def _fit(self) -> None:
        """Show as many cards as have room; what has none stands among the folded lines."""
        t = tokens()
        room = self.width() - t.px(FOLD_WIDTH + GAP)
        least, gap, taken, hidden = t.px(CARD_WIDTH + 2), t.px(GAP), 0, set[Key]()
        for card in self.cards:
            taken += least * len(card.faces) + (gap if taken else 0)
            fits = taken <= room or card is self.cards[0]
            card.setVisible(fits)
            hidden |= set() if fits else {face.shown.key for face in card.faces}
        for line in self._rest:
            line.setVisible(line.shown.key in hidden)
        self._tell(len(hidden))

    def _tell(self, hidden: int) -> None:
        count = hidden + len(self.past)
        self.unfold.setVisible(count > 0)
        parts = [f"其余 {hidden} 项"] if hidden else []
        parts += [f"已过 {len(self.past)} 项"] if self.past else []
        words = "、".join(parts)
        self.unfold.setText(FOLD if self._unfolded else "\n".join(parts))
        self.unfold.setAccessibleName(f"期限：{words}")
        self.unfold.setToolTip(f"{words}期限，点开看每一项和它的原因")

    def toggle(self) -> None:
        """Unfold the rest and the past, or fold them again."""
        self._unfolded = not self._unfolded
        self._fit()
        self._explain()

    # ── the reason ───────────────────────────────────────────────────────────────────────────
    def _ask(self, asked: ClockFace | PastLine) -> None:
        same = self._asked == asked.shown.key
        self._asked = None if same else asked.shown.key
        self._explain()

    def _explain(self) -> None:
        opened = None
        for one in self._all():
            is_open = one.shown.key == self._asked
            one.ask.setText(FOLD if is_open else WHY)
            opened = one.shown if is_open else opened
        if opened is not None and self._sheet is not None:
            terms = self._context.desk.library.terms
            self.why.explain(opened, self._sheet, terms.get(opened.clock.rule))
        self.drop.tell(listed=self._unfolded, reason=opened is not None)

    def dismiss(self) -> bool:
        """Esc: fold the open reason, else the list; False when neither is open."""
        asked = next((one for one in self._all() if one.shown.key == self._asked), None)
        if asked is None and not self._unfolded:
            return False
        if asked is None:
            self.toggle()
            self.unfold.setFocus()
            return True
        self._asked = None
        self._explain()
        asked.ask.setFocus()
        return True

    def _leave(self) -> None:
        """The keyboard went on: nothing may cover where it is now."""
        self._asked, self._unfolded = None, False
        self._fit()
        self._explain()

    def _all(self) -> list[ClockFace | PastLine]:
        return [*self.faces(), *self._rest, *self.past]


def _past(clocks: Sequence[CaseClock]) -> list[Shown]:
    """The latest first; which of a pair led still says itself."""
    shown = [Shown(one, "" if one.leading else BESIDE) for one in clocks]
    return sorted(shown, key=lambda one: one.clock.done_on or one.clock.ends, reverse=True)
