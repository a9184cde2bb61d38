"""Reads an official text of a statute from a file and splits it into articles."""

import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from inspector_app.domain.law import Citation, chinese_number
from inspector_app.errors import DAMAGED_ZIP, OutsideError, UserError

MOST_BYTES = 20 * 1024 * 1024  # the longest code of law is a hundredth of it
MOST_ARTICLES = 2000
_NUMBERS = {chinese_number(number): number for number in range(1, 1000)}
_DIGITS = "〇零○一二三四五六七八九十百"
_HEAD = re.compile(
    rf"第(?P<number>[{_DIGITS}]{{1,8}}|\d{{1,3}})条(?:之(?P<sub>[一二三四五六七八九十]{{1,2}}))?"
    r"(?P<gap>[\s\u3000]*)"
)
_PART = re.compile(rf"第[{_DIGITS}\d]{{1,6}}(?P<rank>编|分编|章|节)[\s\u3000]*(?P<name>.{{0,40}})")
_RANKS = ("编", "分编", "章", "节")
_ITEM = re.compile(rf"[（(]\s*(?P<number>[{_DIGITS}]{{1,4}})\s*[)）]")
_MARKUP = re.compile(r"^(?:#{1,6}|>|[-*+](?=\s))\s*")
_BOLD = re.compile(r"\*\*|__|</?(?:b|strong|br)\s*/?>")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ENTITIES = {"&nbsp;": " ", "&emsp;": " ", "&ensp;": " ", "&amp;": "&"}
_NOT_TEXTS = (
    (b"%PDF", "这是 PDF 文件，请另存为 Word 文档（.docx）或者纯文本后再导入。"),
    (bytes.fromhex("D0CF11E0A1B11AE1"), "这是旧版 Word 文档（.doc），请另存为 .docx 后再导入。"),
    (b"\x89PNG", "这是图片，不是文字。"),
    (b"\xff\xd8\xff", "这是图片，不是文字。"),
)
_NOT_WORD = "文件打不开：已损坏、设有密码，或者不是 Word 文档。请用 WPS/Word 另存为 .docx 后再试。"
NO_ARTICLES = (
    "没有找到“第一条”，不能按条拆分。条号可能是 Word 自动编号，请另存为纯文本（.txt）后再导入。"
)


@dataclass(frozen=True, slots=True)
class TextArticle:
    """One article as it stands in the file; article 0 is what stands before article 1."""

    order: int
    article: int
    sub: str
    chapter: str
    body: str


@dataclass(frozen=True, slots=True)
class TextRead:
    """A statute read from a file. `oddities` are gaps and repeats in its numbering."""

    title: str
    articles: tuple[TextArticle, ...]
    oddities: tuple[str, ...]

    @property
    def last_article(self) -> int:
        """Number of its last article; 0 when it is not divided into articles."""
        return max((one.article for one in self.articles), default=0)


def read_words(path: Path) -> str:
    """The words of a .txt, .md or .docx file; the content decides, not the name."""
    data = _bytes_of(path)
    for start, message in _NOT_TEXTS:
        if data.startswith(start):
            raise UserError(message, field="file", kind="file")
    return _docx_words(path) if data.startswith(b"PK") else _decoded(data)


def _bytes_of(path: Path) -> bytes:
    if not path.is_file():
        raise UserError(f"没有找到文件“{path.name}”。", field="file", kind="file")
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UserError("文件超过 20 MB，不像一部法规。", field="file", kind="file")
        data = path.read_bytes()
    except OSError as error:
        raise OutsideError(f"读不了文件“{path.name}”，请确认没有被别的程序占用。") from error
    if not data.strip(b"\x00 \r\n\t\xef\xbb\xbf"):
        raise UserError("文件是空的。", field="file", kind="file")
    return data


def _decoded(data: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 with it, else GB18030."""
    encodings = ["utf-8-sig", "gb18030"]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not re.search(r"[\x00-\x08\x0e-\x1f]", text):
            return text
    message = "看不懂文件的编码，请用记事本另存为 UTF-8 编码的文本后再导入。"
    raise UserError(message, field="file", kind="file")


def _docx_words(path: Path) -> str:
    # Loading it costs a tenth of a second, and texts are imported a few times a year.
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError

    try:
        with zipfile.ZipFile(path) as package:
            if sum(one.file_size for one in package.infolist()) > 10 * MOST_BYTES:
                raise UserError("文件展开后超过 200 MB，不像一部法规。", field="file", kind="file")
        document = Document(str(path))
        blocks = document.iter_inner_content()
        return "\n".join(line for block in blocks for line in _lines_of(block))
    except (
        *DAMAGED_ZIP, PackageNotFoundError, KeyError, AttributeError, SyntaxError,
    ) as error:  # fmt: skip
        raise UserError(_NOT_WORD, field="file", kind="file") from error


def _lines_of(block: object) -> Iterator[str]:
    """A paragraph, or a table row by row."""
    text = getattr(block, "text", None)
    if text is not None:
        yield str(text)
    for row in getattr(block, "rows", ()):
        yield "　".join(dict.fromkeys(cell.text.replace("\n", "　") for cell in row.cells))


def read_statute(path: Path, *, undivided: bool = False) -> TextRead:
    """The articles of a file; UserError with a sentence when it cannot be read."""
    return split_articles(read_words(path), undivided=undivided)


def _lines(text: str) -> list[str]:
    """The lines without markup, YAML front matter, comments and blank ones."""
    text = _COMMENT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    front = re.match(r"\s*---\n.*?\n---\n", text, re.DOTALL)
    text = text[front.end() :] if front else text
    for entity, character in _ENTITIES.items():
        text = text.replace(entity, character)
    lines = (_BOLD.sub("", _MARKUP.sub("", line.strip())).strip() for line in text.split("\n"))
    return [line for line in lines if line and set(line) - set("-=*_ ")]


def split_articles(text: str, *, undivided: bool = False) -> TextRead:
    """Split a text at 第…条; chapters are remembered for the articles below them.

    Without articles it is refused, unless it is a notice that is cited as a whole.
    """
    lines = _lines(text)
    title = _title(text, lines)
    spaced = any(_is_first(head) and head["gap"] for head in map(_HEAD.match, lines) if head)
    parts: dict[str, str] = {}
    found: list[TextArticle] = []
    body: list[str] = []
    number, sub, chapter = 0, "", ""
    for line in lines:
        part = _PART.fullmatch(line)
        head = _head(line, number, spaced)
        if part:
            chapter = _chapter(parts, part, line)
            continue
        if head is None:
            body += [line] if line != title else []
            continue
        _close(found, number, sub, body)
        number, sub = _number(head["number"]), head["sub"] or ""
        rest = line[head.end() :].strip()
        body = [rest] if rest else []
        found.append(TextArticle(len(found) + 1, number, sub, chapter, ""))
    _close(found, number, sub, body)
    if not any(one.article for one in found) and not undivided:
        raise UserError(NO_ARTICLES, field="file", kind="file")
    if len(found) > MOST_ARTICLES:
        raise UserError("条文超过两千条，不像一部法规。", field="file", kind="file")
    return TextRead(title, tuple(found), tuple(_oddities(found)))


def _is_first(head: re.Match[str] | None) -> bool:
    return head is not None and _number(head["number"]) == 1


def _head(line: str, last: int, spaced: bool) -> re.Match[str] | None:
    """The heading of an article; without a gap behind it, only where the next number is due."""
    head = _HEAD.match(line)
    if head is None or not _number(head["number"]):
        return None
    if head["gap"] or head.end() == len(line):
        return head
    due = _number(head["number"]) == last + 1 and not spaced
    return head if due and line[head.end()] not in "的规、至和或（(第" else None


def _number(text: str) -> int:
    """1…999; 0 for what is no number."""
    if text.isascii() and text.isdigit():
        return int(text)
    bare = text.replace("〇", "零").replace("○", "零")
    return _NUMBERS.get(bare, 0) or _NUMBERS.get(bare.replace("百十", "百一十"), 0)


def _chapter(parts: dict[str, str], part: re.Match[str], line: str) -> str:
    """第三章 工资清偿, with the section below it; a new chapter ends the section before."""
    rank = _RANKS.index(part["rank"])
    for lower in _RANKS[rank:]:
        parts.pop(lower, None)
    parts[part["rank"]] = re.sub(r"[\s\u3000]+", " ", line)
    return " ".join(parts[one] for one in _RANKS if one in parts)


def _close(found: list[TextArticle], number: int, sub: str, body: list[str]) -> None:
    """Give the last article its words; what stands before article 1 becomes article 0."""
    words = "\n".join(body)
    if found:
        last = found[-1]
        found[-1] = TextArticle(last.order, number, sub, last.chapter, words)
    elif words:
        found.append(TextArticle(1, 0, "", "", words))


def _title(text: str, lines: list[str]) -> str:
    """The first heading, else the first line."""
    front = re.search(r"^title:\s*[\"']?(.+?)[\"']?\s*$", text[:2000], re.MULTILINE)
    if front and text.lstrip("\ufeff \n").startswith("---"):
        return front[1]
    return lines[0] if lines else ""


def _oddities(found: Iterable[TextArticle]) -> Iterator[str]:
    last = 0
    seen: set[tuple[int, str]] = set()
    for one in found:
        if not one.article:
            continue
        words = Citation("", one.article, one.sub).place
        if (one.article, one.sub) in seen:
            yield f"{words}出现两次。"
        elif one.article not in (last, last + 1):
            before = f"第{chinese_number(last)}条" if last else "开头"
            yield f"{before}之后是{words}，中间有缺。"
        seen.add((one.article, one.sub))
        last = max(last, one.article)


def paragraphs(body: str) -> list[tuple[str, list[str]]]:
    """The 款 of an article, each with the numbers of its 项 (一、二 …)."""
    found: list[tuple[str, list[str]]] = []
    for line in body.split("\n"):
        item = _ITEM.match(line)
        if item and found:
            found[-1][1].append(item["number"])
        else:
            found.append((line, []))
    return found


def holds(articles: Iterable[TextArticle], citation: Citation) -> bool:
    """Whether the place a citation names stands among these articles."""
    wanted = (citation.article, citation.sub)
    bodies = (one.body for one in articles if (one.article, one.sub) == wanted)
    return any(holds_place(body, citation) for body in bodies)


def holds_place(body: str, citation: Citation) -> bool:
    """Whether the words of an article have the 款 and 项 a citation names."""
    found = paragraphs(body)
    if citation.paragraph:
        found = found[citation.paragraph - 1 : citation.paragraph]
    return bool(found) and (not citation.item or any(citation.item in one[1] for one in found))
