"""A form: fields together, dirty or not, checked as a whole, saved by itself while typing."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from inspector_app.ui.forms.field import FormField
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import bring_into_view, hair, label

AUTOSAVE_MS = 2000


class Form(QWidget):
    """`changed` after each edit; `submitted` on Ctrl+Enter. Plain Enter submits nothing."""

    changed = Signal()
    left_field = Signal()
    submitted = Signal()

    def __init__(self, spacing: int = 12) -> None:
        super().__init__()
        self.setObjectName("feed")
        self.column = box(QVBoxLayout(self), spacing=spacing)
        self.fields: dict[str, FormField] = {}
        self._clean: dict[str, object] = {}

    # ── building ─────────────────────────────────────────────────────────────────────────────
    def section(self, title: str, *, line: bool = True) -> None:
        """A heading, with a hair line above it unless it is the first."""
        if line and self.fields:
            self.column.addWidget(hair())
        self.column.addWidget(label(title, "sectionTitle"))

    def add(self, *fields: FormField, widths: Iterable[int] = ()) -> None:
        """Put fields side by side in one row; `widths` are their shares."""
        holder = QWidget()
        grid = box(QGridLayout(holder), spacing=12)
        holder.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        shares = [*widths] or [1] * len(fields)
        for number, (field, share) in enumerate(zip(fields, shares, strict=True)):
            grid.addWidget(field, 0, number)
            grid.setColumnStretch(number, share)
            self.watch(field)
        self.column.addWidget(holder)

    def watch(self, field: FormField) -> None:
        """Know a field that was laid out elsewhere."""
        self.fields[field.key] = field
        self._clean[field.key] = field.value()
        field.edited.connect(self.changed)
        field.left.connect(self.left_field)

    # ── values ───────────────────────────────────────────────────────────────────────────────
    def values(self) -> dict[str, object]:
        """Every value by key."""
        return {key: field.value() for key, field in self.fields.items()}

    def set_values(self, values: Mapping[str, object]) -> None:
        """Fill in the fields named and call the form clean."""
        for key, value in values.items():
            if key in self.fields:
                self.fields[key].set_value(value)
                self.fields[key].set_error("")
        self.set_clean()

    def is_dirty(self) -> bool:
        """Whether a value differs from what was loaded or saved last."""
        return self.values() != self._clean

    def set_clean(self) -> None:
        """What stands now counts as saved."""
        self._clean = self.values()

    # ── problems ─────────────────────────────────────────────────────────────────────────────
    def validate(self) -> bool:
        """Check all, also for what is required; jump to the first problem."""
        wrong = [field for field in self.fields.values() if not field.validate(complete=True)]
        if wrong:
            self.jump(wrong[0].key)
        return not wrong

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Show sentences from outside (a service) under their fields; others are cleared."""
        for key, field in self.fields.items():
            field.set_error(problems.get(key, ""))

    def show_problem(self, key: str, message: str) -> bool:
        """Show one sentence under its field and jump there; False when the form has no such."""
        if key not in self.fields:
            return False
        self.fields[key].set_error(message)
        self.jump(key)
        return True

    def jump(self, key: str) -> None:
        """Focus a field and scroll to it."""
        field = self.fields[key]
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        bring_into_view(field)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.submitted.emit()
            return
        super().keyPressEvent(event)


class AutoSaver(QObject):
    """Saves a form 2 s after the last change and when a field is left, if anything changed.

    `save` starts the saving and calls `done(moment)` or `failed()` later.
    """

    said = Signal(str)

    def __init__(self, form: Form, save: Callable[[dict[str, object]], object]) -> None:
        super().__init__(form)
        self._form, self._save = form, save
        self._saved: dict[str, object] = form.values()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AUTOSAVE_MS)
        self._timer.timeout.connect(self.save_now)
        form.changed.connect(self._changed)
        form.left_field.connect(self.save_now)

    def reset(self) -> None:
        """What stands in the form now came from the ledger."""
        self._timer.stop()
        self._saved = self._form.values()
        self._form.set_clean()

    def pending(self) -> bool:
        """Whether something is not yet handed over for saving."""
        return self._form.values() != self._saved

    def _changed(self) -> None:
        self.said.emit("有改动，稍后自动保存")
        self._timer.start()

    def save_now(self) -> None:
        """Hand over what changed, at once."""
        self._timer.stop()
        values = self._form.values()
        if values != self._saved:
            self._saved = values
            self._save(values)

    def done(self, moment: datetime) -> None:
        """The saving succeeded."""
        self._form.set_clean()
        self.said.emit(f"草稿已自动保存 {moment:%H:%M}")

    def failed(self) -> None:
        """The saving failed: what was handed over counts as unsaved again."""
        self._saved = {}
        self.said.emit("草稿没有存下来")
