"""外观: look and text size, for this PC only."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector_app.ui.context import UiContext
from inspector_app.ui.shell import MainWindow
from inspector_app.ui.theme.current import notifier, tokens
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.theme.tokens import TEXT_SIZES
from inspector_app.ui.widgets.basic import label
from inspector_app.ui.widgets.buttons import segments

LOOKS = (("light", "浅色"), ("dark", "深色"))


class LookPanel(QWidget):
    """Two rows of segments that follow the window, whoever changed it."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._window = context.window
        column = box(QVBoxLayout(self), spacing=8)
        column.addWidget(label("配色", "fieldLabel"))
        self.looks = segments([words for _, words in LOOKS], -1)
        self.looks.chosen.connect(self._choose_theme)
        column.addWidget(self.looks)
        column.addWidget(label("Ctrl+Shift+L 随时切换", "fieldHint"))
        column.addSpacing(tokens().px(10))
        column.addWidget(label("字号", "fieldLabel"))
        self.sizes = segments(list(TEXT_SIZES), -1)
        self.sizes.chosen.connect(self._choose_size)
        column.addWidget(self.sizes)
        column.addWidget(label("标准为 100%，大为 112.5%，特大为 125%", "fieldHint"))
        column.addStretch()
        notifier().changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        names = [name for name, _ in LOOKS]
        self.looks.set_current(names.index(tokens().name))
        scales = list(TEXT_SIZES.values())
        self.sizes.set_current(scales.index(tokens().scale) if tokens().scale in scales else -1)

    def _choose_theme(self, number: int) -> None:
        if isinstance(self._window, MainWindow) and LOOKS[number][0] != tokens().name:
            self._window.toggle_theme()

    def _choose_size(self, number: int) -> None:
        if isinstance(self._window, MainWindow):
            self._window.set_text_size(list(TEXT_SIZES)[number])
