"""Fields that choose: one of several, an inspector, or several ticks."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from inspector_app.domain.office import Inspector
from inspector_app.domain.papers import InspectorRef
from inspector_app.ui.forms.field import Check, FormField
from inspector_app.ui.theme.current import tokens
from inspector_app.ui.theme.icons import paint_icon
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.ticks import TickBox


class Combo(QComboBox):
    """A combo box that a passing mouse wheel does not change."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(14)
        # The longest option must not widen the form.
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        t, painter = tokens(), QPainter(self)
        side = t.px(14)
        left, top = self.width() - side - t.px(10), (self.height() - side) // 2
        colour = t.text_2 if self.isEnabled() else t.border_strong
        paint_icon(painter, QRect(left, top, side, side), "chevron_down_16_regular", colour)
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class ChoiceField(FormField):
    """One of (key, words). The value is the key, "" for none."""

    def __init__(
        self,
        key: str,
        name: str,
        options: Sequence[tuple[str, str]] = (),
        *,
        required: bool = False,
        hint: str = "",
        check: Check | None = None,
        why: str = "",
    ) -> None:
        self.combo = Combo()
        super().__init__(key, name, self.combo, required=required, hint=hint, check=check, why=why)
        self.set_options(options)
        self.combo.activated.connect(lambda _index: self._told())

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Offer these; what is chosen stays chosen if it is among them."""
        before = self.value()
        self.combo.clear()
        self.combo.addItem("请选择", "")
        for option, words in options:
            self.combo.addItem(words, option)
        self.set_value(before)

    def value(self) -> object:
        return self.combo.currentData() or ""

    def set_value(self, value: object) -> None:
        """Choose a key; one that is not offered (an older form) is added rather than lost."""
        index = self.combo.findData(value or "")
        if index < 0:
            self.combo.addItem(str(value), value)
            index = self.combo.count() - 1
        self.combo.setCurrentIndex(index)
        self._show_foot()


class InspectorField(FormField):
    """An inspector with the certificate number that goes on paper; the value is InspectorRef."""

    def __init__(
        self,
        key: str,
        name: str,
        inspectors: Sequence[Inspector] = (),
        *,
        required: bool = False,
        hint: str = "",
        check: Check | None = None,
        why: str = "",
    ) -> None:
        self.combo = Combo()
        self._refs: list[InspectorRef] = []
        super().__init__(key, name, self.combo, required=required, hint=hint, check=check, why=why)
        self.set_inspectors(inspectors)
        self.combo.activated.connect(lambda _index: self._told())

    def set_inspectors(self, inspectors: Sequence[Inspector]) -> None:
        """Offer these people, active ones only."""
        before = self.value()
        self._refs = [InspectorRef(i.name, i.certificate) for i in inspectors if i.active]
        self.combo.clear()
        self.combo.addItem("请选择")
        for ref in self._refs:
            self.combo.addItem(_inspector_words(ref))
        self.set_value(before)

    def value(self) -> object:
        index = self.combo.currentIndex() - 1
        return self._refs[index] if 0 <= index < len(self._refs) else None

    def set_value(self, value: object) -> None:
        """Choose; a person who left since the draft stays as written."""
        if isinstance(value, InspectorRef):
            if value not in self._refs:
                self._refs.append(value)
                self.combo.addItem(_inspector_words(value))
            self.combo.setCurrentIndex(self._refs.index(value) + 1)
        else:
            self.combo.setCurrentIndex(0)
        self._show_foot()

    def typed_problem(self) -> str:
        value = self.value()
        if isinstance(value, InspectorRef) and not value.certificate:
            return "没有执法证号，请到设置里补上"
        return ""


def _inspector_words(ref: InspectorRef) -> str:
    return f"{ref.name}（证号 {ref.certificate}）" if ref.certificate else f"{ref.name}（无证号）"


class TicksField(FormField):
    """Several of (key, words). The value is a tuple of keys in the order offered."""

    def __init__(
        self,
        key: str,
        name: str,
        options: Sequence[tuple[str, str]],
        *,
        required: bool = False,
        hint: str = "",
        check: Check | None = None,
        why: str = "",
    ) -> None:
        holder = QWidget()
        column = box(QVBoxLayout(holder), spacing=6)
        self._boxes: dict[str, TickBox] = {}
        for option, words in options:
            self._boxes[option] = TickBox(words)
            column.addWidget(self._boxes[option])
        super().__init__(key, name, holder, required=required, hint=hint, check=check, why=why)
        for one in self._boxes.values():
            one.clicked.connect(lambda _checked=False: self._told())
        if self._boxes:
            self.setFocusProxy(next(iter(self._boxes.values())))

    def value(self) -> object:
        return tuple(option for option, one in self._boxes.items() if one.isChecked())

    def set_value(self, value: object) -> None:
        chosen = value if isinstance(value, tuple | list) else ()
        for option, one in self._boxes.items():
            one.setChecked(option in chosen)
        self._show_foot()
