"""Who changed what, told to every view; views refresh from this and not from a guess."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal


@dataclass(frozen=True, slots=True)
class Changes:
    """What committed actions touched: (root type, root id) pairs, and the actions' changesets;
    `own` are those of the work that was asked for here, without what others did meanwhile."""

    roots: frozenset[tuple[str, str]] = frozenset()
    changesets: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    kinds: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Counted where the changes are found, off the window's thread: a first load has many.
        object.__setattr__(self, "kinds", frozenset(kind for kind, _ in self.roots))

    def __bool__(self) -> bool:
        return bool(self.roots or self.changesets)

    def touches(self, *root_types: str) -> bool:
        """Whether one of these kinds changed ("case", "clue" …); no kind named means any."""
        if not root_types:
            return bool(self)
        return not self.kinds.isdisjoint(root_types)

    def touches_one(self, root_type: str, root_id: str) -> bool:
        """Whether exactly this thing changed."""
        return (root_type, root_id) in self.roots


def together(many: Sequence[Changes]) -> Changes:
    """What several actions touched."""
    if len(many) == 1:
        return many[0]
    roots = frozenset[tuple[str, str]]().union(*(one.roots for one in many))
    changesets = tuple(one for each in many for one in each.changesets)
    return Changes(roots, changesets, tuple(one for each in many for one in each.own))


class Bus(QObject):
    """`changed` carries Changes, on the main thread, after they are committed."""

    changed = Signal(object)
