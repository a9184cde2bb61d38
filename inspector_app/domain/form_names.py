"""What names in a bureau's own form may look like: they stand in lists, numbers and file names."""

from collections.abc import Iterable, Iterator

from inspector_app.domain.form_binding import BindingFault
from inspector_app.domain.odd_characters import FORBIDDEN, NOT_IN_FILES, odd_characters
from inspector_app.domain.papers import Field, PaperKind

LONGEST_TITLE, LONGEST_CHAR, LONGEST_LABEL, LONGEST_HELP = 40, 4, 30, 400
LONGEST_OPTION = 200  # a whole sentence to be ticked


def name_faults(own: PaperKind, others: Iterable[PaperKind]) -> Iterator[BindingFault]:
    """Everything wrong with the names of a form; `others` are the forms it must not be taken for.

    A title becomes the name of files, a character part of every number, labels stand in lists.
    """
    yield from _title(own)
    yield from _char(own)
    for field in own.fields:
        yield from _field(field)
    yield from _copies(own)
    yield from twin_faults(own, others)


def _odd(name: str, most: int) -> str:
    if odd_characters(name):
        return "里有看不见的字符"
    return f"超过 {most} 字" if len(name) > most else ""


def _field(field: Field) -> Iterator[BindingFault]:
    columns = [column.title for column in field.columns]
    names = (
        ("名称", [field.label], LONGEST_LABEL),
        ("分组", [field.group], LONGEST_LABEL),
        ("列名", columns, LONGEST_LABEL),
        ("选项", field.options, LONGEST_OPTION),
        ("说明", [field.help.replace("\n", "")], LONGEST_HELP),
    )
    for what, texts, most in names:
        told = next((said for text in texts if (said := _odd(text, most))), "")
        if told:
            short = "".join(one for one in field.label[:10] if not odd_characters(one))
            yield BindingFault(f"字段“{short}”的{what}{told}", field=field.id)


def _title(own: PaperKind) -> Iterator[BindingFault]:
    told = _odd(own.title, LONGEST_TITLE)
    if told:
        yield BindingFault(f"文书名称{told}", key="title")
    elif not (NOT_IN_FILES | {"."}).isdisjoint(own.title):
        yield BindingFault(f"文书名称要用作文件名，不能有 {FORBIDDEN} .", key="title")


def _char(own: PaperKind) -> Iterator[BindingFault]:
    char = own.series_char
    if own.series and not char:
        yield BindingFault("没有文种代字，字号印不出", key="series")
    elif char and (not char.isalnum() or len(char) > LONGEST_CHAR):
        told = f"文种代字“{char[:10]}”应为 1 到 {LONGEST_CHAR} 个汉字或字母"
        yield BindingFault(told, key="series_char")


def _copies(own: PaperKind) -> Iterator[BindingFault]:
    if not own.copies or len(set(own.copies)) != len(own.copies):
        yield BindingFault("各联要写名称，不能重复", key="copies")
    elif any(_odd(one, LONGEST_LABEL) for one in own.copies):
        yield BindingFault("各联的名称太长，或者有看不见的字符", key="copies")


def twin_faults(own: PaperKind, others: Iterable[PaperKind]) -> Iterator[BindingFault]:
    """Names and characters that another kind bears."""
    for other in others:
        if other.title == own.title:
            yield BindingFault(f"文书名称“{own.title}”已有另一种文书在用", key="title")
        if own.series and other.series and other.series_char == own.series_char:
            told = f"文种代字“{own.series_char}”已用于{other.title}，字号会重复"
            yield BindingFault(told, key="series_char")
