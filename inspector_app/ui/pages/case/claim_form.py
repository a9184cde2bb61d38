"""One worker and what is owing: entered, changed, with the owing amount worked out as one types."""

from datetime import date

from inspector_app.domain.capital import capital
from inspector_app.domain.identity import check_id_number
from inspector_app.domain.money import yuan
from inspector_app.errors import UserError
from inspector_app.services.claim_repeats import REPEAT
from inspector_app.services.claims import (
    ClaimForm,
    ClaimRow,
    add_claims,
    remove_claim,
    save_claim,
)
from inspector_app.ui.context import UiContext
from inspector_app.ui.forms.lines import LineField, MoneyField
from inspector_app.ui.pages.case.inline import Call, InlineForm, fen_of, text_of
from inspector_app.ui.pages.case.months import MonthField
from inspector_app.ui.widgets.basic import label
from inspector_app.ui.widgets.buttons import button

_ANOTHER = "是另一笔，仍要添加"


class IdNumberField(LineField):
    """An identity number; what looks wrong is said but never stops the entry."""

    def __init__(self, key: str, name: str, today: date) -> None:
        self._today = today
        super().__init__(key, name, hint="18 位；看着不对也能保存，会有提示")

    def live_hint(self) -> str:
        if not self.text():
            return ""
        checked = check_id_number(self.text(), self._today)
        if checked.problem:
            return f"请核对：{checked.problem}"
        birth = f"{checked.birth.year}年生" if checked.birth else ""
        return "，".join(part for part in (checked.sex, birth, checked.hint) if part)


class ClaimEdit(InlineForm):
    """A new claim, or one that is listed already: what is covered in `row` stays unless typed."""

    def __init__(self, context: UiContext, case_id: str, row: ClaimRow | None = None) -> None:
        title = f"修改：{row.worker.name}" if row else "添加劳动者"
        super().__init__(context, title, "保存" if row else "添加")
        self._case_id, self._claim_row = case_id, row
        self._again = False  # said of what looks like a row listed before: it is another sum
        self._build()
        self.another = button(_ANOTHER, clicked=self._add_again)
        self.another.hide()
        self.add_beside(self.another)
        for key in ("name", "id_number", "period_from", "period_to"):
            self.form.fields[key].edited.connect(self.another.hide)
        if row is not None:
            self.form.set_values(_values(row))
            for key, known in _covered(row).items():
                field = self.form.fields[key]
                if known and isinstance(field, LineField):
                    field.edit.setPlaceholderText(f"{known}，不改就留空")
            remove = button("从名单删除", "danger", "delete_20", clicked=self._remove)
            self.add_beside(remove)
        self.owing = label("", "value", wrap=True)
        self.form.column.addWidget(self.owing)
        self.form.changed.connect(self._show_owing)
        self._show_owing()

    def _build(self) -> None:
        form = self.form
        form.add(
            LineField("name", "姓名", required=True, max_length=30),
            IdNumberField("id_number", "身份证号", self.context.today()),
        )
        form.add(LineField("phone", "电话"), LineField("trade", "工种"), LineField("crew", "班组"))
        form.add(MonthField("period_from", "欠薪起月"), MonthField("period_to", "欠薪止月"))
        form.add(
            MoneyField("due_fen", "应发（元）", required=True),
            MoneyField("paid_fen", "已发（元）"),
            MoneyField("withheld_fen", "代扣（元）"),
        )
        form.add(LineField("bank", "开户行"), LineField("bank_card", "银行卡号"))
        form.add(LineField("note", "备注"))

    def _show_owing(self) -> None:
        values = self.form.values()
        due, paid, held = (fen_of(values, k) for k in ("due_fen", "paid_fen", "withheld_fen"))
        owing = due - paid - held
        if owing < 0:
            self.owing.setText("已发与代扣之和超过应发，请核对。")
            return
        words = f"　大写：{capital(owing)}" if owing else ""
        self.owing.setText(f"欠发 {yuan(owing)} 元{words}")

    def call(self, values: dict[str, object]) -> Call:
        made = ClaimForm(
            name=text_of(values, "name"),
            due_fen=fen_of(values, "due_fen"),
            paid_fen=fen_of(values, "paid_fen"),
            withheld_fen=fen_of(values, "withheld_fen"),
            id_number=text_of(values, "id_number"),
            phone=text_of(values, "phone"),
            bank=text_of(values, "bank"),
            bank_card=text_of(values, "bank_card"),
            trade=text_of(values, "trade"),
            crew=text_of(values, "crew"),
            period_from=text_of(values, "period_from"),
            period_to=text_of(values, "period_to"),
            note=text_of(values, "note"),
            claim_id=self._claim_row.claim.id if self._claim_row else "",
        )
        desk, case_id, again = self.context.desk, self._case_id, self._again
        if made.claim_id:
            return lambda: save_claim(desk, made)
        return lambda: add_claims(desk, case_id, [made], again=again)

    def _add_again(self) -> None:
        """The same once more, as another sum; said for this one time only."""
        self._again = True
        self.submit()
        self._again = False

    def failed(self, error: Exception) -> None:
        """A row that seems to be listed already is added when the person says it is another sum."""
        if isinstance(error, UserError) and error.kind == REPEAT:
            self.send.setEnabled(True)
            self.say(f"{error.message}确是另一笔欠薪的，最好在备注写明是什么钱，再点“{_ANOTHER}”。")
            self.another.show()
            self.bring_into_view(self.another)
            return
        super().failed(error)

    def told(self, _result: object) -> str:
        return "已保存" if self._claim_row else "已添加劳动者"

    def _remove(self) -> None:
        if self._claim_row is None:
            return
        desk, claim_id = self.context.desk, self._claim_row.claim.id
        self.context.tasks.work(
            self, lambda: remove_claim(desk, claim_id), self._removed, self.failed
        )

    def _removed(self, _result: object) -> None:
        self.context.done("已从名单删除")
        self.closed.emit()


def _values(row: ClaimRow) -> dict[str, object]:
    claim, worker = row.claim, row.worker
    return {
        "name": worker.name,
        "trade": worker.trade,
        "crew": worker.crew,
        "period_from": claim.period_from or None,
        "period_to": claim.period_to or None,
        "due_fen": claim.due_fen,
        "paid_fen": claim.paid_fen or None,
        "withheld_fen": claim.withheld_fen or None,
        "bank": row.bank,
        "note": claim.note,
    }


def _covered(row: ClaimRow) -> dict[str, str]:
    return {"id_number": row.id_number, "phone": row.phone, "bank_card": row.bank_card}
