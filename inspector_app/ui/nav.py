"""The navigation at the left: one row a page, with a count where something waits."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from inspector_app.ui.page import PageSpec
from inspector_app.ui.theme.current import tokens
from inspector_app.ui.theme.icons import IconLabel, icon, nav_icon
from inspector_app.ui.theme.scaling import box, fix
from inspector_app.ui.widgets.basic import label, set_property

WIDTH = 216


class NavItem(QPushButton):
    """A page's row; the one in view wears a bar of the brand colour."""

    def __init__(self, title: str, icon_name: str, keys: str = "") -> None:
        super().__init__(f"  {title}")
        self._title = title
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setIcon(nav_icon(icon_name))
        fix(self, icon=20)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(f"{title}（{keys}）" if keys else title)
        self.setAccessibleName(title)
        row = box(QHBoxLayout(self), (0, 0, 10, 0))
        row.addStretch()
        self._count = label("", "navCount")
        self._count.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._count.hide()
        row.addWidget(self._count)

    def show_count(self, count: int, tone: str) -> None:
        """A number at the right; none is not shown."""
        self._count.setText(f"{count:,}")
        set_property(self._count, "tone", tone)
        self._count.setVisible(count > 0)
        self.setAccessibleName(f"{self._title}，{count} 件" if count else self._title)

    def count_text(self) -> str:
        """The number shown, "" when none is."""
        return self._count.text() if not self._count.isHidden() else ""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.isChecked():
            t, painter = tokens(), QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(t.brand))
            height = t.px(16)
            top = (self.height() - height) / 2
            painter.drawRoundedRect(QRectF(0, top, t.px(3), height), 1.5, 1.5)
            painter.end()


class NavBar(QFrame):
    """All pages that exist; `open_page` is called with the name of the chosen one."""

    def __init__(
        self,
        pages: Sequence[PageSpec],
        open_page: Callable[[str], object],
        open_help: Callable[[], object],
        keys: Mapping[str, str],
    ) -> None:
        super().__init__()
        self.setObjectName("nav")
        fix(self, width=WIDTH)
        self._open = open_page
        self._items: dict[str, NavItem] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._column = box(QVBoxLayout(self), (10, 0, 10, 10), 2)
        self._add_brand()
        for spec in pages:
            if spec.nav == "main":
                self._add(spec, keys.get(spec.name, ""))
        self._column.addStretch()
        for spec in pages:
            if spec.nav == "foot":
                self._add(spec, keys.get(spec.name, ""))
        helper = NavItem("帮助", "question_circle_20", "F1")
        helper.setCheckable(False)
        helper.setIcon(icon("question_circle_20"))
        helper.clicked.connect(lambda _checked=False: open_help())
        self._column.addWidget(helper)

    def _add_brand(self) -> None:
        brand = box(QHBoxLayout(), (6, 12, 4, 10), 10)
        brand.addWidget(IconLabel("shield_checkmark_24_filled", "brand", 30))
        names = box(QVBoxLayout(), spacing=0)
        names.addWidget(label("劳动保障监察", "brandTitle"))
        names.addWidget(label("案件工作站", "brandSub"))
        brand.addLayout(names)
        brand.addStretch()
        self._column.addLayout(brand)

    def _add(self, spec: PageSpec, keys: str) -> None:
        item = NavItem(spec.title, spec.icon, keys)
        item.clicked.connect(lambda _checked=False: self._chosen(spec.name))
        self._items[spec.name] = item
        self._group.addButton(item)
        self._column.addWidget(item)

    def _chosen(self, name: str) -> None:
        self._open(name)

    def set_current(self, name: str) -> None:
        """Light the row of the page in view."""
        item = self._items.get(name)
        if item is not None:
            item.setChecked(True)

    def current(self) -> str:
        """The lit row."""
        return next((name for name, item in self._items.items() if item.isChecked()), "")

    def show_count(self, name: str, count: int, tone: str) -> None:
        """The number beside a page, if the page exists."""
        if name in self._items:
            self._items[name].show_count(count, tone)

    def item(self, name: str) -> NavItem:
        """The row of a page."""
        return self._items[name]
