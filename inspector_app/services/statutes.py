"""Official texts the bureau brought in: shown beside the rules, searched, checked against."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from inspector_app.domain.bureau_law import StatuteArticle, StatuteText
from inspector_app.domain.law import Citation, Statute
from inspector_app.errors import UserError
from inspector_app.ledger.ids import new_id
from inspector_app.ledger.views import View
from inspector_app.library.cited import cited_places
from inspector_app.library.statute_text import TextRead, holds_place, read_statute
from inspector_app.services.desk import Desk

AROUND = 30  # characters shown on each side of a word that was found
MOST_HITS = 50
MOST_NAMED = 8  # statutes named in a refusal


@dataclass(frozen=True, slots=True)
class ImportedText:
    """A text that was stored; `notes` are what the reader should look at."""

    stored: StatuteText
    articles: int
    last_article: int
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownArticle:
    """An article beside a rule; `title` is the statute as it is cited."""

    title: str
    place: str
    chapter: str
    body: str
    text_id: str


@dataclass(frozen=True, slots=True)
class TextHit:
    """An article that holds the words somebody looked for."""

    short: str
    title: str
    place: str
    snippet: str
    article_id: str


@dataclass(frozen=True, slots=True)
class MissingArticle:
    """A place the rules cite that the imported text does not have."""

    statute: str
    place: str
    rules: tuple[str, ...]


def find_statute(desk: Desk, named: str) -> Statute:
    """The statute of that short or full name."""
    bare = named.strip().strip("《》")
    for statute in desk.library.statutes.values():
        if bare in {statute.short, statute.name}:
            return statute
    near = [one for one in desk.library.statutes if bare and bare[:2] in one]
    known = "、".join((near or list(desk.library.statutes))[:MOST_NAMED])
    message = f"法规表里没有“{named}”。请写简称，例如：{known}。"
    raise UserError(message, field="statute", kind="unknown")


def import_text(
    desk: Desk, path: Path, short: str, effective_from: date | None = None, note: str = ""
) -> ImportedText:
    """Store an official text; the latest one of a statute is the one that rules are checked by."""
    statute = find_statute(desk, short)
    read = read_statute(path, undivided=statute.undivided)
    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    with desk.ledger.read() as view:
        same = view.first(StatuteText, sha256=digest)
        texts = view.find(StatuteText, short=statute.short)
    if same is not None:
        message = f"这份文件 {same.imported_on} 已作为“{same.title}”导入，不用再导。"
        raise UserError(message, field="file", kind="exists")
    desk.files.put(data)
    text = StatuteText(
        id=new_id(),
        short=statute.short,
        title=read.title or statute.name,
        source=path.name,
        sha256=digest,
        imported_on=desk.today(),
        scope=desk.city,
        city=desk.city,
        effective_from=effective_from,
        note=note.strip(),
    )
    with desk.work("导入法规原文", note.strip()) as uow:
        uow.add(text)
        uow.add_all(
            StatuteArticle(
                new_id(), text.id, one.order, one.article, one.sub, one.chapter, one.body
            )
            for one in read.articles
        )
        uow.commit()
    notes = (*read.oddities, *_notes(statute, read, [*texts, text]))
    return ImportedText(text, len(read.articles), read.last_article, notes)


def _notes(statute: Statute, read: TextRead, texts: list[StatuteText]) -> Iterator[str]:
    bare = statute.name.removeprefix("中华人民共和国")
    if bare not in read.title and read.title not in statute.name:
        yield f"文件的标题是“{read.title}”，请核对是不是《{statute.name}》。"
    if statute.last_article and read.last_article not in (0, statute.last_article):
        yield (
            f"文本到第 {read.last_article} 条为止，规则包按 {statute.last_article} 条登记，"
            "请核对是不是同一版本。"
        )
    current = _current(texts)[statute.short]
    if current is not texts[-1]:
        yield f"另有施行日期更晚的文本（{current.source}），核对条文仍以它为准。"
    elif len(texts) > 1:
        yield f"此前导入的文本（{texts[-2].source}）保留，核对条文改用这一份。"


def _current(texts: Iterable[StatuteText]) -> dict[str, StatuteText]:
    """Of each statute the text imported last, unless it is known to be the older version."""
    found: dict[str, StatuteText] = {}
    for text in texts:
        known = found.get(text.short)
        older = (
            known is not None
            and known.effective_from is not None
            and text.effective_from is not None
            and text.effective_from < known.effective_from
        )
        if not older:
            found[text.short] = text
    return found


def current_texts(desk: Desk) -> dict[str, StatuteText]:
    """The text that counts, by the short name of its statute."""
    with desk.ledger.read() as view:
        return _current(view.find(StatuteText))


def all_texts(desk: Desk) -> list[StatuteText]:
    """Every text ever imported, oldest first."""
    with desk.ledger.read() as view:
        return view.find(StatuteText)


def articles_of(desk: Desk, short: str, article: int, sub: str = "") -> list[ShownArticle]:
    """That article of the current text; [] when no text was imported or it has no such article."""
    return beside(desk, [Citation(find_statute(desk, short).short, article, sub)])


def beside(desk: Desk, cited: Iterable[Citation]) -> list[ShownArticle]:
    """The articles a rule cites, as far as their texts were imported, each once."""
    wanted = dict.fromkeys((one.statute, one.article, one.sub) for one in cited)
    found: list[ShownArticle] = []
    with desk.ledger.read() as view:
        texts = _current(view.find(StatuteText, short=[short for short, _, _ in wanted]))
        for short, article, sub in wanted:
            if short in texts and (article or desk.library.statutes[short].undivided):
                rows = view.find(StatuteArticle, text_id=texts[short].id, article=article, sub=sub)
                found += [_shown(desk, short, row) for row in rows]
    return found


def _shown(desk: Desk, short: str, row: StatuteArticle) -> ShownArticle:
    return ShownArticle(_title(desk, short), _place(row), row.chapter, row.body, row.text_id)


def _title(desk: Desk, short: str) -> str:
    statute = desk.library.statutes.get(short)
    return statute.name if statute else short


def _place(row: StatuteArticle) -> str:
    return Citation("", row.article, row.sub).place if row.article else "正文前"


def search_texts(desk: Desk, words: str, limit: int = MOST_HITS) -> list[TextHit]:
    """Articles of the current texts that hold all the words."""
    wanted = words.split()
    if not wanted:
        raise UserError("请写要找的字词。", field="words")
    with desk.ledger.read() as view:
        texts = {text.id: text for text in _current(view.find(StatuteText)).values()}
        rows = _rows(view, texts)
    found = [row for row in rows if all(word in row.body for word in wanted)]
    return [
        TextHit(
            short=texts[row.text_id].short,
            title=_title(desk, texts[row.text_id].short),
            place=_place(row),
            snippet=_snippet(row.body, wanted[0]),
            article_id=row.id,
        )
        for row in found[:limit]
    ]


def _rows(view: View, texts: Iterable[str]) -> list[StatuteArticle]:
    return [row for text_id in texts for row in view.find(StatuteArticle, text_id=text_id)]


def _snippet(body: str, word: str) -> str:
    line = re.sub(r"\s+", " ", body)
    at = line.find(word)
    start, end = max(at - AROUND, 0), min(at + len(word) + AROUND, len(line))
    return f"{'…' if start else ''}{line[start:end]}{'…' if end < len(line) else ''}"


def missing_articles(desk: Desk) -> list[MissingArticle]:
    """Places the rules cite that are not in the imported texts; texts not imported do not count."""
    with desk.ledger.read() as view:
        texts = _current(view.find(StatuteText))
        articles = {
            short: {(row.article, row.sub): row.body for row in _rows(view, [text.id])}
            for short, text in texts.items()
        }
    missing: dict[tuple[str, str], list[str]] = {}
    for one in cited_places(desk.library.office):
        cited = one.citation
        if cited.statute not in articles or not cited.article:
            continue
        body = articles[cited.statute].get((cited.article, cited.sub))
        if body is None or not holds_place(body, cited):
            missing.setdefault((cited.statute, cited.place), []).append(one.rule)
    return [
        MissingArticle(statute, place, tuple(dict.fromkeys(rules)))
        for (statute, place), rules in missing.items()
    ]
