"""加付赔偿金, and the surcharge on a fine that was not paid in time."""

from inspector_app.domain.deciders import OrderState
from inspector_app.domain.deciders.compensation import ExtraPayProposal
from inspector_app.services.case_sheet import CaseSheet
from inspector_app.services.deciders import Proposals
from inspector_app.ui.pages.case.proposals.card import Card, Doing, can
from inspector_app.ui.pages.case.proposals.fines_card import order_way
from inspector_app.ui.pages.case.proposals.lines import ReasonList, Way
from inspector_app.ui.pages.case.proposals.words import of_extra_pay, of_surcharge


class ExtraPayCard(Card):
    """What goes to the workers on top of their wages once an order to pay has run out."""

    def __init__(self, doing: Doing) -> None:
        super().__init__(doing, "加付赔偿金", "money_20")
        self.reasons = ReasonList()
        self.column.addWidget(self.reasons)
        self.column.addWidget(self.needs)

    def show_found(self, sheet: CaseSheet, found: Proposals) -> None:
        extra = found.extra_pay
        self.say(of_extra_pay(extra))
        owing = extra.unpaid_fen > 0
        self.reasons.show_reasons(extra.reasons if owing else extra.reasons[:1])
        self.show_needs(extra.missing if owing else (), self._way(sheet, extra))

    def _way(self, sheet: CaseSheet, extra: ExtraPayProposal) -> Way | None:
        if not extra.unpaid_fen:
            return None if sheet.claims else self.doing.tab("登记劳动者", "claims")
        if extra.order is OrderState.UNHEEDED and can(sheet, "handling_notice"):
            return self.doing.step("登记处理告知", "handling_notice")
        if extra.order is OrderState.NONE and can(sheet, "order"):
            return order_way(self.doing, sheet)
        return None


class SurchargeCard(Card):
    """Shown only while a fine is overdue."""

    def __init__(self, doing: Doing) -> None:
        super().__init__(doing, "加处罚款", "receipt_20")
        self.reasons = ReasonList()
        self.column.addWidget(self.reasons)
        self.column.addWidget(self.needs)

    def show_found(self, _sheet: CaseSheet, found: Proposals) -> None:
        self.setVisible(found.surcharge is not None)
        if found.surcharge is not None:
            self.say(of_surcharge(found.surcharge))
            self.reasons.show_reasons(found.surcharge.reasons)
