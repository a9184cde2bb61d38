"""Going over to another shared database: what it means is said, and leaving chooses nothing."""

from collections.abc import Callable

from inspector_app.ui.context import UiContext
from inspector_app.ui.pages.paper.dialogs import PaperDialog
from inspector_app.ui.theme.scaling import fix
from inspector_app.ui.widgets.basic import label
from inspector_app.ui.widgets.buttons import button

WIDE = 560
GOES = "本机做过的改动全部再交给这个库，包括已经交给原来那个库的。"
LEAVES = "同事的案件以这个库为准：库里没有的，从本机移走，等同事那边交上来再收到。"
NUMBERS = "原来预留的号不再使用，向这个库另领。"
ASK_FIRST = "换库由管理员统一安排。只是连错了的，选“不改”，把连接设置改回去。"


class OtherDialog(PaperDialog):
    """The way back has the keyboard."""

    def __init__(self, context: UiContext, trouble: str, go: Callable[[], object]) -> None:
        title = "改属另一个共享库"
        super().__init__(context.window, title, "不改", button("改属这个库", "danger"))
        fix(self, min_width=WIDE)
        self._then = go
        self.go.clicked.connect(lambda _checked=False: self._do())
        self.column.addWidget(label(trouble, "body", wrap=True))
        for words in (GOES, LEAVES, NUMBERS):
            self.column.addWidget(label(f"· {words}", "body", wrap=True))
        self.column.addWidget(label(ASK_FIRST, "fieldHint", wrap=True))
        self.finish()
        self.stay.setFocus()

    def _do(self) -> None:
        self.accept()
        self._then()
