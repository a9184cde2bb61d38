"""Months as typed by people: 2026-06, 202606, 2026年6月; stored as 2026-06."""

import re
import unicodedata

from inspector_app.errors import UserError

_MONTH = re.compile(r"(\d{4})\s*[-/.年]?\s*(\d{1,2})\s*月?")


def read_month(text: str, field: str = "") -> str:
    """YYYY-MM; UserError, at that field, when it is no month."""
    match = _MONTH.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if match is None or not 1 <= int(match[2]) <= 12:
        raise UserError("请写成 2026-06 这样的年月", field=field)
    return f"{match[1]}-{int(match[2]):02d}"
