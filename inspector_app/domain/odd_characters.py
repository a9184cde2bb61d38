"""Characters that must not stand in names: those nobody sees, and those no file name may have."""

import unicodedata

NOT_IN_FILES = frozenset('\\/:*?"<>|')
FORBIDDEN = " ".join(sorted(NOT_IN_FILES))


def odd_characters(text: str) -> tuple[str, ...]:
    """Characters nobody sees: controls, marks of writing direction, spaces without width."""
    return tuple(dict.fromkeys(one for one in text if unicodedata.category(one)[0] == "C"))
