"""Where a small form stands in place of something else: one at a time, gone when it is closed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector_app.ui.pages.case.inline import InlineForm
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import clear_layout


class FormSlot(QWidget):
    """`filled` before a form takes the keyboard, `emptied` when it has gone.

    Who shows the slot listens to both and turns to it, or back to what stood there before.
    """

    filled = Signal()
    emptied = Signal()

    def __init__(self, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> None:
        super().__init__()
        self._column = box(QVBoxLayout(self), margins, 0)
        self.form: InlineForm | None = None

    def put(self, made: InlineForm) -> None:
        """This form, in place of one that is open."""
        self.take_away()
        self.form = made
        made.closed.connect(self.take_away)
        self._column.addWidget(made)
        self._column.addStretch()
        self.filled.emit()
        made.start()

    def take_away(self) -> None:
        """No form."""
        if self.form is not None:
            self.form = None
            clear_layout(self._column)
            self.emptied.emit()

    def may_leave(self) -> bool:
        """Whether leaving the page loses nothing; a form with something typed warns once."""
        return self.form is None or self.form.may_close()

    def leave(self) -> None:
        """Esc: take the form away unless it has to warn first."""
        if self.may_leave():
            self.take_away()
