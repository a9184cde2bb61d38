"""Examples of fields as they are typed in the editor, and as a form keeps them."""

from collections.abc import Mapping

from inspector_app.domain.money import parse_yuan, yuan
from inspector_app.domain.papers import FieldType
from inspector_app.errors import UserError
from inspector_app.library.form_text import Literal

HINTS: Mapping[FieldType, str] = {
    FieldType.DATE: "如 2026-11-18",
    FieldType.TIME: "如 09:30",
    FieldType.MONEY: "元，如 64,200.00",
    FieldType.TICKS: "一行一项",
    FieldType.INSPECTOR: "姓名 证号，如 张某某 豫D04000099",
}
NUMBERS = (FieldType.MONEY, FieldType.INTEGER)


def in_words(wanted: FieldType, value: object) -> str:
    """A sample as it is shown for typing; rows of a table are told by their number."""
    if value is None or isinstance(value, bool):
        return ""
    if wanted is FieldType.MONEY and isinstance(value, int):
        return yuan(value)
    if isinstance(value, list):
        rows = [one for one in value if not isinstance(one, str)]
        return f"{len(rows)} 行，在源文件里改" if rows else "\n".join(map(str, value))
    return str(value)


def from_words(wanted: FieldType, text: str) -> Literal | None:
    """What was typed as the form keeps it; None for nothing."""
    text = text.strip()
    if not text:
        return None
    if wanted is FieldType.MONEY:
        return parse_yuan(text)
    if wanted is FieldType.INTEGER:
        plain = text.replace(",", "")
        if not (plain.isascii() and plain.isdigit()):
            raise UserError("请填整数")
        return int(plain)
    if wanted is FieldType.TICKS:
        return lines_of(text)
    return text


def lines_of(text: str) -> list[str]:
    """One item a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]
