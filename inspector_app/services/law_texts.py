"""Imported official texts in the rule browser: searched whole, read article by article."""

from dataclasses import dataclass
from datetime import date

from inspector_app.domain.bureau_law import StatuteArticle
from inspector_app.domain.law import Citation
from inspector_app.services.desk import Desk
from inspector_app.services.statutes import current_texts


@dataclass(frozen=True, slots=True)
class TextArticle:
    """One article of an imported text."""

    place: str  # 第十七条, or 正文前
    chapter: str
    body: str

    def holds(self, words: list[str]) -> bool:
        """Whether it holds all these words."""
        return all(word in f"{self.place}{self.body}" for word in words)


@dataclass(frozen=True, slots=True)
class WholeText:
    """The text of a statute that counts, with where it came from."""

    source: str
    imported_on: date
    effective_from: date | None
    articles: tuple[TextArticle, ...]


def text_bodies(desk: Desk) -> dict[str, str]:
    """Everything the current texts say, by the short name of the statute."""
    return {short: _joined(desk, text.id) for short, text in current_texts(desk).items()}


def _joined(desk: Desk, text_id: str) -> str:
    with desk.ledger.read() as view:
        return "\n".join(one.body for one in view.find(StatuteArticle, text_id=text_id))


def whole_text(desk: Desk, short: str) -> WholeText | None:
    """The current text of a statute; None when none was imported."""
    text = current_texts(desk).get(short)
    if text is None:
        return None
    with desk.ledger.read() as view:
        rows = view.find(StatuteArticle, text_id=text.id)
    articles = tuple(TextArticle(_place(row), row.chapter, row.body) for row in rows)
    return WholeText(text.source, text.imported_on, text.effective_from, articles)


def _place(row: StatuteArticle) -> str:
    return Citation("", row.article, row.sub).place if row.article else "正文前"
