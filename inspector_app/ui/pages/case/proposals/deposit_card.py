"""工资保证金: the contract, the record of the general contractor, and the amount by steps."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector_app.domain.deciders import Reason
from inspector_app.domain.deciders.deposit import DepositProposal, DepositQuestion, Step
from inspector_app.domain.money import yuan
from inspector_app.services.case_sheet import CaseSheet
from inspector_app.services.deciders import Proposals
from inspector_app.ui.forms.choices import ChoiceField
from inspector_app.ui.forms.form import Form
from inspector_app.ui.forms.lines import IntegerField, MoneyField
from inspector_app.ui.pages.case.proposals.card import Card, Doing
from inspector_app.ui.pages.case.proposals.fines_card import TRY
from inspector_app.ui.pages.case.proposals.lines import Way, reason_line
from inspector_app.ui.pages.case.proposals.words import of_deposit
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import clear_layout, label

SETTINGS_GROUP = "保证金"
NO_CONTRACT = "项目的合同额未填"
YES_NO = (("yes", "有"), ("no", "没有"))


class Steps(QWidget):
    """The computation: each step with its source, and the amount it leaves at the right."""

    def __init__(self) -> None:
        super().__init__()
        column = box(QVBoxLayout(self), spacing=8)
        column.addWidget(label("计算过程", "label"))
        self._column = box(QVBoxLayout(), spacing=8)
        column.addLayout(self._column)
        self.shown: tuple[Step, ...] = ()
        self.hide()

    def show_steps(self, steps: tuple[Step, ...]) -> None:
        """Show these."""
        self.shown = steps
        clear_layout(self._column)
        for one in steps:
            reason = Reason(one.text, one.basis, one.inferred)
            self._column.addWidget(reason_line(reason, amount_words(one)))
        self.setVisible(bool(steps))


def amount_words(step: Step) -> str:
    """60,000.00–180,000.00; an open end is 不低于."""
    if step.high_fen is None:
        return f"不低于 {yuan(step.low_fen)}"
    if step.low_fen == step.high_fen:
        return yuan(step.low_fen)
    return f"{yuan(step.low_fen)}–{yuan(step.high_fen)}"


class DepositCard(Card):
    """Only for cases on a project; what the ledger knows stands in the fields already."""

    def __init__(self, doing: Doing) -> None:
        super().__init__(doing, "工资保证金", "building_multiple_20")
        self._edited = False
        self.column.addWidget(label(TRY, "label"))
        self.form = Form(8)
        self.form.add(
            MoneyField("contract_fen", "施工合同额（元）"),
            IntegerField("months", "工期（月）"),
        )
        self.form.add(
            IntegerField("clean_years", "连续没有欠薪的年数"),
            ChoiceField("managed", "实名制和专用账户", (("yes", "已落实"), ("no", "没有落实"))),
        )
        self.form.add(
            ChoiceField("other_projects", "同一地区其他在建工程", YES_NO),
            ChoiceField("arrears", "存储前有欠薪", YES_NO),
            ChoiceField("listed", "因欠薪被列入名单", YES_NO),
        )
        self.form.changed.connect(self._typed)
        self.form.submitted.connect(doing.keep)
        self.column.addWidget(self.form)
        self.steps = Steps()
        self.column.addWidget(self.steps)
        self.column.addWidget(self.needs)

    def _typed(self) -> None:
        self._edited = True
        self.doing.again()

    # ── what was typed ───────────────────────────────────────────────────────────────────────
    def question(self) -> DepositQuestion | None:
        """The contract as it stands in the fields; None while nobody has changed them."""
        contract = self._number("contract_fen")
        if not self._edited or not contract:
            return None
        return DepositQuestion(
            contract_fen=contract,
            other_projects=self._answer("other_projects"),
            clean_years=self._number("clean_years"),
            managed=self._answer("managed"),
            arrears=self._answer("arrears"),
            listed=self._answer("listed"),
            months=self._number("months"),
        )

    def _number(self, key: str) -> int | None:
        value = self.form.fields[key].value()
        return value if isinstance(value, int) else None

    def _answer(self, key: str) -> bool | None:
        return {"yes": True, "no": False}.get(str(self.form.fields[key].value()))

    def forget(self) -> None:
        self._edited = False
        self.form.set_values(dict.fromkeys(self.form.fields))

    # ── showing ──────────────────────────────────────────────────────────────────────────────
    def show_found(self, sheet: CaseSheet, found: Proposals) -> None:
        self.setVisible(sheet.project is not None)
        if sheet.project is None:
            return
        if not self._edited:
            self._fill(found.contract)
        deposit = found.deposit
        self.say(of_deposit(deposit))
        self.steps.show_steps(deposit.steps if deposit else ())
        missing = deposit.missing if deposit else (NO_CONTRACT,)
        self.show_needs(missing, self._way(deposit, sheet.project.id))

    def _fill(self, known: DepositQuestion | None) -> None:
        """What the ledger knows; the rest is for the inspector to say."""
        if known is None:
            return
        other = {True: "yes", False: "no", None: ""}[known.other_projects]
        self.form.set_values(
            {"contract_fen": known.contract_fen, "months": known.months, "other_projects": other}
        )

    def _way(self, deposit: DepositProposal | None, project_id: str) -> Way | None:
        if deposit is None:
            return self.doing.page("补填合同额", "parties", f"project:{project_id}")
        if any(text.startswith("“") for text in deposit.missing):
            return self.doing.page("去设置填写", "settings", SETTINGS_GROUP)
        return None
