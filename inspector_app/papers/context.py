"""What a page needs beside the form: the bureau, the number, the marks of a draft or a copy."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from inspector_app.domain.paper_text import fill, is_empty, marks
from inspector_app.domain.papers import PaperKind, Value, Values

BLANK = "________"  # what a preview shows for a field nobody filled yet
OFF = "否"  # how a switch of the settings says no
VOID_MARK = "作废"


@dataclass(frozen=True, slots=True)
class PaperContext:
    """The bureau as it signs, the number and day of issue, and how the page is marked."""

    bureau: str
    number: str = ""
    issue_date: date | None = None
    address: str = ""
    postcode: str = ""
    phone: str = ""
    contact: str = ""
    court: str = ""
    review_body: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)
    draft: bool = False  # faint 草稿 and the seal's place, in a preview only
    mark: str = ""  # 副本, 附卷 …; 作废 goes across the page
    demo: bool = False  # 演示数据 at the foot
    code: str = ""  # what the code at the foot of the first page says; a draft shows its place


@dataclass(frozen=True, slots=True)
class RenderedPaper:
    """A finished PDF."""

    pdf: bytes
    sha256: str
    pages: int
    missing: tuple[str, ...]  # characters no font has; a paper with any may not be issued
    fonts: tuple[str, ...]  # PostScript names of the fonts embedded

    @classmethod
    def of(
        cls, pdf: bytes, pages: int, missing: tuple[str, ...], fonts: tuple[str, ...]
    ) -> "RenderedPaper":
        """Finished bytes with their hash."""
        return cls(pdf, hashlib.sha256(pdf).hexdigest(), pages, missing, fonts)


OFFICE_NAMES = (
    "bureau", "number", "issue_date", "address", "postcode", "phone", "contact", "court",
    "review_body",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Text:
    """Fills the marks of a form from its values, the office and the settings."""

    values: Values
    office: Mapping[str, Value]
    asked: frozenset[str]  # what a preview shows as a blank while it is empty

    @classmethod
    def of(cls, kind: PaperKind, values: Values, ctx: PaperContext) -> "Text":
        """Marks known to every form: its fields, the names of the office, {setting.key}."""
        office: dict[str, Value] = {name: getattr(ctx, name) for name in OFFICE_NAMES}
        filled = {f"setting.{key}": fill(text, office) for key, text in ctx.settings.items()}
        required = {field.id for field in kind.fields if field.required}
        asked = required | {"bureau", "number"} if ctx.draft else frozenset[str]()
        return cls(values, office | filled, frozenset(asked))

    def __call__(self, text: str) -> str:
        """The text as it is printed."""
        empty = {name: BLANK for name in self.asked if is_empty(self.get(name))}
        for mark in marks(text):
            if mark.name in empty:
                text = text.replace(f"{{{mark.name}|{mark.filter}}}", BLANK)
        return fill(text, {**self.values, **empty}, self.office)

    def get(self, name: str) -> Value:
        """The value of a mark."""
        return self.values.get(name, self.office.get(name))

    def wanted(self, conditions: tuple[str, ...]) -> bool:
        """Whether every named value is there; `!name` asks that it is not. 否 counts as not."""
        return all(self._holds(one.removeprefix("!")) != one.startswith("!") for one in conditions)

    def _holds(self, name: str) -> bool:
        value = self.get(name)
        return not is_empty(value) and value != OFF
