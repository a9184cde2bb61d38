"""Fields of one line: text, amount, whole number, time of day."""

import re
import unicodedata

from PySide6.QtWidgets import QLineEdit

from inspector_app.domain.capital import capital
from inspector_app.domain.money import parse_yuan, yuan
from inspector_app.errors import UserError
from inspector_app.ui.forms.field import Check, FormField


class LineField(FormField):
    """One line of text. QLineEdit says nothing while composing, so each change is a real one."""

    def __init__(
        self,
        key: str,
        name: str,
        *,
        required: bool = False,
        hint: str = "",
        check: Check | None = None,
        why: str = "",
        placeholder: str = "",
        max_length: int = 0,
    ) -> None:
        self.edit = QLineEdit()
        super().__init__(key, name, self.edit, required=required, hint=hint, check=check, why=why)
        self.edit.setPlaceholderText(placeholder)
        self._max = max_length
        self.edit.textEdited.connect(lambda _text: self._told())

    def text(self) -> str:
        """What is typed, without blanks around it."""
        return self.edit.text().strip()

    def value(self) -> object:
        return self.text()

    def set_value(self, value: object) -> None:
        self.edit.setText("" if value is None else str(value))
        self.edit.setCursorPosition(0)
        self._show_foot()

    def set_text_by_user(self, text: str) -> None:
        """Fill in for the user (a suggestion taken): counts as an edit."""
        self.edit.setText(text)
        self._told()

    def typed_problem(self) -> str:
        over = len(self.text()) - self._max
        return f"最多 {self._max} 字，多了 {over} 字" if self._max and over > 0 else ""

    def set_read_only(self, read_only: bool) -> None:
        self.edit.setReadOnly(read_only)
        self.edit.style().unpolish(self.edit)
        self.edit.style().polish(self.edit)


class ParsedField(LineField):
    """A line that is set in its one format when the field is left."""

    def _parsed(self) -> object:
        raise NotImplementedError

    def _formatted(self, value: object) -> str:
        raise NotImplementedError

    def value(self) -> object:
        """The parsed value; None when empty or not to be read."""
        try:
            return self._parsed() if self.text() else None
        except UserError:
            return None

    def is_empty(self) -> bool:
        return not self.text()

    def typed_problem(self) -> str:
        if not self.text():
            return ""
        try:
            self._parsed()
        except UserError as error:
            return error.message
        return ""

    def set_value(self, value: object) -> None:
        super().set_value("" if value is None else self._formatted(value))

    def _leave(self) -> None:
        value = self.value()
        if value is not None:
            self.edit.setText(self._formatted(value))
        super()._leave()


class MoneyField(ParsedField):
    """An amount in yuan; the value is int fen, the 大写 stands below."""

    def _parsed(self) -> object:
        return parse_yuan(self.text(), field=self.key)

    def _formatted(self, value: object) -> str:
        return yuan(value) if isinstance(value, int) else str(value)

    def live_hint(self) -> str:
        value = self.value()
        return f"大写：{capital(value)}" if isinstance(value, int) else ""


class IntegerField(ParsedField):
    """A whole number such as a number of people."""

    def _parsed(self) -> object:
        text = unicodedata.normalize("NFKC", self.text()).replace(",", "")
        if not text.isascii() or not text.isdigit():
            raise UserError("请填整数", field=self.key)
        if len(text) > 9:
            raise UserError("数目过大", field=self.key)
        return int(text)

    def _formatted(self, value: object) -> str:
        return str(value)


_TIME = re.compile(r"(\d{1,2})\s*[:时点]\s*(\d{1,2})\s*分?|(\d{1,2})[时点]|(\d{2})(\d{2})")


def read_time(text: str) -> str:
    """09:30 from 9:30, 0930, 9时30分, 9点; UserError when it is no time of day."""
    match = _TIME.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if match is None:
        raise UserError("请写成 9:30 这样的时间")
    hour = int(match[1] or match[3] or match[4])
    minute = int(match[2] or match[5] or 0)
    if hour > 23 or minute > 59:
        raise UserError("时间应在 0:00 至 23:59 之间")
    return f"{hour:02d}:{minute:02d}"


class TimeField(ParsedField):
    """A time of day; the value is text 09:30."""

    def _parsed(self) -> object:
        return read_time(self.text())

    def _formatted(self, value: object) -> str:
        return str(value)
