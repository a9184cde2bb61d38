"""List left, detail right; the detail gives way in narrow windows or by F4."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from inspector_app.ui.theme.scaling import box, fix

DETAIL_WIDTH = 384
ROOM_FOR_BOTH = 1064  # page width at 100 % below which only the list is shown


class ListAndDetail(QWidget):
    """Two panes; `fit` hides the detail when there is no room, `toggle` is the user's wish.

    Where a detail the user asked for would press the list below its least width, it stands alone.
    """

    def __init__(self, rows: QWidget, detail: QWidget, width: int = DETAIL_WIDTH) -> None:
        super().__init__()
        row = box(QHBoxLayout(self), spacing=14)
        self._row = row
        row.addWidget(rows, 1)
        row.addWidget(fix(detail, width=width))
        self._rows, self._detail = rows, detail
        self._wanted: bool | None = None
        self._room = True

    def fit(self, width: int) -> None:
        """Call from Page.fit with its width."""
        self._room = width >= ROOM_FOR_BOTH
        self._apply()

    def toggle(self) -> None:
        """Show what is hidden, hide what is shown, whatever the room."""
        self._wanted = not self.detail_shown()
        self._apply()

    def detail_shown(self) -> bool:
        """Whether the detail is on."""
        return self._room if self._wanted is None else self._wanted

    def minimumSizeHint(self) -> QSize:
        """The wider of the two, not both: a detail in view never keeps a window wide."""
        width = max(self._least(), self._detail.minimumWidth())
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._apply()

    def _least(self) -> int:
        return max(self._rows.minimumSizeHint().width(), self._rows.minimumWidth())

    def _apply(self) -> None:
        shown = self.detail_shown()
        both = self._least() + self._row.spacing() + self._detail.minimumWidth()
        fits = self.width() >= both
        # A list that hides loses the keyboard: only where the user asked for the detail.
        alone = shown and bool(self._wanted) and not fits
        self._detail.setVisible(shown and (fits or alone))
        if self._rows.isHidden() != alone:
            self._rows.setHidden(alone)
            if not alone and (before := self._rows.focusWidget()) is not None:
                before.setFocus()
