"""Uncovering personal data: the reason is asked, and after a minute all is covered again."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.domain.access import REASONS, SHOWN_SECONDS
from inspector_app.ui.forms.choices import ChoiceField
from inspector_app.ui.forms.form import Form
from inspector_app.ui.forms.lines import LineField
from inspector_app.ui.theme.scaling import box, fix
from inspector_app.ui.widgets.basic import label
from inspector_app.ui.widgets.buttons import button

OTHER = "other"
NOTED = "谁、何时、看了什么、为什么，都会留下记录，不能关闭。"


class Uncovered(QObject):
    """Something stands in the open; `over` when it has to be covered again."""

    over = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(SHOWN_SECONDS * 1000)
        self.timer.timeout.connect(self.over)

    def begin(self) -> None:
        """It was shown just now."""
        self.timer.start()

    def end(self) -> None:
        """It is covered."""
        self.timer.stop()

    def lasts(self) -> bool:
        """Whether it is still in the open."""
        return self.timer.isActive()


class ReasonDialog(QDialog):
    """Why somebody wants to see: a usual reason, or one in own words. Enter goes on, Esc leaves."""

    def __init__(
        self, parent: QWidget, title: str, go_words: str, go: Callable[[str], object]
    ) -> None:
        super().__init__(parent)
        self._go = go
        self.setWindowTitle(title)
        fix(self, min_width=440)
        column = box(QVBoxLayout(self), (24, 20, 24, 20), 14)
        column.addWidget(label(title, "detailTitle"))
        column.addWidget(label(NOTED, "body", wrap=True))
        self.form = Form()
        self.form.submitted.connect(self._do)
        options = [(one, one) for one in REASONS]
        self.why = ChoiceField("why", "理由", [*options, (OTHER, "其他，写在下面")], required=True)
        self.why.set_value(REASONS[0])
        self.other = LineField("other", "其他理由", max_length=60)
        self.other.edited.connect(lambda: self.why.set_value(OTHER))
        self.form.add(self.why)
        self.form.add(self.other)
        column.addWidget(self.form)
        row = box(QHBoxLayout(), spacing=8)
        row.addStretch()
        row.addWidget(button("不看", clicked=self.reject))
        self.go = button(go_words, "primary", "eye_20", clicked=self._do)
        self.go.setDefault(True)
        row.addWidget(self.go)
        column.addLayout(row)
        self.go.setFocus()

    def reason(self) -> str:
        """What was chosen or typed."""
        chosen = str(self.why.value())
        return self.other.text() if chosen == OTHER else chosen

    def _do(self) -> None:
        if not self.form.validate():
            return
        if not self.reason():
            self.other.set_error("请写明理由")
            return
        self.accept()
        self._go(self.reason())
