"""One field of a form as it is typed: what it asks, why, and with which example."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal

from inspector_app.domain.papers import FieldType
from inspector_app.errors import UserError
from inspector_app.library.form_edit import retype
from inspector_app.library.form_text import Literal, set_key
from inspector_app.services.template_checks import LITERAL
from inspector_app.ui.forms.choices import ChoiceField, TicksField
from inspector_app.ui.forms.form import Form
from inspector_app.ui.forms.lines import IntegerField, LineField
from inspector_app.ui.forms.texts import TextField
from inspector_app.ui.pages.forms.samples import HINTS, from_words, in_words, lines_of
from inspector_app.ui.pages.forms.work import FormWork, show_alone

Facts = Mapping[str, Mapping[FieldType, str]]
NEEDED = "yes"
WITH_OPTIONS = (FieldType.CHOICE, FieldType.TICKS)
WITH_TEXT = (FieldType.LINE, FieldType.TEXT, FieldType.CHOICE)
TYPES = [(str(one.value), one.label) for one in FieldType]


class FieldForm(Form):
    """The row `number` of the desk's fields. `retyped` when its type is another one now."""

    retyped = Signal()

    def __init__(self, work: FormWork) -> None:
        super().__init__(10)
        self._work, self._number = work, -1
        self._facts: Facts = {}
        self._type = FieldType.LINE
        self.label_ = LineField("label", "名称", required=True, max_length=30)
        self.type_ = ChoiceField("type", "类型", TYPES, required=True)
        self.need = TicksField("required", "填写", [(NEEDED, "必填，并且要印出")])
        self.group = LineField("group", "分组", required=True, max_length=12)
        self.help = TextField("help", "为什么问", required=True, lines=1, most_lines=4)
        self.fact = ChoiceField("fact", "自动填入")
        self.fixed = LineField("fixed", "固定文字", hint="没有自动填入时先填好的文字")
        self.most = IntegerField("max_length", "最多字数", hint="不填为不限")
        self.options = TextField("options", "选项", lines=2, most_lines=8, hint="一行一项")
        self.example = TextField("example", "例子", lines=1, most_lines=5)
        self.longest = TextField("longest", "最长的例子", lines=1, most_lines=5)
        self.add(self.label_, self.type_)
        self.add(self.need, self.group)
        self.add(self.help)
        self.add(self.fact, self.fixed)
        self.add(self.options)
        self.add(self.example)
        self.add(self.longest, self.most, widths=(2, 1))
        self.column.addStretch()
        self.changed.connect(self._apply)
        self._setters: Mapping[str, Callable[[], Literal | None]] = {
            "label": lambda: self._line(self.label_),
            "required": lambda: bool(self.need.value()),
            "group": lambda: self._line(self.group),
            "help": lambda: self._line(self.help),
            "default": self._default,
            "max_length": self._most,
            "options": self._options,
            "example": lambda: self._sample(self.example),
            "longest": lambda: self._sample(self.longest),
        }

    # ── showing ──────────────────────────────────────────────────────────────────────────────
    def set_facts(self, facts: Facts) -> None:
        """What the ledger can fill in, by type."""
        self._facts = facts

    def show_row(self, number: int, row: Mapping[str, object], *, fixed_type: bool) -> None:
        """Put a field into the form; the type of a shipped field stays."""
        self._number = number
        wanted = {one.value: one for one in FieldType}
        self._type = wanted.get(str(row.get("type")), FieldType.LINE)
        self._lay_out()
        default = str(row.get("default", ""))
        literal = default.startswith(LITERAL)
        self.set_values(
            {
                "label": row.get("label", ""),
                "type": str(self._type.value),
                "required": (NEEDED,) if row.get("required") else (),
                "group": row.get("group", ""),
                "help": row.get("help", ""),
                "fact": "" if literal else default,
                "fixed": default.removeprefix(LITERAL) if literal else "",
                "max_length": row.get("max_length"),
                "options": "\n".join(_texts(row.get("options"))),
                "example": in_words(self._type, row.get("example")),
                "longest": in_words(self._type, row.get("longest")) or _repeated(row),
            }
        )
        self.type_.set_read_only(fixed_type)
        self.type_.set_hint("随程序的字段，类型不能改" if fixed_type else "")

    def _lay_out(self) -> None:
        """Only what this type of field has."""
        pairs = [
            (name, types[self._type])
            for name, types in sorted(self._facts.items(), key=lambda one: str(one[1]))
            if self._type in types
        ]
        self.fact.set_value("")
        self.fact.set_options([(name, f"{words}（{name}）") for name, words in pairs])
        show_alone(self.options, on=self._type in WITH_OPTIONS)
        self.fixed.setVisible(self._type in WITH_TEXT)
        self.most.setVisible(self._type in (FieldType.LINE, FieldType.TEXT))
        table = self._type is FieldType.TABLE
        for one in (self.example, self.longest):
            one.set_read_only(table)
            one.set_hint(HINTS.get(self._type, ""))

    # ── writing ──────────────────────────────────────────────────────────────────────────────
    def _apply(self) -> None:
        """Write what differs from the text on the desk."""
        rows = self._work.rows("field")
        if not 0 <= self._number < len(rows):
            return
        chosen = str(self.type_.value())
        if chosen and chosen != str(self._type.value):
            wanted = next(one for one in FieldType if one.value == chosen)
            self._work.put(retype(self._work.text, self._number, wanted))
            self.retyped.emit()
            return
        row = rows[self._number]
        for key, read in self._setters.items():
            try:
                value = read()
            except UserError as error:
                self.fields[key].set_error(error.message)
                continue
            if _plain(value) != _plain(row.get(key)) and not self._is_shown_only(key, row):
                name = f"field {self._number} {key}"
                self._work.put(set_key(self._work.text, "field", self._number, key, value), name)

    def _is_shown_only(self, key: str, row: Mapping[str, object]) -> bool:
        """Samples that cannot be typed here: rows of a table, an example so many times over."""
        if self._type is FieldType.TABLE and key in ("example", "longest"):
            return True
        return key == "longest" and "longest_repeat" in row

    def _line(self, field: LineField | TextField) -> str | None:
        return str(field.value()) or None

    def _default(self) -> str | None:
        fixed = str(self.fixed.value())
        if fixed and self._type in WITH_TEXT:
            return f"{LITERAL}{fixed}"
        return str(self.fact.value()) or None

    def _most(self) -> int | None:
        value = self.most.value()
        return value if isinstance(value, int) and value > 0 else None

    def _options(self) -> list[str] | None:
        return (lines_of(str(self.options.value())) or None) if self._type in WITH_OPTIONS else None

    def _sample(self, field: TextField) -> Literal | None:
        field.set_error("")
        return from_words(self._type, str(field.value()))


def _texts(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []


def _repeated(row: Mapping[str, object]) -> str:
    times = row.get("longest_repeat")
    return f"例子重复 {times} 遍，在源文件里改" if times else ""


def _plain(value: object) -> object:
    """None, "" , no options and an absent flag are all nothing."""
    return value or None
