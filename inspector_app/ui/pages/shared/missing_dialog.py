"""Ending a recovery although some PC was not here: whom one waits for, and why no longer."""

from collections.abc import Callable, Sequence

from inspector_app.services.server_words import HOLDS, DeviceHealth
from inspector_app.ui.context import UiContext
from inspector_app.ui.forms.form import Form
from inspector_app.ui.forms.texts import TextField
from inspector_app.ui.pages.paper.dialogs import PaperDialog
from inspector_app.ui.pages.shared.server_rows import ABSENT
from inspector_app.ui.tables.view import HEADER_HEIGHT, LEDGER_ROW, RowsTable
from inspector_app.ui.theme.scaling import fix
from inspector_app.ui.widgets.basic import label
from inspector_app.ui.widgets.buttons import button

WIDE, MOST_ROWS = 620, 8
WAIT = "请让它们各同步一次再恢复；遗失、报废的电脑，先核对纸面文书。"


class MissingDialog(PaperDialog):
    """The reason is a must; the way back has the keyboard."""

    def __init__(
        self, context: UiContext, absent: Sequence[DeviceHealth], go: Callable[[str], object]
    ) -> None:
        title = f"还有 {len(absent)} 台电脑没有来过"
        super().__init__(context.window, title, "再等等", button("不等了，恢复取号", "danger"))
        fix(self, min_width=WIDE)
        self._go = go
        self.go.clicked.connect(lambda _checked=False: self._do())
        self.column.addWidget(label(f"{HOLDS}{WAIT}", "body", wrap=True))
        self.table: RowsTable[DeviceHealth] = RowsTable(
            ABSENT, lambda one: one.device, grid=True, name="没有来过的电脑"
        )
        fix(self.table, height=HEADER_HEIGHT + min(len(absent), MOST_ROWS) * LEDGER_ROW + 2)
        self.table.show_rows(absent)
        self.column.addWidget(self.table)
        self.form = Form()
        self.form.submitted.connect(self._do)
        self.why = TextField(
            "why",
            "为什么不等",
            required=True,
            lines=2,
            placeholder="例如：电脑已报废，纸面文书已核对",
        )
        self.form.add(self.why)
        self.column.addWidget(self.form)
        self.finish()
        self.stay.setFocus()

    def _do(self) -> None:
        if self.form.validate():
            self.accept()
            self._go(str(self.why.value()))
