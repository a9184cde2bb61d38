"""清偿主体: the facts an inspector ticks, and who answers for the wages by them."""

from collections.abc import Iterable

from PySide6.QtWidgets import QGridLayout

from inspector_app.domain.deciders.liability import UNPAID_PRICE, FactLine
from inspector_app.domain.rules import LiabilityRule
from inspector_app.services.case_sheet import CaseSheet
from inspector_app.services.deciders import SITUATION, Proposals
from inspector_app.ui.forms.form import Form
from inspector_app.ui.forms.lines import MoneyField
from inspector_app.ui.pages.case.proposals.card import Card, Doing, can
from inspector_app.ui.pages.case.proposals.lines import ReasonList, Way
from inspector_app.ui.pages.case.proposals.ticks import Tick, TickGroup, Ticks
from inspector_app.ui.pages.case.proposals.words import of_liability
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import label

BY_CHAIN = "没有勾选任何情形时，按参建单位预先勾选"
CHECK = "推论，请核对"


class LiabilityCard(Card):
    """Facts in two groups, the amount that limits an owner's duty, and the rows that apply."""

    def __init__(self, doing: Doing, ticks: Ticks) -> None:
        super().__init__(doing, "清偿主体", "people_20")
        self._ticks = ticks
        self.works = TickGroup(ticks, "工程情形")
        self.common = TickGroup(ticks, "一般情形")
        grid = box(QGridLayout(), spacing=16)
        grid.addWidget(self.works, 0, 0)
        grid.addWidget(self.common, 0, 1)
        for number in (0, 1):
            grid.setColumnStretch(number, 1)
        self.column.addLayout(grid)
        self.hint = label(BY_CHAIN, "caption", wrap=True)
        self.column.addWidget(self.hint)
        self.form = Form(8)
        self.price = MoneyField("price", "未结清的工程款（元）", hint="建设单位以此为限垫付")
        self.form.add(self.price)
        self.form.changed.connect(self._priced)
        self.form.submitted.connect(doing.keep)
        self.column.addWidget(self.form)
        self.result = ReasonList("由上到下，先列的负主要责任")
        self.column.addWidget(self.result)
        self.column.addWidget(self.needs)

    def _priced(self) -> None:
        value = self.price.value()
        self._ticks.set_price(value if isinstance(value, int) else None)

    def forget(self) -> None:
        self.price.set_value(None)

    # ── showing ──────────────────────────────────────────────────────────────────────────────
    def show_found(self, sheet: CaseSheet, found: Proposals) -> None:
        liability, library = found.liability, self.doing.context.desk.library
        inferred = any(map(self._is_inferred, liability.facts))
        self.say(of_liability(liability, inferred=inferred))
        able = can(sheet, SITUATION)
        works = [one for one in liability.facts if library.situation_facts[one.code].engineering]
        common = [one for one in liability.facts if one not in works]
        self.works.show_ticks([self._tick(one) for one in works], able=able)
        self.common.show_ticks([self._tick(one) for one in common], able=able)
        self.hint.setVisible(inferred)
        self._show_price(liability.facts, able=able)
        # Why facts are ticked beforehand stands beside their boxes.
        self.result.show_reasons(one for one in liability.reasons if one.basis or not inferred)
        self.show_needs(liability.missing, self._way(sheet, found))

    def _show_price(self, facts: Iterable[FactLine], *, able: bool) -> None:
        ticked = {one.code for one in facts if one.ticked}
        rules = self.doing.context.desk.library.liability.values()
        limited = is_limited(rules, ticked)
        self.form.setVisible(limited or self._ticks.price() is not None)
        if self.price.value() != self._ticks.price() and not self.price.editor.hasFocus():
            self.price.set_value(self._ticks.price())
        self.price.set_read_only(not able)

    def _is_inferred(self, one: FactLine) -> bool:
        """Whether a tick comes from the chain alone."""
        return one.ticked and one.code not in self._ticks.codes()

    def _tick(self, one: FactLine) -> Tick:
        """A fact, with the reason why the chain had it ticked."""
        note = f"{one.source}（{CHECK}）" if self._is_inferred(one) else ""
        return Tick(one.code, one.name, one.ticked, note)

    def _way(self, sheet: CaseSheet, found: Proposals) -> Way | None:
        facts, able = found.liability.facts, can(sheet, SITUATION)
        if able and any(map(self._is_inferred, facts)):
            shown = [one.code for one in facts if one.ticked]
            return Way("确认情形", lambda: self._ticks.confirm(shown))
        if sheet.project is not None and any("登记" in one for one in found.liability.missing):
            return self.doing.page("补登参建单位", "parties", f"project:{sheet.project.id}")
        if not self.form.isHidden() and self._ticks.price() is None:
            return Way("填写未结清的工程款", self.price.setFocus, inside=True)
        return None


def is_limited(rules: Iterable[LiabilityRule], ticked: Iterable[str]) -> bool:
    """Whether a row that applies is limited by the price that is still unpaid."""
    held = set(ticked)
    return any(one.limit == UNPAID_PRICE and set(one.needs) <= held for one in rules)
