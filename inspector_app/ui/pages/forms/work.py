"""The form on the desk: its text, what it was before, and every step back."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from inspector_app.domain.papers import PaperKind
from inspector_app.library.paper_kinds import examine

MOST_STEPS = 300


class FormWork(QObject):
    """One text that the three views show and change. `changed` after each change and step back."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.kind_id = ""
        self.base = ""  # the form in force, what a new version begins from
        self.text = ""
        self._back: list[str] = []
        self._merge = ""

    def load(self, kind_id: str, base: str, text: str = "") -> None:
        """Another form comes onto the desk; `text` is unfinished work on it."""
        self.kind_id, self.base, self.text = kind_id, base, text or base
        self._back, self._merge = [], ""
        self.changed.emit()

    def put(self, text: str, merge: str = "") -> None:
        """Change the text; changes that bear the same name one after another are one step."""
        if text == self.text:
            return
        if not merge or merge != self._merge:
            self._back = [*self._back[-MOST_STEPS:], self.text]
        self._merge, self.text = merge, text
        self.changed.emit()

    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._back)

    def undo(self) -> None:
        """Take the last step back."""
        if self._back:
            self.text, self._merge = self._back.pop(), ""
            self.changed.emit()

    def is_changed(self) -> bool:
        """Whether it differs from the form in force."""
        return self.text != self.base

    def rebase(self, base: str) -> None:
        """Another form came into force meanwhile; unfinished work stays."""
        if self.is_changed():
            self.base = base
        else:
            self.load(self.kind_id, base)

    def kind(self) -> PaperKind | None:
        """The form as far as it can be read; None while its text is broken."""
        return _kind(self.text)

    def rows(self, array: str) -> Sequence[Mapping[str, object]]:
        """The rows of an array as they are written; none while the text is broken."""
        found = _tables(self.text).get(array)
        return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def is_typing(form: QWidget) -> bool:
    """Whether the keyboard is in this form: what is typed there must not be replaced."""
    focused = QApplication.focusWidget()
    return focused is not None and form.isAncestorOf(focused)


def show_alone(field: QWidget, *, on: bool) -> None:
    """Show or hide a field that has a row of its form for itself, with the room of the row."""
    field.setVisible(on)
    holder = field.parentWidget()
    if holder is not None:
        holder.setVisible(on)


@lru_cache(maxsize=8)
def _kind(text: str) -> PaperKind | None:
    return examine(text)[0]


@lru_cache(maxsize=8)
def _tables(text: str) -> Mapping[str, object]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError):  # as in library.rows.parse_toml
        return {}
