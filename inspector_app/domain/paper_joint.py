"""Several parties on one paper: the one of `party`, and the rows of the table field `co_parties`.

A row has `name`, and where the form asks for them `code`, `person`, `address` and `fine` (fen).
"""

import json
from collections.abc import Iterable, Iterator

from inspector_app.domain.capital import capital
from inspector_app.domain.money import yuan
from inspector_app.domain.papers import TableRow, Value, Values

PARTY, JOINT = "party", "co_parties"
NAME, FINE = "name", "fine"
_LINES = (("code", "统一社会信用代码"), ("person", "法定代表人（负责人）"), ("address", "地址"))
_SOME_JOINT = f'"{JOINT}":[{{'  # as domain.paper_values writes a table that has rows
_DIGITS = "零一二三四五六七八九"


def joint_rows(value: Value) -> tuple[TableRow, ...]:
    """The rows of the field; none for anything else."""
    return tuple(row for row in value if isinstance(row, dict)) if isinstance(value, tuple) else ()


def all_parties(values: Values) -> tuple[str, ...]:
    """Everybody a paper is addressed to, in its order."""
    first = values.get(PARTY)
    names = [first if isinstance(first, str) else "", *_names(joint_rows(values.get(JOINT)))]
    return tuple(name.strip() for name in names if name.strip())


def joint_parties(stored: str) -> tuple[str, ...]:
    """The parties in the stored values of a paper that has several, each once; else none.

    Reads the text without its form: it is asked of every paper of a ledger.
    """
    if _SOME_JOINT not in stored:
        return ()
    plain = json.loads(stored)
    rows = tuple(row for row in plain[JOINT] if isinstance(row, dict))
    names = tuple(dict.fromkeys(all_parties({PARTY: plain.get(PARTY), JOINT: rows})))
    return names if len(names) > 1 else ()


def names_text(rows: Iterable[TableRow]) -> str:
    """乙公司、丙公司."""
    return "、".join(_names(rows))


def _names(rows: Iterable[TableRow]) -> Iterator[str]:
    return (row.get(NAME, "").strip() for row in rows if row.get(NAME, "").strip())


def party_lines(rows: Iterable[TableRow]) -> str:
    """当事人二：乙公司, and a line for each thing known of it; the first party is `party`."""
    lines: list[str] = []
    for number, row in enumerate(rows, 2):
        lines.append(f"当事人{numeral(number)}：{row.get(NAME, '').strip()}")
        known = ((label, row.get(key, "").strip()) for key, label in _LINES)
        lines += [f"{label}：{text}" for label, text in known if text]
    return "\n".join(lines)


def fines_text(rows: Iterable[TableRow]) -> str:
    """；对乙公司罚款人民币…元（大写：…）：goes on after the fine of the first party."""
    return "".join(f"；对{row.get(NAME, '').strip()}{_fine(row)}" for row in rows)


def _fine(row: TableRow) -> str:
    text = row.get(FINE, "").strip()
    fen = int(text) if text.isdigit() else 0
    return f"罚款人民币{yuan(fen)}元（大写：{capital(fen)}）" if fen else "不罚款"


def numeral(number: int) -> str:
    """二, 十二, 二十; 1 to 99."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")
