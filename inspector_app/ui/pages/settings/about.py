"""关于: version, licence, and whose work the program stands on."""

from PySide6.QtWidgets import QTextBrowser, QVBoxLayout, QWidget

from inspector_app import __version__
from inspector_app.ui.context import UiContext
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import FactGrid
from inspector_app.ui.widgets.buttons import tabs


class AboutPanel(QWidget):
    """The texts are files of the program, shown as they are."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        folder = context.resources / "licences"
        column = box(QVBoxLayout(self), spacing=12)
        facts = FactGrid(2)
        facts.show_facts(
            [
                ("程序", "劳动保障监察案件工作站"),
                ("版本", __version__),
                ("许可", "木兰宽松许可证，第2版"),
                ("数据", "只存在本机，不上传"),
            ]
        )
        column.addWidget(facts)
        self.which = tabs(("所用的字体、图标和程序", "许可证"))
        column.addWidget(self.which)
        self.text = QTextBrowser()
        self.text.setOpenExternalLinks(True)
        self.text.setAccessibleName("许可文本")
        column.addWidget(self.text, 1)
        notice = (folder / "NOTICE.md").read_text(encoding="utf-8")
        licence = (folder / "MulanPSL-2.0.txt").read_text(encoding="utf-8")
        self.which.chosen.connect(
            lambda number: self.text.setPlainText(licence) if number else self._show(notice)
        )
        self._show(notice)

    def _show(self, notice: str) -> None:
        self.text.setMarkdown(notice)
