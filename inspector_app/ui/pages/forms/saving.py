"""Small forms of the page: a new version, back to the shipped form, drafts that go over, a pack."""

from collections.abc import Sequence
from datetime import date

from inspector_app.domain.form_names import LONGEST_CHAR, LONGEST_TITLE
from inspector_app.domain.templates import Template
from inspector_app.domain.terms import date_text
from inspector_app.services.template_copies import NewKind, save_kind
from inspector_app.services.template_packs import FormPackDiff, accept_pack
from inspector_app.services.template_rows import OlderDraft, update_draft
from inspector_app.services.template_saving import NewVersion, return_to_shipped, save_version
from inspector_app.ui.context import UiContext
from inspector_app.ui.forms.choices import TicksField
from inspector_app.ui.forms.dates import DateField
from inspector_app.ui.forms.lines import LineField
from inspector_app.ui.forms.texts import TextField
from inspector_app.ui.pages.case.inline import Call, InlineForm, text_of
from inspector_app.ui.widgets.basic import label

WHY = "例如本局文件的名称和文号，记入留痕"
COPY_KEEPS = (
    "新文种单独编号，阶段、给谁看、依据和批准与原文种相同，案卷里排在没有列出的文书处。"
    "它不起算期限，也不算办案步骤要求的那一种文书。"
)
KEEPS = "从这一天起新拟的文书使用；已有的草稿和已制发的文书不变。"


def day_of(values: dict[str, object], key: str) -> date:
    """A date the form has asked for."""
    value = values.get(key)
    return value if isinstance(value, date) else date.min


def begins(day: date, today: date) -> str:
    """From when on new papers are made with a version: a day that is over means now."""
    return f"{date_text(day)}起" if day >= today else "施行日期已过，现在起"


class SaveForm(InlineForm):
    """A new version of one form: name, day, reason."""

    def __init__(self, context: UiContext, kind: str, title: str, text: str, version: str) -> None:
        super().__init__(context, f"把{title}存为新版本", "存为新版本")
        self._kind, self._text = kind, text
        self.form.column.addWidget(label(KEEPS, "caption", wrap=True))
        self.form.add(
            LineField("version", "版本", required=True, max_length=20),
            DateField("effective_from", "施行日期", today=context.today, required=True),
        )
        self.form.add(TextField("why", "理由", lines=1, most_lines=3, required=True, hint=WHY))
        self.form.set_values({"version": version, "effective_from": context.today()})

    def call(self, values: dict[str, object]) -> Call:
        desk = self.context.desk
        made = NewVersion(
            self._kind,
            self._text,
            text_of(values, "version"),
            day_of(values, "effective_from"),
            text_of(values, "why"),
        )
        return lambda: save_version(desk, made)

    def told(self, result: object) -> str:
        if not isinstance(result, Template):
            return "已存为新版本"
        return f"已存为 {result.version}，{begins(result.effective_from, self.context.today())}使用"


class CopyForm(InlineForm):
    """The form on the desk saved as a new kind of the bureau's own."""

    def __init__(self, context: UiContext, title: str, text: str, *, numbered: bool) -> None:
        super().__init__(context, f"把{title}另存为新文种", "另存")
        self._text = text
        self.form.column.addWidget(label(COPY_KEEPS, "caption", wrap=True))
        name = LineField("title", "新文种的名称", required=True, max_length=LONGEST_TITLE)
        if numbered:
            char = LineField("series_char", "文种代字", required=True, max_length=LONGEST_CHAR)
            self.form.add(name, char, widths=(2, 1))
        else:
            self.form.add(name)
        self.form.add(TextField("why", "理由", lines=1, most_lines=3, required=True, hint=WHY))

    def call(self, values: dict[str, object]) -> Call:
        desk = self.context.desk
        title, char = text_of(values, "title"), text_of(values, "series_char")
        made = NewKind(self._text, title, char, text_of(values, "why"))
        return lambda: save_kind(desk, made)

    def told(self, _result: object) -> str:
        return "已另存为新文种，今天起可以开具"


class AcceptForm(InlineForm):
    """A pack that was looked at is taken in: its version and day may be other ones here."""

    def __init__(self, context: UiContext, diff: FormPackDiff) -> None:
        super().__init__(context, f"采用 {len(diff.changed)} 种格式", "采用")
        self._diff = diff
        self.form.column.addWidget(label(KEEPS, "caption", wrap=True))
        self.form.add(
            LineField("version", "版本", required=True, max_length=20),
            DateField("effective_from", "施行日期", today=context.today, required=True),
        )
        self.form.add(TextField("why", "理由", lines=1, most_lines=3, required=True, hint=WHY))
        if diff.head is not None:
            self.form.set_values(
                {
                    "version": diff.head.version,
                    "effective_from": diff.head.effective_from,
                    "why": diff.head.note,
                }
            )

    def call(self, values: dict[str, object]) -> Call:
        desk, diff = self.context.desk, self._diff
        day, version = day_of(values, "effective_from"), text_of(values, "version")
        why = text_of(values, "why")
        return lambda: accept_pack(desk, diff, why, version=version, effective_from=day)

    def told(self, result: object) -> str:
        made = result if isinstance(result, list) else []
        version = f"，版本 {made[0].version}" if made else ""
        return f"已采用 {len(made)} 种格式{version}"


class ReturnForm(InlineForm):
    """Back to the shipped form from a day on; a kind the bureau has added is used no more."""

    def __init__(self, context: UiContext, kind: str, title: str, *, added: bool) -> None:
        action = "停用" if added else "恢复随程序的格式"
        super().__init__(context, f"{title}{action}", "停用" if added else "恢复")
        self._kind, self._added = kind, added
        now = "不再新拟这种文书" if added else "新拟的文书用随程序的格式"
        words = f"从这一天起{now}；已制发的文书保留制发时的版本。"
        self.form.column.addWidget(label(words, "caption", wrap=True))
        day = DateField("effective_from", "从哪一天起", today=context.today, required=True)
        self.form.add(day)
        self.form.add(TextField("why", "理由", lines=1, most_lines=3, required=True, hint=WHY))
        self.form.set_values({"effective_from": context.today()})

    def call(self, values: dict[str, object]) -> Call:
        desk, kind = self.context.desk, self._kind
        day, why = day_of(values, "effective_from"), text_of(values, "why")
        return lambda: return_to_shipped(desk, kind, day, why)

    def told(self, result: object) -> str:
        day = result.effective_from if isinstance(result, Template) else None
        now = "停用" if self._added else "用随程序的格式"
        return f"{date_text(day)}起{now}" if day else "已登记"


class DraftsForm(InlineForm):
    """Drafts that keep to another version; those ticked go over."""

    def __init__(self, context: UiContext, drafts: Sequence[OlderDraft]) -> None:
        super().__init__(context, "草稿改用现在的格式", "改用现在的格式")
        words = "字段内容保留；新格式没有的字段不再保留。改用以后需要重新批准。"
        self.form.column.addWidget(label(words, "caption", wrap=True))
        lines = [
            (one.id, f"{one.case_no or '没有案号'}　{one.version} → {one.now}") for one in drafts
        ]
        self.ticks = TicksField("drafts", "哪些草稿", lines, required=True)
        self.form.add(self.ticks)
        self.ticks.set_value(tuple(one.id for one in drafts))

    def call(self, values: dict[str, object]) -> Call:
        desk, chosen = self.context.desk, values.get("drafts")
        ids = [str(one) for one in chosen] if isinstance(chosen, tuple) else []
        return lambda: [update_draft(desk, one) for one in ids]

    def told(self, result: object) -> str:
        return f"{len(result)} 份草稿已改用现在的格式" if isinstance(result, list) else "已改用"


class PackForm(InlineForm):
    """Version and day of a pack that is written for others; `chosen` is asked for by the page."""

    def __init__(self, context: UiContext, kinds: Sequence[str]) -> None:
        super().__init__(context, "导出格式包", "选择位置")
        words = f"本局现用的格式 {len(kinds)} 种：{'、'.join(kinds)}"
        self.form.column.addWidget(label(words, "caption", wrap=True))
        self.form.add(
            LineField("version", "格式包版本", required=True, max_length=20),
            DateField("effective_from", "施行日期", today=context.today, required=True),
        )
        self.form.add(LineField("note", "说明", max_length=80))
        today = context.today()
        self.form.set_values({"version": f"{today:%Y.%m}", "effective_from": today})

    def call(self, values: dict[str, object]) -> Call:
        return lambda: values

    def told(self, _result: object) -> str:
        return "请选择存在哪里"
