"""Changes a form.toml row by row and leaves every other line, comment and blank as it was."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from inspector_app.library.places import HEAD, KEY, statements

# Arrays of a form, and the order their keys are written in.
ORDER: Mapping[str, tuple[str, ...]] = {
    "": ("id", "copy_of", "title", "version", "effective_from", "layout", "series", "series_char",
         "copies", "checks", "audience", "approval"),
    "law": ("article", "verified", "note", "demands"),
    "field": ("id", "label", "type", "group", "required", "default", "max_length", "help",
              "options", "columns", "example", "longest", "longest_repeat"),
    "body": ("kind", "when", "text", "rows", "options"),
}  # fmt: skip
WIDE = 96
Literal = str | bool | int | date | Sequence["Literal"] | Mapping[str, "Literal"]


@dataclass(frozen=True, slots=True)
class _Piece:
    """The lines of one table: its header and keys, with the comments above it."""

    array: str  # law, field, body; "" for what stands before the first of them
    text: str


def set_key(text: str, array: str, number: int, key: str, value: Literal | None) -> str:
    """Write a key of the row of that number (from 0) of an array; None takes it away.

    "" as array means the keys at the top of the file.
    """
    pieces = _pieces(text)
    at = _index(pieces, array, number)
    pieces[at] = replace(pieces[at], text=_with_key(pieces[at], key, value))
    return _joined(pieces)


def add_row(text: str, array: str, number: int, cells: Mapping[str, Literal]) -> str:
    """Put a row in at that place of an array, at its end when there are fewer."""
    pieces = _pieces(text)
    places = _places(pieces, array)
    at = places[number] if number < len(places) else _end(pieces, array)
    body = "".join(f"{key} = {literal(value)}\n" for key, value in cells.items())
    pieces.insert(at, _Piece(array, f"[[{array}]]\n{body}\n"))
    return _joined(pieces)


def remove_row(text: str, array: str, number: int) -> str:
    """Take a row out."""
    pieces = _pieces(text)
    del pieces[_index(pieces, array, number)]
    return _joined(pieces)


def move_row(text: str, array: str, number: int, to: int) -> str:
    """Put a row at another place of its array."""
    pieces = _pieces(text)
    places = _places(pieces, array)
    rows = [pieces[place] for place in places]
    rows.insert(to, rows.pop(number))
    for place, row in zip(places, rows, strict=True):
        pieces[place] = row
    return _joined(pieces)


def odd_array(text: str, counts: Mapping[str, int]) -> str:
    """An array that is not written row by row as [[name]], so that it cannot be changed here."""
    pieces = _pieces(text)
    return next((one for one, count in counts.items() if len(_places(pieces, one)) != count), "")


def row_at(text: str, line: int) -> tuple[str, int]:
    """The array and number of the row that a line, from 1, stands in; ("", 0) at the top."""
    counts: dict[str, int] = {}
    array, begun = "", 1
    for piece in _pieces(text):
        if line < begun:
            break
        array = piece.array
        counts[array] = counts.get(array, -1) + 1
        begun += piece.text.count("\n")
    return array, counts.get(array, 0)


def literal(value: Literal) -> str:
    """A value as TOML writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, Mapping):
        cells = ", ".join(f"{_bare(key)} = {literal(cell)}" for key, cell in value.items())
        return f"{{ {cells} }}" if cells else "{}"
    parts = [literal(one) for one in value]
    line = f"[{', '.join(parts)}]"
    if len(line) <= WIDE:
        return line
    return "[\n" + "".join(f"    {part},\n" for part in parts) + "]"


_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def _quoted(text: str) -> str:
    def safe(char: str) -> str:
        if char in _ESCAPES:
            return _ESCAPES[char]
        return f"\\u{ord(char):04x}" if ord(char) < 32 or ord(char) == 127 else char

    return '"' + "".join(map(safe, text)) + '"'


def _bare(key: str) -> str:
    return (
        key if key.isascii() and key.replace("_", "").replace("-", "").isalnum() else _quoted(key)
    )


# ── the text in pieces ───────────────────────────────────────────────────────────────────────────
def _pieces(text: str) -> list[_Piece]:
    found: list[_Piece] = []
    array, lines = "", list[str]()
    if text and not text.endswith("\n"):
        text += "\n"
    for _, statement in statements(text):
        head = HEAD.match(statement)
        if head and head["many"] and head["names"].strip() in ORDER:
            above = _comments_above(lines)
            found.append(_Piece(array, "".join(lines[: len(lines) - above])))
            array, lines = head["names"].strip(), lines[len(lines) - above :]
        lines.append(statement)
    found.append(_Piece(array, "".join(lines)))
    return found


def _comments_above(lines: Sequence[str]) -> int:
    """How many comment lines stand directly above what comes next: they go with it."""
    count = 0
    for line in reversed(lines):
        if not line.lstrip().startswith("#"):
            break
        count += 1
    # Comments that nothing separates from the top of the file are about the file.
    return 0 if count == len(lines) else count


def _joined(pieces: Sequence[_Piece]) -> str:
    """The text again; a row that came to the end keeps one blank line before the next."""
    texts = [piece.text for piece in pieces]
    spaced = [
        text if text.endswith("\n\n") or not text else f"{text.rstrip()}\n\n" for text in texts[:-1]
    ]
    return "".join(spaced) + texts[-1].rstrip() + "\n"


def _places(pieces: Sequence[_Piece], array: str) -> list[int]:
    return [at for at, piece in enumerate(pieces) if piece.array == array]


def _index(pieces: Sequence[_Piece], array: str, number: int) -> int:
    return _places(pieces, array)[number]


def _end(pieces: Sequence[_Piece], array: str) -> int:
    """Behind the last row of the array, else behind the last of those written before it."""
    order = list(ORDER)
    before = order[: order.index(array) + 1]
    return max(at for at, piece in enumerate(pieces) if piece.array in before) + 1


def _with_key(piece: _Piece, key: str, value: Literal | None) -> str:
    lines = list(_statements(piece.text))
    at = next((n for n, line in enumerate(lines) if _key(line) == key), None)
    if value is None:
        return "".join(lines if at is None else [*lines[:at], *lines[at + 1 :]])
    written = f"{key} = {literal(value)}\n"
    if at is not None:
        return "".join([*lines[:at], written, *lines[at + 1 :]])
    at = _room(lines, ORDER[piece.array], key)
    return "".join([*lines[:at], written, *lines[at:]])


def _statements(text: str) -> Iterator[str]:
    return (line for _, line in statements(text) if line)


def _key(statement: str) -> str:
    found = KEY.match(statement)
    return found["names"].strip().strip("\"'") if found else ""


def _room(lines: Sequence[str], order: Sequence[str], key: str) -> int:
    """Where a new key goes: behind the last of those written before it, else behind the head."""
    before = order[: order.index(key)] if key in order else order
    known = [n for n, line in enumerate(lines) if _key(line) in before]
    if known:
        return known[-1] + 1
    heads = [n for n, line in enumerate(lines) if HEAD.match(line)]
    return heads[0] + 1 if heads else len(lines)
