"""失信名单: whether the conditions hold, the days they lead to, and the ways off the list."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from inspector_app.domain.deciders.blacklist import ListDate, ListFact, ListProposal, TimeTable
from inspector_app.domain.law import TextLevel
from inspector_app.services.case_sheet import CaseSheet
from inspector_app.services.deciders import SITUATION, Proposals
from inspector_app.ui.forms.dates import DateField
from inspector_app.ui.forms.form import Form
from inspector_app.ui.pages.case.proposals.card import Card, Doing, can
from inspector_app.ui.pages.case.proposals.fines_card import TRY, order_way
from inspector_app.ui.pages.case.proposals.lines import UNSETTLED, DateLine, ReasonList, Way
from inspector_app.ui.pages.case.proposals.ticks import Tick, TickGroup, Ticks
from inspector_app.ui.pages.case.proposals.words import of_list
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import clear_layout, label

APART = "两套规定并列，不合并计算"


class Dates(QWidget):
    """Days in columns; those whose reason was open stay open."""

    def __init__(self, columns: int = 1) -> None:
        super().__init__()
        self._columns = columns
        self._grid = box(QGridLayout(self), spacing=8)
        for number in range(columns):
            self._grid.setColumnStretch(number, 1)
        self.lines: tuple[DateLine, ...] = ()

    def show_dates(self, dates: Sequence[ListDate]) -> None:
        """Show these."""
        opened = {line.shown.name for line in self.lines if not line.why.isHidden()}
        clear_layout(self._grid)
        self.lines = tuple(DateLine(one) for one in dates)
        for number, line in enumerate(self.lines):
            self._grid.addWidget(line, number // self._columns, number % self._columns)
            if line.shown.name in opened:
                line.toggle()
        self.setVisible(bool(self.lines))


class TableBox(QFrame):
    """One set of rules with its days."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("tile")
        column = box(QVBoxLayout(self), (12, 8, 12, 8), 4)
        self._title = label("", "fieldLabel")
        self._level = label("", "caption", wrap=True)
        self.dates = Dates()
        for one in (self._title, self._level, self.dates):
            column.addWidget(one)
        column.addStretch()

    def show_table(self, table: TimeTable) -> None:
        """Show it."""
        self._title.setText(table.name)
        full = table.level.startswith(TextLevel.FULL.label)
        self._level.setText(table.level if full else f"{UNSETTLED}（{table.level}）")
        self.dates.show_dates(table.rows)


class ListCard(Card):
    """Conditions, days, two sets of rules beside each other, and the facts to tick."""

    def __init__(self, doing: Doing, ticks: Ticks) -> None:
        super().__init__(doing, "失信联合惩戒名单", "flag_20")
        self._ticks = ticks
        self.reasons = ReasonList("列入条件")
        self.column.addWidget(self.reasons)
        self.dates = Dates(3)
        self.column.addWidget(self.dates)
        self._tables = box(QGridLayout(), spacing=12)
        self.tables: tuple[TableBox, ...] = (TableBox(), TableBox())
        for number, one in enumerate(self.tables):
            self._tables.addWidget(one, 0, number)
            self._tables.setColumnStretch(number, 1)
        self.column.addLayout(self._tables)
        self.apart = label(APART, "caption", wrap=True)
        self.column.addWidget(self.apart)
        self.column.addWidget(self.needs)
        self.facts = TickGroup(ticks, "情形")
        self.column.addWidget(self.facts)
        self.column.addWidget(label(TRY, "label"))
        self.form = Form(8)
        self.corrected = DateField(
            "corrected_on", "改正日期", today=doing.context.today, hint="未填的取登记的付清日期"
        )
        self.form.add(self.corrected)
        self.form.changed.connect(doing.again)
        self.form.submitted.connect(doing.keep)
        self.column.addWidget(self.form)

    def forget(self) -> None:
        self.corrected.set_value(None)

    def show_found(self, sheet: CaseSheet, found: Proposals) -> None:
        listing, codes = found.blacklist, self._ticks.codes()
        self.say(of_list(listing))
        self.reasons.show_reasons(listing.reasons)
        self.dates.show_dates(listing.dates)
        for number, shown in enumerate(self.tables):
            shown.setVisible(number < len(listing.tables))
        for shown, table in zip(self.tables, listing.tables, strict=False):
            shown.show_table(table)
        self.apart.setVisible(len(listing.tables) > 1)
        self.show_needs(listing.missing, self._way(sheet, listing))
        able = can(sheet, SITUATION)
        facts = [Tick(one.value, one.label, one.value in codes) for one in ListFact]
        self.facts.show_ticks(facts, able=able)

    def _way(self, sheet: CaseSheet, listing: ListProposal) -> Way | None:
        if listing.may_be_left_out and can(sheet, "list_drop"):
            return self.doing.step("登记不予列入", "list_drop")
        if listing.met and can(sheet, "list_notice"):
            return self.doing.step("登记拟列入告知", "list_notice")
        reached = listing.amount or listing.incident
        if reached and not listing.ordered_unheeded and can(sheet, "order"):
            return order_way(self.doing, sheet)
        return None
