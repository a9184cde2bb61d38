"""Breaks Chinese text into lines by the rules of punctuation (禁则)."""

from collections.abc import Callable, Iterator

NO_START = frozenset(
    "，。、；：？！．）》〉」』】〕｝］〗”’…—－～·•‧％‰℃°′″々ー＂＇／"
    "!),.:;?]}%¢"
)  # fmt: skip
NO_END = frozenset("（《〈「『【〔｛［〖“‘￥＄￡＃№([{¥$£#☐☑")  # a box stays with what it ticks
Widths = Callable[[str], float]


def _joins(before: str, after: str, spaced: bool) -> bool:
    """Whether two characters, with or without a blank between them, stay on one line."""
    if after == " " or after in NO_START or before in NO_END:
        return True
    return not spaced and _latin(before) and _latin(after)


def _latin(char: str) -> bool:
    return "!" <= char <= "~" or "\u00c0" <= char <= "\u024f"


def groups(text: str) -> Iterator[str]:
    """Pieces between which a line may break; blanks stay at the end of their piece."""
    start, before = 0, ""
    for at, char in enumerate(text):
        if at and not _joins(before, char, text[at - 1] == " "):
            yield text[start:at]
            start = at
        before = before if char == " " else char
    if text:
        yield text[start:]


def break_lines(text: str, widths: Widths, first: float, rest: float) -> list[str]:
    """Lines of at most `first`, then `rest` points; joined they are `text` again.

    A piece wider than a whole line (a row of 40 exclamation marks) is broken where the line ends.
    """
    lines: list[str] = []
    line, used, room = "", 0.0, first
    for piece in groups(text):
        width, inked = _measured(piece, widths)
        if used + inked <= room:
            line, used = line + piece, used + width
            continue
        if line:
            lines.append(line)
            line, used, room = "", 0.0, rest
        if inked <= room:
            line, used = piece, width
            continue
        *full, line = _chop(piece, widths, room)
        lines.extend(full)
        used, room = _measured(line, widths)[0], rest
    return [*lines, line] if line or not lines else lines


def _measured(piece: str, widths: Widths) -> tuple[float, float]:
    """Width of a piece, and its width without the blanks at its end."""
    inked = sum(map(widths, piece.rstrip(" ")))
    return inked + sum(map(widths, piece[len(piece.rstrip(" ")) :])), inked


def _chop(piece: str, widths: Widths, room: float) -> list[str]:
    parts, part, used = [], "", 0.0
    for char in piece:
        width = widths(char)
        if part and used + width > room and char != " ":
            parts.append(part)
            part, used = "", 0.0
        part, used = part + char, used + width
    return [*parts, part]


def balanced(text: str, widths: Widths, room: float) -> list[str]:
    """As few lines as fit, of nearly equal width: titles break like a trapezium, not like prose."""
    lines = break_lines(text, widths, room, room)
    if len(lines) < 2:
        return lines
    narrow = sum(map(widths, text)) / len(lines)
    while narrow < room:
        tried = break_lines(text, widths, narrow, narrow)
        if len(tried) <= len(lines):
            return tried
        narrow += widths("国") / 2
    return lines
