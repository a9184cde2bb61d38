"""The forms of what is no step: payments of wages and to-dos."""

from datetime import date

from inspector_app.domain.claims import Payer
from inspector_app.domain.money import yuan
from inspector_app.domain.terms import weekday_text
from inspector_app.services.case_sheet import CaseSheet
from inspector_app.services.claims import SettlementForm, settle, settle_all
from inspector_app.services.todos import add_todo
from inspector_app.ui.context import UiContext
from inspector_app.ui.forms.choices import ChoiceField
from inspector_app.ui.forms.dates import DateField
from inspector_app.ui.forms.lines import LineField, MoneyField
from inspector_app.ui.pages.case.inline import Call, InlineForm, fen_of, text_of
from inspector_app.ui.widgets.basic import label


def day_of(values: dict[str, object], key: str, default: date) -> date:
    """A date value; the form has asked for it before."""
    value = values.get(key)
    return value if isinstance(value, date) else default


def _payer_field() -> ChoiceField:
    made = ChoiceField(
        "payer", "资金来源", [(one.value, one.label) for one in Payer], required=True
    )
    made.set_value(Payer.EMPLOYER.value)
    return made


class SettleAllForm(InlineForm):
    """全部清偿: all that is still owing was paid on one day."""

    def __init__(self, context: UiContext, sheet: CaseSheet) -> None:
        super().__init__(context, "登记清偿：全部付清", "登记全部清偿")
        self._case_id = sheet.case.id
        owing = [row for row in sheet.claims if row.owing_fen > 0]
        sums = f"{len(owing)} 名劳动者，共 {yuan(sum(row.owing_fen for row in owing))} 元"
        self.form.column.addWidget(label(sums, "value", wrap=True))
        day = DateField("paid_on", "支付日期", today=context.today, required=True)
        day.set_value(context.today())
        self.form.add(day)
        self.form.add(_payer_field())
        self.form.add(LineField("voucher", "支付凭证", placeholder="银行回单号等"))

    def call(self, values: dict[str, object]) -> Call:
        desk, payer = self.context.desk, Payer(text_of(values, "payer"))
        day, voucher = day_of(values, "paid_on", self.context.today()), text_of(values, "voucher")
        return lambda: settle_all(desk, self._case_id, day, payer, voucher)

    def told(self, result: object) -> str:
        count = len(result) if isinstance(result, list) else 0
        return f"已登记 {count} 笔清偿"


class SettleOneForm(InlineForm):
    """登记清偿 of one claim; what is owing stands there already."""

    def __init__(self, context: UiContext, sheet: CaseSheet, claim_id: str = "") -> None:
        super().__init__(context, "登记清偿：单笔", "登记清偿")
        self._case_id = sheet.case.id
        self._owing = {row.claim.id: row.owing_fen for row in sheet.claims if row.owing_fen > 0}
        names = [
            (row.claim.id, f"{row.worker.name}　尚欠 {yuan(row.owing_fen)}")
            for row in sheet.claims
            if row.owing_fen > 0
        ]
        self.who = ChoiceField("claim_id", "劳动者", names, required=True)
        self.amount = MoneyField("amount_fen", "清偿金额（元）", required=True)
        day = DateField("paid_on", "支付日期", today=context.today, required=True)
        day.set_value(context.today())
        self.form.add(self.who)
        self.form.add(self.amount)
        self.form.add(day)
        self.form.add(_payer_field())
        self.form.add(LineField("voucher", "支付凭证", placeholder="银行回单号等"))
        self.who.edited.connect(self._fill)
        if claim_id in self._owing:
            self.who.set_value(claim_id)
            self._fill()

    def _fill(self) -> None:
        self.amount.set_value(self._owing.get(str(self.who.value())))

    def call(self, values: dict[str, object]) -> Call:
        made = SettlementForm(
            claim_id=text_of(values, "claim_id"),
            amount_fen=fen_of(values, "amount_fen"),
            paid_on=day_of(values, "paid_on", self.context.today()),
            payer=Payer(text_of(values, "payer")),
            voucher=text_of(values, "voucher"),
        )
        desk = self.context.desk
        return lambda: settle(desk, self._case_id, [made])

    def told(self, _result: object) -> str:
        return "已登记清偿"


class TodoForm(InlineForm):
    """登记待办 with the day it is due."""

    def __init__(self, context: UiContext, sheet: CaseSheet) -> None:
        super().__init__(context, "登记待办", "登记待办")
        self._case_id = sheet.case.id
        self.form.add(
            LineField("title", "待办内容", required=True, placeholder="例如：核查整改情况")
        )
        self.form.add(
            DateField("due_on", "截止日期", today=context.today, required=True, note=self._weekday)
        )

    def _weekday(self, day: date) -> str:
        calendar = self.context.desk.library.calendar
        rest = calendar.known(day) and not calendar.is_working(day)
        return f"{weekday_text(day)}，不是工作日" if rest else weekday_text(day)

    def call(self, values: dict[str, object]) -> Call:
        desk, title = self.context.desk, text_of(values, "title")
        due = day_of(values, "due_on", self.context.today())
        return lambda: add_todo(desk, self._case_id, title, due)

    def told(self, _result: object) -> str:
        return "已登记待办"
