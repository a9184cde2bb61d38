"""研判: what the law proposes for a case, read when the tab is shown and after each change."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.services.case_sheet import CaseSheet
from inspector_app.services.deciders import (
    SITUATION,
    Proposals,
    Typed,
    decide,
    record_situation,
    tickable,
)
from inspector_app.ui.context import UiContext, sentence_of
from inspector_app.ui.pages.case.next_step import Act
from inspector_app.ui.pages.case.proposals.card import Card, Doing, can
from inspector_app.ui.pages.case.proposals.crime_card import CrimeCard
from inspector_app.ui.pages.case.proposals.deposit_card import DepositCard
from inspector_app.ui.pages.case.proposals.fines_card import FinesCard
from inspector_app.ui.pages.case.proposals.liability_card import LiabilityCard
from inspector_app.ui.pages.case.proposals.lines import ReasonList
from inspector_app.ui.pages.case.proposals.list_card import ListCard
from inspector_app.ui.pages.case.proposals.pay_card import ExtraPayCard, SurchargeCard
from inspector_app.ui.pages.case.proposals.ticks import Ticks
from inspector_app.ui.pages.case.proposals.wage_card import WageCard
from inspector_app.ui.pages.case.proposals.words import HEAD
from inspector_app.ui.tasks import Task
from inspector_app.ui.theme.icons import IconLabel
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.banners import Banner
from inspector_app.ui.widgets.basic import label, scrolling
from inspector_app.ui.widgets.buttons import button
from inspector_app.ui.widgets.states import StateStack

ENDED = "本案已结案，情形不再登记"
UNFOLD, FOLD = "全部展开", "全部收起"


class SaveBar(QFrame):
    """Stands under the cards while something that was ticked is not stored."""

    def __init__(self, keep: Callable[[], object], revert: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("banner")
        self.setProperty("tone", "info")
        row = box(QHBoxLayout(self), (12, 8, 12, 8), 8)
        row.addWidget(IconLabel("info_20", "info_fg", 18))
        self.words = label("", "bannerText", wrap=True)
        row.addWidget(self.words, 1)
        self.revert = button("还原", clicked=revert, small=True)
        self.keep = button("保存勾选", "primary", tip="Ctrl+Enter", clicked=keep, small=True)
        row.addWidget(self.revert)
        row.addWidget(self.keep)
        self.hide()

    def say(self, text: str) -> None:
        """A sentence, "" for none."""
        self.words.setText(text)
        self.setVisible(bool(text))


class ProposalsPanel(QWidget):
    """Cards under one line that says who decides."""

    def __init__(self, context: UiContext, do: Callable[[Act], object]) -> None:
        super().__init__()
        self._context = context
        self._sheet: CaseSheet | None = None
        self._found: Proposals | None = None
        self._task: Task[Proposals] | None = None
        self._stale = self._warned = False
        self.ticks = Ticks()
        self.ticks.changed.connect(self._again)
        doing = Doing(context, do, self._again, self.save)
        self.fines = FinesCard(doing, self.ticks)
        self.liability = LiabilityCard(doing, self.ticks)
        self.crime = CrimeCard(doing, self.ticks)
        self.list = ListCard(doing, self.ticks)
        self.extra = ExtraPayCard(doing)
        self.surcharge = SurchargeCard(doing)
        self.wage = WageCard(doing)
        self.deposit = DepositCard(doing)
        self.cards: tuple[Card, ...] = (
            self.fines, self.liability, self.crime, self.list, self.extra, self.surcharge,
            self.wage, self.deposit,
        )  # fmt: skip
        self._build()

    def _build(self) -> None:
        whole = box(QVBoxLayout(self), (14, 0, 6, 6), 8)
        feed = QWidget()
        column = box(QVBoxLayout(feed), (0, 0, 6, 8), 10)
        top = box(QHBoxLayout(), spacing=8)
        top.addWidget(label(HEAD, "body", wrap=True), 1)
        self.unfold = button(UNFOLD, "link", clicked=self._unfold)
        top.addWidget(self.unfold, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(top)
        self.ended = Banner("neutral")
        self.ended.hide()
        column.addWidget(self.ended)
        self.notes = ReasonList()
        column.addWidget(self.notes)
        for card in self.cards:
            column.addWidget(card)
        column.addStretch()
        self.area = scrolling(feed)
        self.states = StateStack(self.area, "scales_20")
        whole.addWidget(self.states, 1)
        self.bar = SaveBar(self.save, self._revert)
        foot = box(QHBoxLayout(), (0, 0, 8, 0))
        foot.addWidget(self.bar)
        whole.addLayout(foot)

    # ── what the page calls ──────────────────────────────────────────────────────────────────
    def show_sheet(self, sheet: CaseSheet) -> None:
        """The case as it stands; it is judged when the tab is in view."""
        other = self._sheet is None or self._sheet.case.id != sheet.case.id
        self._sheet, self._stale = sheet, True
        if other:
            self._forget()
        if self.isVisible():
            self._read()

    def may_close(self) -> bool:
        """Whether leaving loses nothing; with ticks unsaved it warns once, then lets go."""
        if self._warned or not self.ticks.dirty():
            return True
        self._warned = True
        self.bar.say("勾选还没有保存：Ctrl+Enter 保存，再离开一次放弃。")
        return False

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._read()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.save()
            return
        super().keyPressEvent(event)

    # ── reading ──────────────────────────────────────────────────────────────────────────────
    def _forget(self) -> None:
        """Another case: nothing that was typed, ticked or unfolded belongs to it."""
        self._found, self._warned = None, False
        self.ticks.load(None, fresh=True)
        for card in self.cards:
            card.forget()
            card.set_open(False)
        self.bar.say("")
        self.area.verticalScrollBar().setValue(0)

    def typed(self) -> Typed:
        """Everything on the cards that is tried."""
        dirty = self.ticks.dirty()
        return Typed(
            acts=self.fines.acts(),
            ticked=self.ticks.codes() if dirty else None,
            unpaid_price_fen=self.ticks.price() if dirty else None,
            corrected_on=self.list.corrected.day(),
            unit_fen=self.fines.amount("unit_fen"),
            person_fen=self.fines.amount("person_fen"),
            confiscate_fen=self.fines.amount("confiscate_fen"),
            deposit=self.deposit.question(),
            paid_months=self.wage.months(),
        )

    def _again(self) -> None:
        """Something was typed or ticked: reckon anew."""
        self._warned = False
        self._tell()
        self._read()

    def _read(self) -> None:
        if self._sheet is None:
            return
        if self._task is not None:
            self._task.forget()
        if self._found is None:
            self.states.show_loading()
        self._stale = False
        desk, case_id, typed = self._context.desk, self._sheet.case.id, self.typed()
        self._task = self._context.tasks.query(
            self, lambda: decide(desk, case_id, typed), self._show, self._failed
        )

    def _failed(self, error: Exception) -> None:
        self._task = None
        self.states.show_error(sentence_of(error), self._read)

    def found(self) -> Proposals | None:
        """What is shown."""
        return self._found

    def _show(self, found: Proposals) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        self._task, self._found = None, found
        self.ticks.load(found.situation)
        for card in self.cards:
            card.show_found(sheet, found)
        self.notes.show_reasons(found.notes)
        self._tell()
        self.states.show_content()

    def _unfold(self) -> None:
        opened = self.unfold.text() == UNFOLD
        for card in self.cards:
            card.set_open(opened)
        self.unfold.setText(FOLD if opened else UNFOLD)

    # ── storing ──────────────────────────────────────────────────────────────────────────────
    def _tell(self) -> None:
        count = self.ticks.count()
        self.bar.say(f"{count} 处改动没有保存，以上按改动后的情形列出。" if count else "")
        ended = self._sheet is not None and not can(self._sheet, SITUATION)
        self.ended.say(ENDED if ended else "")

    def _revert(self) -> None:
        self.ticks.revert()
        self._again()

    def save(self) -> None:
        """Store what is ticked; a second press while it runs does nothing."""
        if self._sheet is None or not self.ticks.dirty() or not self.bar.keep.isEnabled():
            return
        self.bar.keep.setEnabled(False)
        desk, case_id, price = self._context.desk, self._sheet.case.id, self.ticks.price()
        codes = [code for code in tickable(desk) if code in self.ticks.codes()]
        self._context.tasks.work(
            self,
            lambda: record_situation(desk, case_id, codes, unpaid_price_fen=price),
            lambda _event: self._saved(),
            self._refused,
        )

    def _saved(self) -> None:
        self.bar.keep.setEnabled(True)
        self.ticks.settle()
        self._tell()
        self._context.done("已登记责任情形")

    def _refused(self, error: Exception) -> None:
        self.bar.keep.setEnabled(True)
        self._context.trouble(error)
