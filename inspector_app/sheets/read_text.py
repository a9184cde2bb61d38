"""Reads comma- or tab-separated text in any encoding a Chinese office produces."""

import csv
import io
import re
from collections import Counter
from itertools import islice

from inspector_app.errors import UserError
from inspector_app.sheets.cells import Cell, Sheet, make_sheet, text_cell

_DELIMITERS = (",", "\t", ";", "|")
# Export programs write ="0012…" or '0012… to keep a spreadsheet from spoiling long numbers.
_KEPT_AS_TEXT = re.compile(r'="(.*)"', re.DOTALL)
MAX_FIELD = 1_000_000
SAMPLE_RECORDS = 30


def read_text(data: bytes, name: str) -> list[Sheet]:
    """The one table of a text file."""
    text = decode(data)
    if "\x00" in text:
        raise UserError("认不出这个文件的格式。请另存为 xlsx 或 csv 后再导入。", kind="file")
    delimiter = find_delimiter(text)
    csv.field_size_limit(MAX_FIELD)
    try:
        rows = [
            [_cell(field) for field in record]
            for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        ]
    except csv.Error as error:
        raise UserError(
            "文件的引号不成对，分不清各列。请另存为 xlsx 后再导入。", kind="file"
        ) from error
    return [make_sheet(name, rows)]


def _cell(field: str) -> Cell:
    kept = _KEPT_AS_TEXT.fullmatch(field.strip())
    if kept:
        text = kept[1].replace('""', '"')
        return Cell(text, text)
    return text_cell(field.removeprefix("'"))


def decode(data: bytes) -> str:
    """Text of the bytes: what its mark says, else UTF-8, else GB 18030 (which holds GBK)."""
    if data.startswith(b"\xef\xbb\xbf"):
        encodings: tuple[str, ...] = ("utf-8-sig",)
    elif data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ("utf-16",)
    else:
        encodings = ("utf-8", "gb18030")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UserError("认不出这个文件的文字编码。请另存为 xlsx 后再导入。", kind="file")


def find_delimiter(text: str) -> str:
    """The separator that cuts the first records into equally many columns, the more the better."""
    best, best_score = ",", 0.0
    for delimiter in _DELIMITERS:
        sample = io.StringIO(text[:100_000], newline="")
        records = islice(csv.reader(sample, delimiter=delimiter), SAMPLE_RECORDS)
        widths = [len(record) for record in records if record]
        if not widths:
            continue
        width, times = Counter(widths).most_common(1)[0]
        score = (width - 1) * times / len(widths)
        if score > best_score:
            best, best_score = delimiter, score
    return best
