"""Keeps a half-typed form over a change of page and a restart; persons' data are left out."""

import json
from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import QObject, Signal

from inspector_app.ui.context import UiContext
from inspector_app.ui.forms.form import AutoSaver, Form

_DAY = "day:"


class FormDraft(QObject):
    """Saves what is typed a moment after the last change, beside the window's preferences.

    That file is not the ledger and is never encrypted: fields named in `private` are not kept.
    """

    said = Signal(str)

    def __init__(
        self, context: UiContext, name: str, form: Form, private: Iterable[str] = ()
    ) -> None:
        super().__init__(form)
        self._context, self._key, self._form = context, f"draft_{name}", form
        self._private = frozenset(private)
        self.saver = AutoSaver(form, self._save)
        self.saver.said.connect(self.said)

    def _save(self, values: dict[str, object]) -> None:
        kept = {key: _plain(v) for key, v in values.items() if key not in self._private and v}
        text = json.dumps(kept, ensure_ascii=False) if kept else ""
        self._context.preferences.set_text(self._key, text)
        self._context.preferences.save()
        self.saver.done(self._context.desk.now())

    def restore(self) -> bool:
        """Fill in what was typed before; False when nothing was."""
        values = self._read()
        for key, value in values.items():
            if key in self._form.fields:
                self._form.fields[key].set_value(_value(value))
        self.saver.reset()
        return bool(values)

    def _read(self) -> dict[str, object]:
        try:
            read = json.loads(self._context.preferences.text(self._key) or "{}")
        except ValueError:
            return {}
        return read if isinstance(read, dict) else {}

    def keep(self) -> None:
        """Save now, on leaving the page."""
        self.saver.save_now()

    def drop(self) -> None:
        """The form was sent or given up: nothing is kept."""
        self._context.preferences.set_text(self._key, "")
        self._context.preferences.save()
        self.saver.reset()


def _plain(value: object) -> object:
    if isinstance(value, date):
        return _DAY + value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _value(value: object) -> object:
    if isinstance(value, str) and value.startswith(_DAY):
        return date.fromisoformat(value.removeprefix(_DAY))
    return tuple(value) if isinstance(value, list) else value
