"""Enums whose members carry the Chinese word an inspector reads."""

from enum import Enum
from typing import Self


class Word(Enum):
    """A stable code for storage and scripts (`value`) with its Chinese `label`."""

    label: str

    # The default is for the type checker: looking a member up by its code is the same call.
    def __new__(cls, code: str, label: str = "") -> Self:
        member = object.__new__(cls)
        member._value_ = code
        member.label = label
        return member

    @classmethod
    def by_label(cls, label: str) -> Self | None:
        """The member shown as `label`, or None: used when reading workbooks typed by people."""
        wanted = label.strip()
        return next((member for member in cls if member.label == wanted), None)
