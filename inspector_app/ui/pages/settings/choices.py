"""The bureau's choices of one group: each saved when its field is left, its note told in words."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from inspector_app.domain.numbering import NumberTemplate, Restart, Sharing, sample_words
from inspector_app.errors import UserError
from inspector_app.library.settings import SettingKind, SettingSpec
from inspector_app.services.desk import Desk
from inspector_app.services.setting_readings import READERS, Readings
from inspector_app.services.settings import save
from inspector_app.ui.context import UiContext
from inspector_app.ui.forms.choices import ChoiceField
from inspector_app.ui.forms.dates import DateField
from inspector_app.ui.forms.field import FormField
from inspector_app.ui.forms.form import Form
from inspector_app.ui.forms.lines import LineField
from inspector_app.ui.forms.texts import TextField
from inspector_app.ui.pages.settings.number_look import NumberLook
from inspector_app.ui.pages.settings.readings import ReadingsPart
from inspector_app.ui.theme.scaling import box, fix
from inspector_app.ui.widgets.basic import hair

# Nothing prints these yet: a choice without an effect is not shown.
WITHOUT_EFFECT = frozenset({"postcode"})
SCOPE = "default_scope"
ALONE_WIDTH = 420
PAPER_NUMBER = "paper_number_template"
NUMBERS = (PAPER_NUMBER, "case_number_template", "clue_number_template")


def shown_specs(desk: Desk) -> dict[str, list[SettingSpec]]:
    """The settings that have an effect, by group, in the order of the library."""
    groups: dict[str, list[SettingSpec]] = {}
    for spec in desk.library.settings.values():
        if spec.key not in WITHOUT_EFFECT:
            groups.setdefault(spec.group, []).append(spec)
    return groups


def hint_of(spec: SettingSpec) -> str:
    """What the setting does, and what is not verified about its default."""
    if not spec.note:
        return spec.help
    note = spec.note if "未核实" in spec.note else f"请核对：{spec.note}"
    return f"{spec.help}\n{note}"


def field_of(spec: SettingSpec, desk: Desk, today: Callable[[], date]) -> FormField:
    """The field of a setting."""
    key, name, need, hint = spec.key, spec.label, spec.required, hint_of(spec)
    if key == SCOPE:
        divisions = [(code, one.name) for code, one in desk.library.divisions.items()]
        return ChoiceField(key, name, divisions, required=need, hint=hint)
    if spec.options:
        options = [(one, one) for one in spec.options]
        return ChoiceField(key, name, options, required=need, hint=hint)
    if spec.kind is SettingKind.DATE:
        return DateField(key, name, today=today, required=need, hint=hint)

    def check(value: object) -> str:
        return spec.problem(str(value))

    if spec.kind is SettingKind.LONG:
        return TextField(key, name, required=need, hint=hint, check=check, lines=3)
    return LineField(key, name, required=need, hint=hint, check=check)


def text_of(value: object) -> str:
    """A value as settings are kept: as text."""
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def value_of(field: FormField, text: str) -> object:
    """A kept text as the value of its field."""
    if isinstance(field, DateField):
        return date.fromisoformat(text) if text else None
    return text


class ChoicesForm(Form):
    """Two short fields a row; `told` is called with the head's words after a saving."""

    def __init__(
        self, context: UiContext, specs: Sequence[SettingSpec], told: Callable[[str], object]
    ) -> None:
        super().__init__()
        self._context, self._told = context, told
        self._kept: dict[str, str] = {}
        self._kinds = ("", "")
        self._hints = {spec.key: hint_of(spec) for spec in specs}
        self.parts: dict[str, ReadingsPart] = {}
        self.look: NumberLook | None = None
        self._lay_out(specs)
        self.column.addStretch()
        self.changed.connect(self._show_samples)
        self.left_field.connect(self.save_changed)
        self.submitted.connect(self.save_changed)

    def _lay_out(self, specs: Sequence[SettingSpec]) -> None:
        """Short fields two a row; one with readings stands alone, they stand below it."""
        self._add_part(f"group:{specs[0].group}" if specs else "")
        row: list[FormField] = []
        for spec in specs:
            made = field_of(spec, self._context.desk, self._context.today)
            if isinstance(made, ChoiceField):
                made.edited.connect(self.save_changed)
            wide = spec.kind is SettingKind.LONG or "{" in spec.default
            if wide or spec.key in READERS or len(row) == 2:
                self._flush_row(row)
            if spec.key in READERS:
                self._add_alone(made)
                self._add_part(spec.key)
            elif wide:
                self.add(made)
                self._add_look(made)
            else:
                row.append(made)
        self._flush_row(row)

    def _add_alone(self, made: FormField) -> None:
        if self.fields:
            self.column.addWidget(hair())
        holder = QWidget()
        row = box(QHBoxLayout(holder))
        row.addWidget(fix(made, width=ALONE_WIDTH))
        row.addStretch()
        _as_high_as_needed(holder)
        self.watch(made)
        self.column.addWidget(holder)

    def _add_look(self, made: FormField) -> None:
        """Below the template of paper numbers: its look to be clicked together."""
        if made.key == PAPER_NUMBER and isinstance(made, LineField):
            self.look = NumberLook(made)
            self.look.changed.connect(self._show_samples)
            self.look.changed.connect(self.save_changed)
            self.column.addWidget(self.look)

    def _add_part(self, key: str) -> None:
        if key in READERS:
            self.parts[key] = ReadingsPart()
            self.column.addWidget(self.parts[key])

    def show_readings(self, readings: Mapping[str, Readings]) -> None:
        """What each choice means, as it stands in the ledger."""
        for key, found in readings.items():
            if key in self.parts:
                self.parts[key].show_readings(found)
            elif key in self.fields:
                self.fields[key].set_hint(f"{self._hints[key]}\n{found.outcome}")

    def _flush_row(self, row: list[FormField]) -> None:
        if row:
            self.add(*row)
            _as_high_as_needed(row[0].parentWidget())
            row.clear()

    def show_kinds(self, kinds: tuple[str, str]) -> None:
        """The characters two kinds of paper bear in the bureau's forms, for the samples."""
        self._kinds = kinds

    def show_settings(self, settings: Mapping[str, str]) -> None:
        """Show what the ledger has; a field that is being changed stays as typed."""
        for key, field in self.fields.items():
            if text_of(field.value()) == self._kept.get(key, text_of(field.value())):
                field.set_value(value_of(field, settings[key]))
            self._kept[key] = settings[key]
        self.set_clean()
        self._show_samples()

    def _show_samples(self) -> None:
        """Below a number template: the first numbers as they would be printed."""
        if self.look is not None:
            self.look.follow()
        for key in NUMBERS:
            if key in self.fields:
                try:
                    sample = f"\n{self._sample(key)}"
                except UserError:
                    sample = ""  # said in full when the field is left
                self.fields[key].set_hint(f"{self._hints[key]}{sample}")

    def _sample(self, key: str) -> str:
        pattern, today = self._text(key), self._context.today()
        org, watch = self._text("org_char"), self._text("watch_char")
        if key == PAPER_NUMBER:
            sharing = Sharing.by_label(self._text("paper_series")) or Sharing.SEPARATE
            restart = Restart.by_label(self._text("paper_restart")) or Restart.YEARLY
            return sample_words(pattern, sharing, restart, (org, watch), self._kinds, today)
        made = NumberTemplate(pattern).render(org=org, watch=watch, kind="", year=today.year, no=1)
        return f"例如：{made}"

    def _text(self, key: str) -> str:
        return text_of(self.fields[key].value())

    def changed_values(self) -> dict[str, str]:
        """What was changed and is good."""
        return {
            key: text_of(field.value())
            for key, field in self.fields.items()
            if key in self._kept
            and text_of(field.value()) != self._kept[key]
            and field.validate(complete=True)
        }

    def save_changed(self) -> None:
        """Store what changed, if anything did."""
        values, desk = self.changed_values(), self._context.desk
        if not values:
            return
        before = {key: self._kept[key] for key in values}
        self._kept |= values
        names = "、".join(self.fields[key].name for key in values)

        def failed(error: Exception) -> None:
            self._kept |= before
            if isinstance(error, UserError):
                self._say(error, next(iter(values)))
            else:
                self._context.trouble(error)

        self._context.tasks.work(
            self, lambda: save(desk, values), lambda _: self._told(f"已保存：{names}"), failed
        )

    def _say(self, error: UserError, changed: str) -> None:
        # A number template names the missing mark and no field: the one just changed is meant.
        key = error.field if error.field in self.fields else changed
        self.fields[key].set_error(error.message)


def _as_high_as_needed(holder: QWidget | None) -> None:
    """Hints here run over several lines: how high they are follows from the width."""
    if holder is not None:
        holder.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
