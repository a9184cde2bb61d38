"""Icons tinted while painting, so that they follow a change of look without being built anew."""

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPaintDevice, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from inspector_app.ui.theme.current import resources, tokens
from inspector_app.ui.theme.scaling import fix


@lru_cache(maxsize=256)
def _drawing(folder: Path, name: str) -> str:
    return (folder / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=1024)
def _painted(folder: Path, name: str, colour: str, size: int) -> QPixmap:
    svg = _drawing(folder, name).replace("<path ", f'<path fill="{colour}" ')
    made = QPixmap(QSize(size, size))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return made


def pixmap(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """The drawing `name` (`home_20_filled`) in a colour, `size` in device-independent px."""
    found = _painted(resources() / "icons", name, colour, round(size * ratio))
    made = QPixmap(found)
    made.setDevicePixelRatio(ratio)
    return made


def _ratio(painter: QPainter) -> float:
    device: QPaintDevice | None = painter.device()
    return device.devicePixelRatio() if device is not None else 1.0


def paint_icon(painter: QPainter, rect: QRect, name: str, colour: str) -> None:
    """Paint a drawing in the middle of a rectangle."""
    size = min(rect.width(), rect.height())
    picture = pixmap(name, colour, size, _ratio(painter))
    x = rect.x() + (rect.width() - size) // 2
    y = rect.y() + (rect.height() - size) // 2
    painter.drawPixmap(x, y, picture)


_CLONES: list[QIconEngine] = []  # rare: only when a shared icon is extended


class _Engine(QIconEngine):
    """Paints a drawing in the colour its token has at that moment."""

    def __init__(self, name: str, colour: str, on_name: str, on_colour: str) -> None:
        super().__init__()
        self._off = (name, colour)
        self._on = (on_name, on_colour)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        name, colour = self._on if state == QIcon.State.On else self._off
        if mode == QIcon.Mode.Disabled:
            colour = "border_strong"
        paint_icon(painter, rect, name, tokens().colour(colour))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return made

    def clone(self) -> QIconEngine:
        made = _Engine(*self._off, *self._on)
        # PySide drops its reference on return while Qt goes on using the engine (6.9: a crash).
        _CLONES.append(made)
        return made


def _full(name: str) -> str:
    return name if name.endswith(("_regular", "_filled")) else f"{name}_regular"


def icon(name: str, colour: str = "text_2") -> QIcon:
    """A tinted icon; `name` without style is the regular drawing, `colour` a token name."""
    return QIcon(_Engine(_full(name), colour, _full(name), colour))


def nav_icon(name: str) -> QIcon:
    """Regular while idle, filled in the brand colour while checked."""
    return QIcon(_Engine(f"{name}_regular", "text_2", f"{name}_filled", "brand"))


class IconLabel(QWidget):
    """A picture in a line of text that follows the look; `tint` fills a rounded ground."""

    def __init__(self, name: str, colour: str = "text_2", size: int = 18, tint: str = "") -> None:
        super().__init__()
        self._name, self._colour, self._tint, self._size = name, colour, tint, size
        outer = size + 12 if tint else size
        fix(self, width=outer, height=outer)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_icon(self, name: str, colour: str) -> None:
        """Show another drawing."""
        self._name, self._colour = name, colour
        self.update()

    def paintEvent(self, _event: object) -> None:
        t, painter = tokens(), QPainter(self)
        if self._tint:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(t.colour(self._tint)))
            painter.drawRoundedRect(self.rect(), t.px(6), t.px(6))
        size = t.px(self._size)
        inner = QRect(0, 0, size, size)
        inner.moveCenter(self.rect().center())
        paint_icon(painter, inner, _full(self._name), t.colour(self._colour))
        painter.end()
