"""最低工资: what was paid in some months against the wage that applied in each of them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from inspector_app.domain.deciders.compensation import MonthGap, PaidMonth
from inspector_app.domain.money import yuan
from inspector_app.services.case_sheet import CaseSheet
from inspector_app.services.deciders import Proposals
from inspector_app.ui.forms.form import Form
from inspector_app.ui.forms.lines import MoneyField
from inspector_app.ui.pages.case.months import MonthField
from inspector_app.ui.pages.case.proposals.card import Card, Doing
from inspector_app.ui.pages.case.proposals.fines_card import TRY
from inspector_app.ui.pages.case.proposals.lines import ReasonList
from inspector_app.ui.pages.case.proposals.words import of_wage
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import clear_layout, hair, label

SETTINGS_GROUP = "最低工资"
MOST_MONTHS = 36  # what anybody compares by hand; a mistyped year must not make thousands of rows
HEADS = ("月份", "实发（元）", "标准（元）", "差额（元）")


def months_between(first: str, last: str) -> tuple[str, ...]:
    """YYYY-MM from the first to the last, both counted; nothing when they are the wrong way."""
    start, end = (int(one[:4]) * 12 + int(one[5:]) - 1 for one in (first, last))
    if end - start >= MOST_MONTHS:
        return ()
    return tuple(f"{n // 12:04d}-{n % 12 + 1:02d}" for n in range(start, end + 1))


class GapRows(QWidget):
    """Each month with what is short of the wage."""

    def __init__(self) -> None:
        super().__init__()
        column = box(QVBoxLayout(self))
        self._grid = box(QGridLayout(), spacing=6)
        column.addLayout(self._grid)
        self.hide()

    def show_gaps(self, gaps: Sequence[MonthGap]) -> None:
        """Show these months."""
        clear_layout(self._grid)
        for number, head in enumerate(HEADS):
            self._grid.setColumnStretch(number, 1)
            self._grid.addWidget(label(head, "caption"), 0, number, _side(number))
        self._grid.addWidget(hair(), 1, 0, 1, len(HEADS))
        for line, one in enumerate(gaps, 2):
            standard = "未查到" if one.standard_fen is None else yuan(one.standard_fen)
            gap = yuan(one.gap_fen) if one.gap_fen else "—"
            for number, text in enumerate((one.month, yuan(one.paid_fen), standard, gap)):
                self._grid.addWidget(label(text, "body"), line, number, _side(number))
        self.setVisible(bool(gaps))


def _side(number: int) -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft


class WageCard(Card):
    """Months and pay of one worker to try; each month meets the wage of its own time."""

    def __init__(self, doing: Doing) -> None:
        super().__init__(doing, "最低工资", "data_bar_vertical_20")
        self.column.addWidget(label(TRY, "label"))
        self.form = Form(8)
        self.first = MonthField("first", "起月", placeholder="2026-06")
        self.last = MonthField("last", "止月", hint="只有一个月的不填", check=self._order)
        self.paid = MoneyField("paid_fen", "每月实发（元）")
        self.form.add(self.first, self.last, self.paid)
        self.form.changed.connect(doing.again)
        self.form.submitted.connect(doing.keep)
        self.column.addWidget(self.form)
        self.gaps = GapRows()
        self.column.addWidget(self.gaps)
        self.reasons = ReasonList()
        self.column.addWidget(self.reasons)
        self.column.addWidget(self.needs)

    def _order(self, _value: object) -> str:
        bad = self.first.value() and self.last.value() and not self._months()
        return f"止月应在起月之后，最多 {MOST_MONTHS} 个月" if bad else ""

    def _months(self) -> tuple[str, ...]:
        first, last = self.first.value(), self.last.value() or self.first.value()
        if not isinstance(first, str) or not isinstance(last, str):
            return ()
        return months_between(first, last)

    def months(self) -> tuple[PaidMonth, ...]:
        """What was typed, month by month."""
        paid = self.paid.value()
        if not isinstance(paid, int):
            return ()
        return tuple(PaidMonth("", month, paid) for month in self._months())

    def forget(self) -> None:
        self.form.set_values(dict.fromkeys(self.form.fields))

    def show_found(self, _sheet: CaseSheet, found: Proposals) -> None:
        wage = found.minimum_wage
        self.say(of_wage(wage))
        self.gaps.show_gaps(wage.months if wage else ())
        self.reasons.show_reasons(wage.reasons if wage else ())
        unknown = wage is not None and wage.area_class is None
        way = self.doing.page("去设置选定", "settings", SETTINGS_GROUP) if unknown else None
        self.show_needs(wage.missing if wage else (), way)
