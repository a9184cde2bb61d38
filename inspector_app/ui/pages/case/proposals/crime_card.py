"""移送公安: amounts for each worker and for all, the order, what shows that pay is evaded."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from inspector_app.domain.deciders import Met, OrderState
from inspector_app.domain.deciders.crime import CrimeProposal, Evasion, Exit, WorkerTest
from inspector_app.domain.money import yuan
from inspector_app.services.case_sheet import CaseSheet
from inspector_app.services.deciders import SITUATION, Proposals
from inspector_app.ui.pages.case.proposals.card import Card, Doing, can
from inspector_app.ui.pages.case.proposals.fines_card import order_way
from inspector_app.ui.pages.case.proposals.lines import ReasonList, Way
from inspector_app.ui.pages.case.proposals.ticks import Tick, TickGroup, Ticks
from inspector_app.ui.pages.case.proposals.words import of_crime
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import clear_layout, hair, label
from inspector_app.ui.widgets.buttons import Button
from inspector_app.ui.widgets.pills import Pill

SHOWN = 6
GAP, PLACES = 3, (0, 1, 2, 4, 5)  # numbers stand at the right, words after a gap
HEADS = ("劳动者", "尚欠（元）", "月数", "河南标准", "全国幅度")
TONES = {Met.MET: "violet", Met.POSSIBLE: "neutral", Met.NOT: "neutral", Met.UNKNOWN: "warning"}


class WorkerRows(QWidget):
    """Each worker against the amount for one, those furthest first; the rest on demand."""

    def __init__(self) -> None:
        super().__init__()
        column = box(QVBoxLayout(self), spacing=4)
        self._grid = box(QGridLayout(), spacing=6)
        for number, share in zip(PLACES, (3, 3, 2, 3, 3), strict=True):
            self._grid.setColumnStretch(number, share)
        self._grid.setColumnStretch(GAP, 1)
        column.addLayout(self._grid)
        self.more = Button("", "link")
        self.more.clicked.connect(lambda _checked=False: self._toggle())
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self._tests: tuple[WorkerTest, ...] = ()
        self._all = False

    def show_tests(self, tests: Sequence[WorkerTest]) -> None:
        """Show these workers."""
        order = (Met.MET, Met.POSSIBLE, Met.UNKNOWN, Met.NOT)
        self._tests = tuple(
            sorted(
                tests,
                key=lambda one: (order.index(one.henan), order.index(one.national), -one.owing_fen),
            )
        )
        self._fill()

    def shown(self) -> tuple[WorkerTest, ...]:
        """The workers in view."""
        return self._tests if self._all else self._tests[:SHOWN]

    def _toggle(self) -> None:
        self._all = not self._all
        self._fill()

    def _fill(self) -> None:
        clear_layout(self._grid)
        heads = [label(head, "caption") for head in HEADS]
        self._add(0, heads)
        self._grid.addWidget(hair(), 1, 0, 1, PLACES[-1] + 1)
        for line, one in enumerate(self.shown(), 2):
            months = "未填" if one.months is None else str(one.months)
            words = [label(text, "body") for text in (one.worker, yuan(one.owing_fen), months)]
            pills = [Pill(met.label, TONES[met]) for met in (one.henan, one.national)]
            self._add(line, [*words, *pills])
        rest = len(self._tests) - SHOWN
        self.more.setText("只看前几人" if self._all else f"另有 {rest} 人，全部显示")
        self.more.setVisible(rest > 0)
        self.setVisible(bool(self._tests))

    def _add(self, line: int, cells: Sequence[QWidget]) -> None:
        for place, cell in zip(PLACES, cells, strict=True):
            right = place in (1, 2)
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            self._grid.addWidget(cell, line, place, side | Qt.AlignmentFlag.AlignVCenter)


class CrimeCard(Card):
    """Reasons, workers, ticks, and the way to send the case."""

    def __init__(self, doing: Doing, ticks: Ticks) -> None:
        super().__init__(doing, "移送公安（拒不支付劳动报酬）", "shield_checkmark_20")
        self._ticks = ticks
        self.reasons = ReasonList("三项条件")
        self.column.addWidget(self.reasons)
        self.workers = WorkerRows()
        self.column.addWidget(self.workers)
        self.column.addWidget(self.needs)
        self.evasion = TickGroup(ticks, "有证据证明")
        self.exits = TickGroup(ticks, "不移送、从宽的情形")
        grid = box(QGridLayout(), spacing=16)
        grid.addWidget(self.evasion, 0, 0)
        grid.addWidget(self.exits, 0, 1)
        for number in (0, 1):
            grid.setColumnStretch(number, 1)
        self.column.addLayout(grid)
        self.notes = ReasonList("从宽规定，供负责人参考")
        self.column.addWidget(self.notes)

    def show_found(self, sheet: CaseSheet, found: Proposals) -> None:
        crime, codes = found.crime, self._ticks.codes()
        self.say(of_crime(crime))
        self.reasons.show_reasons(crime.reasons)
        self.workers.show_tests(crime.worker_tests)
        self.show_needs(crime.missing, self._way(sheet, crime))
        able = can(sheet, SITUATION)
        shown = [Tick(one.value, one.label, one.value in codes) for one in Evasion]
        self.evasion.show_ticks(shown, able=able)
        ways_out = [Tick(one.value, one.label, one.value in codes) for one in Exit]
        self.exits.show_ticks(ways_out, able=able)
        self.notes.show_reasons(crime.notes)

    def _way(self, sheet: CaseSheet, crime: CrimeProposal) -> Way | None:
        if crime.ready:
            ready = can(sheet, "crime_report")
            return self.doing.step("登记移送呈报", "crime_report") if ready else None
        if crime.missing:
            return self.doing.tab("补填欠薪起止月", "claims")
        if not crime.amount_met:
            return None
        if crime.order is OrderState.NONE and not sheet.case.stage.ended:
            return order_way(self.doing, sheet)
        if crime.ordered_unheeded and not crime.evasion_shown:
            return Way("勾选证据", self._to_evasion, inside=True)
        return None

    def _to_evasion(self) -> None:
        first = next(iter(self.evasion.lines.values()), None)
        if first is not None:
            first.box.setFocus(Qt.FocusReason.TabFocusReason)
