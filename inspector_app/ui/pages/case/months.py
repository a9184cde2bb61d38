"""Months as typed by people: 2026-06, 202606, 2026年6月; stored as 2026-06."""

import re
import unicodedata

from inspector_app.errors import UserError
from inspector_app.ui.forms.lines import ParsedField

_MONTH = re.compile(r"(\d{4})\s*[-/.年]?\s*(\d{1,2})\s*月?")


def read_month(text: str) -> str:
    """YYYY-MM; UserError when it is no month."""
    match = _MONTH.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if match is None or not 1 <= int(match[2]) <= 12:
        raise UserError("请写成 2026-06 这样的年月")
    return f"{match[1]}-{int(match[2]):02d}"


class MonthField(ParsedField):
    """A month; the value is text YYYY-MM, or None."""

    def _parsed(self) -> object:
        return read_month(self.text())

    def _formatted(self, value: object) -> str:
        return str(value)

    def live_hint(self) -> str:
        value = self.value()
        if not isinstance(value, str):
            return ""
        return f"{value[:4]}年{int(value[5:])}月"
