"""Lays a row of items onto pages: what stays together, what is repeated, where a row is cut."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from inspector_app.papers.pen import Pen

Paint = Callable[[Pen, float], None]  # the pen and the y of the item's upper edge


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of a page as high as the page is wide: a line, a table row, a signature block."""

    height: float
    paint: Paint
    keep: bool = False  # stays on the page of the next item
    foot: bool = False  # stands at the foot of its page
    blank: bool = False  # vanishes at the top of a page
    head: tuple["Item", ...] = ()  # repeated when a page begins with this item
    cut: Callable[[float], tuple["Item", "Item"] | None] | None = None  # at most this high, rest


@dataclass(frozen=True, slots=True)
class Placed:
    """An item with its distance from the top of the type area."""

    item: Item
    top: float


class _Pages:
    def __init__(self, height: float) -> None:
        self.height = height
        self.pages: list[list[Placed]] = [[]]
        self.used = 0.0

    @property
    def room(self) -> float:
        return self.height - self.used + 0.01

    def put(self, item: Item) -> None:
        page = self.pages[-1]
        if item.blank and not page:
            return
        top = self.height - item.height if item.foot else self.used
        page.append(Placed(item, top))
        self.used = top + item.height

    def turn(self, head: Sequence[Item]) -> None:
        self.pages.append([])
        self.used = 0.0
        for item in head:
            self.put(item)

    def put_cut(self, item: Item) -> None:
        """Put an item that need not fit: it is cut where the page ends, as often as needed."""
        while item.height > self.room:
            parts = item.cut(self.room) if item.cut else None
            if parts:
                self.put(parts[0])
                item = parts[1]
            elif len(self.pages[-1]) <= len(item.head):
                break  # alone on its page, too high and not to be cut: nothing better can be done
            self.turn(item.head)
        self.put(item)


def paginate(items: Sequence[Item], height: float) -> list[list[Placed]]:
    """Pages of items; an item that keeps with the next never ends a page if that can be helped."""
    pages = _Pages(height)
    for chain in _chains(items):
        total = sum(item.height for item in chain)
        if total > pages.room:
            # What would leave half a page empty is cut; anything lower goes to the next page.
            cut = len(chain) == 1 and chain[0].cut is not None and total > height / 2
            if pages.pages[-1] and not cut and total <= height:
                pages.turn(chain[0].head)
        for item in chain:
            pages.put_cut(item)
    return pages.pages


def _chains(items: Sequence[Item]) -> list[list[Item]]:
    chains: list[list[Item]] = []
    joined = False
    for item in items:
        if joined:
            chains[-1].append(item)
        else:
            chains.append([item])
        joined = item.keep
    return chains


def kept(items: Sequence[Item]) -> list[Item]:
    """The same items, none of which leaves the page of the next."""
    return [replace(item, keep=True) for item in items]


def gap(height: float) -> Item:
    """White space."""
    return Item(height, _nothing, blank=True)


def _nothing(_pen: Pen, _top: float) -> None:
    """White space is painted by not painting."""
