"""Small forms of the rule browser: the bureau's own value, a discretion step, an official text."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from inspector_app.domain.bureau_law import DiscretionBand
from inspector_app.domain.law import Statute
from inspector_app.domain.term_rules import TermUnit
from inspector_app.services.bands import BandForm, add_band, change_band
from inspector_app.services.law_detail import ChosenValue, LawDetail
from inspector_app.services.rule_values import FIELD_WORDS, NO, YES
from inspector_app.services.rules import choose, take_back
from inspector_app.services.statutes import ImportedText, import_text
from inspector_app.ui.context import UiContext
from inspector_app.ui.forms.choices import ChoiceField
from inspector_app.ui.forms.dates import DateField
from inspector_app.ui.forms.field import FormField
from inspector_app.ui.forms.lines import LineField, MoneyField
from inspector_app.ui.forms.texts import TextField
from inspector_app.ui.pages.case.inline import Call, InlineForm, text_of
from inspector_app.ui.widgets.basic import label

OFF_HINT = "停用后不再计时、不再提示；随时可以撤回。"
WHY_HINT = "例如会议纪要、上级文件的名称和文号，记入留痕"


class ChoiceForm(InlineForm):
    """The bureau's own value for one field of a rule."""

    def __init__(self, context: UiContext, rule: LawDetail, field: str) -> None:
        super().__init__(context, f"{rule.code} {rule.name}", "采用")
        self._rule, self._field = rule.key, field
        pack = dict(rule.askable).get(field, "")
        before = next((one.own for one in rule.chosen if one.field == field), "")
        if field == "off":
            self.form.column.addWidget(label(OFF_HINT, "body", wrap=True))
        else:
            hint = f"规则包：{pack}" + (f"；本局现用：{before}" if before else "")
            self.form.add(self._value_field(field, hint))
        self.form.add(TextField("why", "理由", lines=2, required=True, hint=WHY_HINT))

    def _value_field(self, field: str, hint: str) -> FormField:
        name = f"本局的{FIELD_WORDS[field]}"
        if field == "unit":
            units = [(str(one.value), one.label) for one in TermUnit]
            return ChoiceField("value", name, units, required=True, hint=hint)
        if field == "rolling":
            answers = [(YES, "顺延到工作日"), (NO, "不顺延")]
            return ChoiceField("value", name, answers, required=True, hint=hint)
        return LineField("value", name, required=True, hint=hint, max_length=20)

    def call(self, values: dict[str, object]) -> Call:
        desk, rule, field = self.context.desk, self._rule, self._field
        value = YES if field == "off" else text_of(values, "value")
        why = text_of(values, "why")
        return lambda: choose(desk, rule, field, value, why)

    def told(self, _result: object) -> str:
        return "已停用，可以撤回" if self._field == "off" else "已采用本局口径"


class TakeBackForm(InlineForm):
    """Going back to what the pack says."""

    def __init__(self, context: UiContext, rule: LawDetail, chosen: ChosenValue) -> None:
        super().__init__(context, f"撤回本局的{chosen.label}", "撤回")
        self._rule, self._field = rule.key, chosen.field
        words = f"{rule.code} {rule.name}：由“{chosen.own}”恢复为规则包的“{chosen.pack}”。"
        self.form.column.addWidget(label(words, "body", wrap=True))
        self.form.add(TextField("why", "理由", lines=2, required=True, hint="记入留痕"))

    def call(self, values: dict[str, object]) -> Call:
        desk, rule, field, why = self.context.desk, self._rule, self._field, text_of(values, "why")
        return lambda: take_back(desk, rule, field, why)

    def told(self, _result: object) -> str:
        return "已恢复规则包的取值"


class BandEditor(InlineForm):
    """One step of the discretion standard of a violation, new or corrected."""

    def __init__(self, context: UiContext, rule: LawDetail, band: DiscretionBand | None) -> None:
        title = "修改裁量档次" if band else "添加裁量档次"
        super().__init__(context, title, "保存" if band else "添加")
        self._code, self._band = rule.key, band
        act = context.desk.library.violations[rule.key]
        self.form.column.addWidget(label(f"{rule.code} {rule.name}", "body", wrap=True))
        self.form.column.addWidget(label(f"法定幅度：{rule.value}", "caption", wrap=True))
        self.form.add(LineField("name", "档次", required=True, hint="例如：轻微、一般、严重",
                                max_length=20))  # fmt: skip
        self.form.add(TextField("condition", "适用情形", lines=2, required=True))
        if act.unit_fine:
            self.form.add(MoneyField("low_fen", "单位下限（元）"),
                          MoneyField("high_fen", "单位上限（元）"))  # fmt: skip
        if act.person_fine:
            self.form.add(MoneyField("person_low_fen", "个人下限（元）"),
                          MoneyField("person_high_fen", "个人上限（元）"))  # fmt: skip
        today = context.today
        self.form.add(DateField("effective_from", "施行日期", today=today, required=True))
        self.form.add(LineField("source", "出处", required=True, hint="文件名称、文号"))
        if band:
            self.form.add(TextField("why", "修改理由", lines=2, required=True))
        self.form.set_values(_of_band(band) if band else {})

    def call(self, values: dict[str, object]) -> Call:
        desk, code, band = self.context.desk, self._code, self._band
        form, why = _band_form(values), text_of(values, "why")
        if band is None:
            return lambda: add_band(desk, code, form)
        return lambda: change_band(desk, band.id, form, why)

    def told(self, _result: object) -> str:
        return "已修改裁量档次" if self._band else "已添加裁量档次"


def _of_band(band: DiscretionBand) -> dict[str, object]:
    return {
        "name": band.name,
        "condition": band.condition,
        "low_fen": band.low_fen,
        "high_fen": band.high_fen,
        "person_low_fen": band.person_low_fen,
        "person_high_fen": band.person_high_fen,
        "effective_from": band.effective_from,
        "source": band.source,
    }


def _fen(values: Mapping[str, object], key: str) -> int | None:
    value = values.get(key)
    return value if isinstance(value, int) else None


def _band_form(values: dict[str, object]) -> BandForm:
    day = values["effective_from"]
    return BandForm(
        name=text_of(values, "name"),
        condition=text_of(values, "condition"),
        effective_from=day if isinstance(day, date) else date.min,
        source=text_of(values, "source"),
        low_fen=_fen(values, "low_fen"),
        high_fen=_fen(values, "high_fen"),
        person_low_fen=_fen(values, "person_low_fen"),
        person_high_fen=_fen(values, "person_high_fen"),
    )


class ImportText(InlineForm):
    """Which statute a file holds, and since when; the file itself stays as it is."""

    def __init__(self, context: UiContext, path: Path, statute: str = "") -> None:
        super().__init__(context, "导入法规原文", "导入")
        self._path = path
        statutes = context.desk.library.statutes
        self.form.column.addWidget(label(path.name, "value", wrap=True))
        words = "按条拆开，与规则对照，并核对引用的条文是否存在。原文只存在本机。"
        self.form.column.addWidget(label(words, "caption", wrap=True))
        options = [(one.short, f"{one.short}　{one.name}") for one in statutes.values()]
        self.form.add(ChoiceField("statute", "是哪一部法规", options, required=True))
        self.form.add(DateField("effective_from", "这个文本的施行日期", today=context.today,
                                hint="不清楚的不填"))  # fmt: skip
        self.form.add(LineField("note", "说明", hint="例如从哪里取得", max_length=100))
        self.form.fields["statute"].set_value(statute or guess_statute(path, statutes))

    def call(self, values: dict[str, object]) -> Call:
        desk, path, statute = self.context.desk, self._path, text_of(values, "statute")
        day, note = values["effective_from"], text_of(values, "note")
        since = day if isinstance(day, date) else None
        return lambda: import_text(desk, path, statute, since, note)

    def told(self, result: object) -> str:
        if not isinstance(result, ImportedText):
            return "已导入"
        return f"已导入 {result.articles} 条"


def guess_statute(path: Path, statutes: Mapping[str, Statute]) -> str:
    """The statute whose name the file's name bears, the longest name first; "" for none."""
    stem = path.stem
    named = sorted(statutes.values(), key=lambda one: -len(one.name))
    for one in named:
        if one.name in stem or one.name.removeprefix("中华人民共和国") in stem:
            return one.short
    return ""
