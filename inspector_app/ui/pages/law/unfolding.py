"""Parts of a rule's sheet that begin short and unfold: an official text, the users of a rule."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from inspector_app.domain.term_words import date_text
from inspector_app.services.law_texts import TextArticle, WholeText
from inspector_app.services.law_uses import UseGroup
from inspector_app.ui.pages.law.pieces import LinkLine, Tile, section
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import label

FEW = 5  # places of one sort, or articles, shown before one asks for all


class TextPart(QWidget):
    """The articles of an imported text; those that hold what is looked for come first and alone."""

    def __init__(self, text: WholeText, words: str) -> None:
        super().__init__()
        self.column = box(QVBoxLayout(self), spacing=6)
        since = f"，{date_text(text.effective_from)}起施行" if text.effective_from else ""
        told = f"{text.source}，{date_text(text.imported_on)}导入{since}"
        self.column.addLayout(section(f"原文 {len(text.articles)} 条"))
        self.column.addWidget(label(told, "caption", wrap=True))
        wanted = words.split()
        found = [one for one in text.articles if wanted and one.holds(wanted)]
        self._rest = [one for one in text.articles if one not in found]
        if found:
            self.column.addWidget(label(f"有“{words}”的 {len(found)} 条", "label"))
        else:
            found, self._rest = list(text.articles[:FEW]), list(text.articles[FEW:])
        for article in found:
            self._add(article)
        self.more = LinkLine(f"其余 {len(self._rest)} 条", self.unfold)
        self.more.setVisible(bool(self._rest))
        self.column.addWidget(self.more)

    def unfold(self) -> None:
        """Show the rest, in order."""
        self.more.hide()
        for article in self._rest:
            self._add(article)

    def _add(self, article: TextArticle) -> None:
        tile = Tile()
        tile.add("　".join(part for part in (article.place, article.chapter) if part), "caption")
        tile.add(article.body, "value")
        self.column.addWidget(tile)


class UsesPart(QWidget):
    """Places of one sort as links; a long list unfolds."""

    def __init__(self, group: UseGroup, go: Callable[[str], object], count: int = 0) -> None:
        super().__init__()
        self._group, self._go = group, go
        self._count = count or len(group.uses)
        self.column = box(QVBoxLayout(self), spacing=2)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.column.addWidget(label(f"{group.title} {self._count}", "label"))
        for use in group.uses[:FEW]:
            self._add(use.key, use.title, use.note)
        if len(group.uses) > FEW:
            self.more = LinkLine(f"全部 {len(group.uses)} 处", self.unfold)
            self.column.addWidget(self.more)

    def unfold(self) -> None:
        """Show the rest."""
        self.more.hide()
        for use in self._group.uses[FEW:]:
            self._add(use.key, use.title, use.note)

    def _add(self, key: str, title: str, note: str) -> None:
        row = box(QHBoxLayout(), spacing=6)
        row.addWidget(LinkLine(title, lambda: self._go(key)), 1)
        row.addWidget(label(note, "caption"))
        self.column.addLayout(row)
