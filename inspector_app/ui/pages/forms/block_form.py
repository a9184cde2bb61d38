"""One block of the body as it is typed: words with marks by name, rows, conditions, measures."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit

from inspector_app.domain.form_marks import NEEDS_FIELD, SETTING
from inspector_app.domain.form_words import OFFICE_WORDS, shown, typed
from inspector_app.domain.papers import PaperKind
from inspector_app.errors import UserError
from inspector_app.library.form_text import Literal, set_key
from inspector_app.library.kind_checks import options_of
from inspector_app.ui.forms.choices import ChoiceField
from inspector_app.ui.forms.form import Form
from inspector_app.ui.forms.texts import TextField
from inspector_app.ui.pages.forms.conditions import ConditionsField
from inspector_app.ui.pages.forms.samples import lines_of
from inspector_app.ui.pages.forms.work import FormWork, show_alone
from inspector_app.ui.widgets.buttons import Button, button

WITH_ROWS = frozenset(("grid", "lines", "receipt", "foot"))
WORDLESS = frozenset(("ticks", "table", "grid", "lines", "foot", "page", "end", "gap"))
BREAK = "⏎"  # a line break inside a cell, where each line is a row
ROWS_HINT = f"一行一条；格之间用 || 隔开，格内换行写 {BREAK}"


class BlockForm(Form):
    """The row `number` of the desk's body. `insert_wanted` when a mark is to be chosen."""

    insert_wanted = Signal(object)  # the button to open the menu at

    def __init__(self, work: FormWork, settings: Mapping[str, str]) -> None:
        super().__init__(10)
        self._work, self._settings = work, settings
        self._number = -1
        self._block = "para"
        self.text = TextField("text", "文字", lines=2, most_lines=8)
        self.rows = TextField("rows", "各行", lines=2, most_lines=10, hint=ROWS_HINT)
        self._edit: QPlainTextEdit = self.text.edit
        self.insert = self._insert_button(self.text)
        self.insert_row = self._insert_button(self.rows)
        self.field = ChoiceField("field", "哪个字段")
        self.when = ConditionsField("when", "什么时候印")
        self.options = TextField("options", "版式", lines=1, most_lines=5)
        for one in (self.text, self.rows, self.field, self.when, self.options):
            self.add(one)
        self.column.addStretch()
        self.changed.connect(self._apply)

    def _insert_button(self, field: TextField) -> Button:
        """Beside a field of words: a mark goes where its cursor is."""
        made = button("插入字段", "link", "add_20", small=True)
        made.clicked.connect(lambda _checked=False: self._ask_mark(field, made))
        field.add_beside_label(made)
        return made

    def _ask_mark(self, field: TextField, at: Button) -> None:
        self._edit = field.edit
        self.insert_wanted.emit(at)

    # ── showing ──────────────────────────────────────────────────────────────────────────────
    def show_row(self, number: int, row: Mapping[str, object], kind: PaperKind) -> None:
        """Put a block into the form."""
        self._number, self._block = number, str(row.get("kind", "para"))
        options = _options(row)
        self.when.set_names(self._conditions(kind))
        wanted = NEEDS_FIELD.get(self._block)
        fields = [(one.id, one.label) for one in kind.fields if one.type is wanted]
        self.field.set_value("")
        self.field.set_options(fields)
        self._lay_out()
        self.set_values(
            {
                "text": shown(str(row.get("text", "")), kind, self._settings),
                "rows": shown(_rows(row), kind, self._settings),
                "field": options.get("field", ""),
                "when": tuple(map(str, _list(row.get("when")))),
                "options": "\n".join(
                    f"{name}={shown(value, kind, self._settings)}"
                    for name, value in options.items()
                    if name != "field"
                ),
            }
        )

    def _lay_out(self) -> None:
        known = [one for one in options_of(self._block) if one != "field"]
        show_alone(self.text, on=self._block not in WORDLESS)
        show_alone(self.rows, on=self._block in WITH_ROWS)
        show_alone(self.field, on=self._block in NEEDS_FIELD)
        show_alone(self.options, on=bool(known))
        self.options.set_hint(
            f"一行一项，可用 {'、'.join(known)}，如 {known[0]}=12" if known else ""
        )

    def _conditions(self, kind: PaperKind) -> dict[str, str]:
        """What a condition can ask for: fields, some of the office's, switches of the settings."""
        names = {one.id: one.label for one in kind.fields}
        names |= {name: words for name, words in OFFICE_WORDS.items() if name != "bureau"}
        return names | {f"{SETTING}{key}": f"设置：{one}" for key, one in self._settings.items()}

    def insert_mark(self, mark: str) -> None:
        """Put a mark where the cursor was, in the text or in the rows."""
        self._edit.insertPlainText(mark)
        self._edit.setFocus()

    # ── writing ──────────────────────────────────────────────────────────────────────────────
    def _apply(self) -> None:
        """Write what differs from the text on the desk."""
        rows, kind = self._work.rows("body"), self._work.kind()
        if kind is None or not 0 <= self._number < len(rows):
            return
        row = rows[self._number]
        for key in ("text", "rows", "when", "options"):
            field = self.fields[key]
            try:
                value = self._read(key, kind)
            except UserError as error:
                field.set_error(error.message)
                continue
            field.set_error("")
            if (value or None) != (_written(row.get(key)) or None):
                name = f"body {self._number} {key}"
                text = set_key(self._work.text, "body", self._number, key, value or None)
                self._work.put(text, name)

    def _read(self, key: str, kind: PaperKind) -> Literal | None:
        if key == "when":
            return [str(one) for one in _list(self.when.value())]
        if key == "text":
            if self._block in WORDLESS:
                return None
            return typed(self.text.edit.toPlainText(), kind, self._settings)
        if key == "rows":
            lines = lines_of(str(self.rows.value())) if self._block in WITH_ROWS else []
            return [typed(one, kind, self._settings).replace(BREAK, "\n") for one in lines]
        return self._read_options(kind)

    def _read_options(self, kind: PaperKind) -> Mapping[str, str]:
        found = {"field": str(self.field.value())} if self._block in NEEDS_FIELD else {}
        for line in lines_of(str(self.options.value())):
            name, equals, value = line.partition("=")
            if not equals:
                raise UserError("请写成 名称=值，如 indent=2")
            found[name.strip()] = typed(value.strip(), kind, self._settings)
        return found


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, list | tuple) else ()


def _rows(row: Mapping[str, object]) -> str:
    return "\n".join(str(one).replace("\n", BREAK) for one in _list(row.get("rows")))


def _options(row: Mapping[str, object]) -> dict[str, str]:
    options = row.get("options")
    pairs = options.items() if isinstance(options, dict) else ()
    return {str(name): str(value) for name, value in pairs}


def _written(value: object) -> object:
    """A cell of the text as `_read` gives it."""
    if isinstance(value, dict):
        return {str(name): str(one) for name, one in value.items()}
    return value
