"""A case file as it is bound: what goes in, in which part, in which order, on which pages."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

EVIDENCE, OTHER = "evidence", "other"
PROOF = "proof_of_service"
COVER, CONTENTS, NOTE = "file_cover", "file_contents", "file_note"
FILE_FORMS = frozenset({COVER, CONTENTS, NOTE})
"""Kinds a file is bound with; they are never among the papers in it."""


@dataclass(frozen=True, slots=True)
class FilePart:
    """正卷 or 副卷: the kinds of papers in it, in their order."""

    id: str
    name: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileItem:
    """Something that goes into a case file. `follows`: the item a proof of service belongs to."""

    id: str
    kind: str  # paper kind, or "evidence"
    title: str
    number: str
    maker: str  # 责任者
    on: date
    sha256: str  # "" for a paper that lies on paper only
    media_type: str
    follows: str = ""
    note: str = ""
    pages: int = 0  # 0: not known before the file is read


@dataclass(frozen=True, slots=True)
class Placed:
    """An item with the pages it stands on, counted from 1 in its part."""

    item: FileItem
    first: int
    last: int

    @property
    def pages(self) -> str:
        """3 or 3-5."""
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


def in_order(
    part: FilePart, parts: Sequence[FilePart], items: Iterable[FileItem]
) -> list[FileItem]:
    """The items of a part: by kind, then by day; each proof of service behind its paper.

    A kind no part names goes where `other` stands.
    """
    named = {kind for one in parts for kind in one.kinds}
    places = {kind: place for place, kind in enumerate(part.kinds)}
    known = list(items)
    ids = {item.id for item in known}

    def place(item: FileItem) -> int | None:
        if item.kind in places:
            return places[item.kind]
        return places.get(OTHER) if item.kind not in named else None

    own = [(spot, item) for item in known if (spot := place(item)) is not None]
    alone = [(spot, item) for spot, item in own if not (item.follows and item.follows in ids)]
    alone.sort(key=lambda pair: (pair[0], pair[1].on, pair[1].id))
    behind: dict[str, list[FileItem]] = {}
    for item in known:
        if item.follows and item.follows in ids:
            behind.setdefault(item.follows, []).append(item)
    found: list[FileItem] = []
    for _, item in alone:
        found += [item, *sorted(behind.get(item.id, ()), key=lambda one: (one.on, one.id))]
    return found


def placed(items: Sequence[FileItem], pages: Mapping[str, int]) -> list[Placed]:
    """Each item with its pages, one after the other; `pages`: id -> how many it has."""
    found: list[Placed] = []
    first = 1
    for item in items:
        last = first + pages[item.id] - 1
        found.append(Placed(item, first, last))
        first = last + 1
    return found
