"""What every form field has: label, required mark, editor, and one line for hint or error."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.ui.theme.icons import IconLabel
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import label, set_property
from inspector_app.ui.widgets.tips import plain_tip

Check = Callable[[object], str]
NEEDED = "请填写"


class FormField(QWidget):
    """Base of the fields. `edited` comes after a change by the user, never while composing.

    `check` gets the value and gives the sentence to show, "" when the value is good.
    """

    edited = Signal()
    left = Signal()

    def __init__(
        self,
        key: str,
        name: str,
        editor: QWidget,
        *,
        required: bool = False,
        hint: str = "",
        check: Check | None = None,
        why: str = "",
    ) -> None:
        super().__init__()
        self.key, self.name, self.editor = key, name, editor
        self._required, self._hint, self._check = required, hint, check
        self._error = ""
        self._column = column = box(QVBoxLayout(self), spacing=4)
        head = box(QHBoxLayout(), spacing=4)
        self._label = label(name, "fieldLabel")
        self._label.setBuddy(editor)
        head.addWidget(self._label)
        if required:
            mark = label("必填", "fieldHint")
            head.addWidget(mark)
        head.addStretch()
        self._head = head
        column.addLayout(head)
        column.addWidget(editor)
        self._foot = QWidget()
        foot = box(QHBoxLayout(self._foot), spacing=4)
        self._sign = IconLabel("error_circle_16", "danger_fg", 14)
        self._words = label("", "fieldHint", wrap=True)
        foot.addWidget(self._sign)
        foot.addWidget(self._words, 1)
        column.addWidget(self._foot)
        column.addStretch()
        if why:
            self._label.setToolTip(plain_tip(why))
            editor.setToolTip(plain_tip(why))
        self.setFocusProxy(editor)
        editor.setAccessibleName(f"{name}，必填" if required else name)
        editor.installEventFilter(self)
        self._show_foot()

    # ── value: the subclasses know it ────────────────────────────────────────────────────────
    def value(self) -> object:
        """The value now; None or "" when nothing is filled in."""
        raise NotImplementedError

    def set_value(self, value: object) -> None:
        """Put a value without `edited`."""
        raise NotImplementedError

    def is_empty(self) -> bool:
        """Whether nothing is filled in."""
        return self.value() in (None, "", ())

    def typed_problem(self) -> str:
        """What is wrong with the typed text itself (not a date, not an amount)."""
        return ""

    def live_hint(self) -> str:
        """What follows from the value, shown as typed: 大写, weekday."""
        return ""

    # ── words below the editor ───────────────────────────────────────────────────────────────
    def error(self) -> str:
        """The sentence shown below, "" when all is well."""
        return self._error

    def set_error(self, text: str) -> None:
        """Show a sentence in red, or take it away."""
        self._error = text
        set_property(self.editor, "state", "error" if text else "")
        self._show_foot()

    def hint(self) -> str:
        """The grey line: what follows from the value, else the standing hint."""
        return self.live_hint() or self._hint

    def set_hint(self, text: str) -> None:
        """Another standing hint."""
        self._hint = text
        self._show_foot()

    def _show_foot(self) -> None:
        text = self._error or self.hint()
        set_property(self._words, "role", "fieldError" if self._error else "fieldHint")
        self._sign.setVisible(bool(self._error))
        self._words.setText(text)
        self._foot.setVisible(bool(text))
        self.editor.setAccessibleDescription(text)

    # ── checking ─────────────────────────────────────────────────────────────────────────────
    def problem(self, *, complete: bool = False) -> str:
        """What is wrong now; `complete` also asks for what is required."""
        if typed := self.typed_problem():
            return typed
        if self.is_empty():
            return NEEDED + self.name if complete and self._required else ""
        return self._check(self.value()) if self._check is not None else ""

    def validate(self, *, complete: bool = False) -> bool:
        """Check and show; True when nothing is wrong."""
        self.set_error(self.problem(complete=complete))
        return not self._error

    def required(self) -> bool:
        """Whether the form asks for it."""
        return self._required

    def set_read_only(self, read_only: bool) -> None:
        """Show the value without letting it be changed."""
        self.editor.setEnabled(not read_only)

    def add_beside_label(self, widget: QWidget) -> None:
        """A small button or word at the right of the label."""
        self._head.addWidget(widget)

    def add_below(self, widget: QWidget) -> None:
        """A line of its own below editor and hint."""
        self._column.insertWidget(self._column.indexOf(self._foot) + 1, widget)

    def _told(self) -> None:
        """Subclasses call this after a change by the user; a shown error is checked again."""
        if self._error:
            self.validate()
        else:
            self._show_foot()
        self.edited.emit()

    def _leave(self) -> None:
        self.validate()
        self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.editor and event.type() == QEvent.Type.FocusOut:
            self._leave()
        return super().eventFilter(watched, event)
