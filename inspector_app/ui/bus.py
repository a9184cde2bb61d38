"""Who changed what, told to every view; views refresh from this and not from a guess."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal


@dataclass(frozen=True, slots=True)
class Changes:
    """What committed actions touched: (root type, root id) pairs, and the actions' changesets."""

    roots: frozenset[tuple[str, str]] = frozenset()
    changesets: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.roots or self.changesets)

    def touches(self, *root_types: str) -> bool:
        """Whether one of these kinds changed ("case", "clue" …); no kind named means any."""
        if not root_types:
            return bool(self)
        return any(root_type in root_types for root_type, _ in self.roots)

    def touches_one(self, root_type: str, root_id: str) -> bool:
        """Whether exactly this thing changed."""
        return (root_type, root_id) in self.roots


class Bus(QObject):
    """`changed` carries Changes, on the main thread, after they are committed."""

    changed = Signal(object)
