"""Beside a field's label: that its value comes from the ledger, or the way back to that value."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from inspector_app.ui.forms.field import FormField
from inspector_app.ui.theme.current import tokens
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import label


class LedgerMark(QWidget):
    """`restore` when the user wants the ledger's value back; no higher than the label."""

    restore = Signal()

    def __init__(self, field: FormField, source: str) -> None:
        super().__init__()
        row = box(QHBoxLayout(self), spacing=0)
        self._words = f"恢复{source}内容"
        self._same = label(f"取自{source}", "fieldHint")
        self.link = QLabel()
        self.link.setProperty("role", "fieldHint")
        self.link.setTextFormat(Qt.TextFormat.RichText)
        self.link.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.link.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.link.setAccessibleName(f"{field.name}：{self._words}")
        self.link.linkActivated.connect(lambda _target: self.restore.emit())
        row.addWidget(self._same)
        row.addWidget(self.link)
        field.add_beside_label(self)
        QWidget.setTabOrder(field.editor, self.link)
        self.rescale()
        self.show_same(same=True)

    def rescale(self) -> None:
        """The link takes the brand colour of the look in force."""
        style = f"color:{tokens().brand};text-decoration:none"
        self.link.setText(f'<a href="#restore" style="{style}">{self._words}</a>')

    def show_same(self, *, same: bool) -> None:
        """Whether the form shows what the ledger has."""
        self._same.setVisible(same)
        self.link.setVisible(not same)

    def is_same(self) -> bool:
        """What is shown now."""
        return self._same.isVisibleTo(self)
