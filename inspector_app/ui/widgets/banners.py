"""Boxes that say what is the matter and what to do next, in place."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from inspector_app.ui.theme.icons import IconLabel
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import clear_layout, label, set_property
from inspector_app.ui.widgets.buttons import Button, icon_button

ICONS = {
    "info": "info_20",
    "warning": "warning_20",
    "danger": "error_circle_20",
    "success": "checkmark_circle_20",
    "neutral": "info_20",
    "violet": "flag_20",
}


class Banner(QFrame):
    """One line with a picture and, if wanted, buttons; hidden while it has nothing to say."""

    def __init__(self, tone: str = "info", *, closable: bool = False) -> None:
        super().__init__()
        self.setObjectName("banner")
        self.setProperty("tone", tone)
        row = box(QHBoxLayout(self), (12, 7, 12, 7), 8)
        self._icon = IconLabel(ICONS[tone], f"{tone}_fg", 18)
        self._title = label("", "bannerTitle")
        self._text = label("", "bannerText", wrap=True)
        row.addWidget(self._icon)
        row.addWidget(self._title)
        row.addWidget(self._text, 1)
        self._buttons = box(QHBoxLayout(), spacing=8)
        row.addLayout(self._buttons)
        if closable:
            row.addWidget(icon_button("dismiss_16", "关闭", self.hide))

    def say(
        self, text: str, title: str = "", tone: str = "", buttons: Sequence[Button] = ()
    ) -> None:
        """Show a sentence; an empty one hides the banner."""
        if tone:
            self._icon.set_icon(ICONS[tone], f"{tone}_fg")
            set_property(self, "tone", tone)
            for one in (self._title, self._text):
                one.style().polish(one)
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._text.setText(text)
        clear_layout(self._buttons)
        for made in buttons:
            self._buttons.addWidget(made)
        self.setAccessibleName(f"{title} {text}".strip())
        self.setVisible(bool(text or title))

    def text(self) -> str:
        """The sentence shown."""
        return self._text.text()


class NextBox(QFrame):
    """下一步：what the law asks for now, why, and the buttons that do it."""

    def __init__(self, tone: str = "warning") -> None:
        super().__init__()
        self.setObjectName("banner")
        self.setProperty("tone", tone)
        column = box(QVBoxLayout(self), (14, 10, 14, 12), 4)
        self._title = label("", "bannerTitle", wrap=True)
        self._body = label("", "bannerText", wrap=True)
        self._row = box(QHBoxLayout(), (0, 6, 0, 0), 8)
        column.addWidget(self._title)
        column.addWidget(self._body)
        column.addLayout(self._row)

    def show_step(
        self, title: str, body: str, buttons: Sequence[Button] = (), tone: str = "warning"
    ) -> None:
        """Show a next step in place of the last one."""
        set_property(self, "tone", tone)
        self._title.setText(title)
        self._body.setText(body)
        self._body.setVisible(bool(body))
        for one in (self._title, self._body):
            one.style().unpolish(one)
            one.style().polish(one)
        clear_layout(self._row)
        for made in buttons:
            self._row.addWidget(made)
        self._row.addStretch()


class ProgressStrip(QWidget):
    """Long work: what is done, how far it is, and a way to stop it."""

    def __init__(self, title: str, cancel: Callable[[], object]) -> None:
        super().__init__()
        row = box(QHBoxLayout(self), (24, 6, 24, 6), 12)
        self._title = title
        self._words = label(title, "body")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        self._cancel = Button("停止", "quiet")
        self._cancel.clicked.connect(lambda _checked=False: self._stop(cancel))
        row.addWidget(self._words)
        row.addWidget(self._bar, 1)
        row.addWidget(self._cancel)

    def _stop(self, cancel: Callable[[], object]) -> None:
        self._cancel.setEnabled(False)
        self._words.setText(f"{self._title}　正在停止")
        cancel()

    def show_progress(self, done: int, total: int) -> None:
        """Move the bar; an unknown total keeps it running."""
        self._bar.setRange(0, max(total, 0))
        self._bar.setValue(done)
        if total > 0 and self._cancel.isEnabled():
            self._words.setText(f"{self._title}　{done:,} / {total:,}")
