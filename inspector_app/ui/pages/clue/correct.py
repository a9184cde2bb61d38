"""Putting right what was registered wrongly, and taking back a conclusion that was wrong."""

from dataclasses import replace
from datetime import date

from inspector_app.domain.cases import Source
from inspector_app.domain.clues import Clue
from inspector_app.domain.money import yuan
from inspector_app.services.clue_changes import Corrected, correct_clue, form_of, reopen_clue
from inspector_app.services.clues import ClueForm, ClueSheet
from inspector_app.ui.context import UiContext
from inspector_app.ui.forms.choices import ChoiceField, TicksField
from inspector_app.ui.forms.dates import DateField
from inspector_app.ui.forms.lines import IntegerField, LineField
from inspector_app.ui.forms.texts import TextField
from inspector_app.ui.pages.case.claim_form import IdNumberField
from inspector_app.ui.pages.case.inline import Call, InlineForm, text_of
from inspector_app.ui.pages.case.months import MonthField
from inspector_app.ui.pages.cases_rows import counties
from inspector_app.ui.pages.clue.fields import CreditCodeField, WrittenAmountField
from inspector_app.ui.pages.clue.register import KEPT_OPEN

BLANK = "不改的留空"
# Fields whose value is the text of the form's field of that name.
_TEXTS = (
    "employer_name", "credit_code", "project_name", "employer_address", "scope", "cause",
    "amount_written", "period_from", "period_to", "outside_no", "statement", "person_name",
    "person_phone", "person_id_number", "person_address",
)  # fmt: skip


class CorrectForm(InlineForm):
    """修改: what is covered on the screen stays blank, and is only written where it is typed."""

    def __init__(self, context: UiContext, sheet: ClueSheet) -> None:
        super().__init__(context, "修改线索", "保存修改")
        self._clue_id = sheet.clue.id
        kept = sheet.person.confidential if sheet.person else True
        self._was = form_of(sheet.clue, confidential=kept)
        self.amount = WrittenAmountField("amount_written", "涉及金额", hint="按反映的原话写")
        self._add_fields()
        self._fill(kept)

    def _add_fields(self) -> None:
        context, form = self.context, self.form
        sources = [(one.value, one.label) for one in Source]
        form.add(LineField("employer_name", "用人单位", required=True))
        form.add(
            ChoiceField("source", "来源渠道", sources, required=True),
            ChoiceField("scope", "属地", counties(context.desk), required=True),
        )
        day = DateField("received_on", "接收日期", today=context.today, required=True)
        form.add(day, LineField("outside_no", "平台编号"), widths=(3, 2))
        form.add(
            LineField("cause", "案由", max_length=60),
            IntegerField("workers", "涉及人数"),
            widths=(3, 2),
        )
        form.add(self.amount)
        form.add(MonthField("period_from", "欠薪起月"), MonthField("period_to", "欠薪止月"))
        form.add(LineField("project_name", "工程项目"))
        form.add(CreditCodeField("credit_code", "统一社会信用代码"))
        form.add(LineField("employer_address", "单位地址"))
        form.add(TextField("statement", "反映的内容", lines=2, placeholder=BLANK))
        form.add(
            LineField("person_name", "反映人姓名", placeholder=BLANK),
            LineField("person_phone", "电话", placeholder=BLANK),
        )
        number = IdNumberField("person_id_number", "身份证号", context.today())
        number.edit.setPlaceholderText(BLANK)
        form.add(number)
        form.add(LineField("person_address", "住址或送达地址", placeholder=BLANK))
        secret = [(KEPT_OPEN, "对反映人的身份保密，不写进名单和文书")]
        form.add(TicksField("confidential", "保密", secret, why="监察条例第九条"))
        form.add(TextField("why", "修改理由", required=True, lines=2, hint="会留下记录"))

    def _fill(self, kept: bool) -> None:
        was, fields = self._was, self.form.fields
        for name in _TEXTS:
            fields[name].set_value(getattr(was, name) or None)
        if was.amount_fen is not None and not was.amount_written:
            self.amount.set_value(f"{yuan(was.amount_fen)}元")
        self._sum = self.amount.text()
        fields["source"].set_value(was.source.value)
        fields["received_on"].set_value(was.received_on)
        fields["workers"].set_value(was.workers)
        fields["confidential"].set_value((KEPT_OPEN,) if kept else ())

    def _now(self, values: dict[str, object]) -> ClueForm:
        received, workers = values["received_on"], values["workers"]
        texts = {name: text_of(values, name) for name in _TEXTS}
        # A sum nobody touched stays as it is: it may have been read from a list of 万元.
        same = self.amount.text() == self._sum
        if same:
            texts["amount_written"] = self._was.amount_written
        return replace(
            self._was,
            **texts,  # type: ignore[arg-type]  # every one of these is a text of the form
            source=Source(text_of(values, "source")),
            received_on=received if isinstance(received, date) else self._was.received_on,
            workers=workers if isinstance(workers, int) else None,
            amount_fen=self._was.amount_fen if same else self.amount.fen(),
            confidential=values["confidential"] == (KEPT_OPEN,),
        )

    def call(self, values: dict[str, object]) -> Call:
        desk, clue_id, was = self.context.desk, self._clue_id, self._was
        now, why = self._now(values), text_of(values, "why")
        return lambda: correct_clue(desk, clue_id, was, now, why)

    def told(self, result: object) -> str:
        changed = result.changed if isinstance(result, Corrected) else ()
        return f"已修改：{'、'.join(changed)}" if changed else "没有改动"


class ReopenForm(InlineForm):
    """重新打开: why the conclusion does not stand."""

    def __init__(self, context: UiContext, clue: Clue) -> None:
        super().__init__(context, "重新打开", "重新打开")
        self._clue_id = clue.id
        hint = "原来的结果和答复留在记录里"
        self.form.add(TextField("why", "理由", required=True, lines=3, hint=hint))

    def call(self, values: dict[str, object]) -> Call:
        desk, clue_id, why = self.context.desk, self._clue_id, text_of(values, "why")
        return lambda: reopen_clue(desk, clue_id, why)

    def told(self, result: object) -> str:
        return f"已重新打开{result.clue_no}" if isinstance(result, Clue) else "已重新打开"
