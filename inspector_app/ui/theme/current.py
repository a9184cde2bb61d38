"""The look now in force: what painters ask, and who is told when it changes."""

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from inspector_app.ui.theme.tokens import Tokens


class _Notifier(QObject):
    changed = Signal()


@dataclass
class _State:
    """One process has one look, as one QApplication has one style sheet."""

    tokens: Tokens | None = None
    resources: Path | None = None
    families: tuple[str, ...] = ()
    notifier: _Notifier = field(default_factory=_Notifier)


_state = _State()


def tokens() -> Tokens:
    """The tokens in force; asking before a theme was applied is a bug."""
    if _state.tokens is None:
        raise RuntimeError("no theme applied yet")
    return _state.tokens


def resources() -> Path:
    """Where the look was read from (icons, templates)."""
    if _state.resources is None:
        raise RuntimeError("no theme applied yet")
    return _state.resources


def notifier() -> _Notifier:
    """Emits `changed` after another look or text size is in force."""
    return _state.notifier


def set_current(new: Tokens, where: Path, families: tuple[str, ...]) -> None:
    """Put a look in force; only style.apply calls this."""
    _state.tokens, _state.resources, _state.families = new, where, families


def families() -> tuple[str, ...]:
    """Font families of the window, best first."""
    return _state.families
