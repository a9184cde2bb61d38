"""Asked once on a new ledger: to encrypt it from the first day on."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.ui.theme.icons import IconLabel
from inspector_app.ui.theme.scaling import box, fix
from inspector_app.ui.widgets.basic import label
from inspector_app.ui.widgets.buttons import button

WORDS = (
    "台账里会有举报人和劳动者的姓名、证件号、电话。加密后，电脑丢失也读不出来；"
    "打开时输入密码，忘记密码可用恢复码。以后也可以在“设置”的“安全”里加密。"
)


class FirstQuestion(QDialog):
    """加密（推荐）or 以后再说; closing it means later."""

    def __init__(self, parent: QWidget, encrypt: Callable[[], object]) -> None:
        super().__init__(parent)
        self.setWindowTitle("新的台账")
        fix(self, width=480)
        column = box(QVBoxLayout(self), (24, 20, 24, 20), 14)
        head = box(QHBoxLayout(), spacing=10)
        head.addWidget(IconLabel("shield_checkmark_24_filled", "brand", 28))
        head.addWidget(label("给本机台账加密", "detailTitle"), 1)
        column.addLayout(head)
        column.addWidget(label(WORDS, "body", wrap=True))
        row = box(QHBoxLayout(), spacing=8)
        row.addStretch()
        self.later = button("以后再说", clicked=self.reject)
        self.go = button("加密（推荐）", "primary", "lock_closed_20", clicked=self.accept)
        row.addWidget(self.later)
        row.addWidget(self.go)
        column.addLayout(row)
        self.accepted.connect(encrypt)
        self.go.setFocus()
