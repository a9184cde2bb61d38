"""What may stand in place of the next step: it says when it is done and whether it may go."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget


class Inline(QWidget):
    """`closed` when it has done its work or was left."""

    closed = Signal()

    def may_close(self) -> bool:
        """Whether leaving loses nothing."""
        return True

    def start(self) -> None:
        """Put the keyboard where one begins."""
