"""Above the months: the year shown, those beside it, and all there are."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from inspector_app.ui.actions import Actions
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.buttons import button, icon_button


class YearBar(QWidget):
    """`chosen` carries the year to turn to."""

    chosen = Signal(object)

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self._actions = actions
        self._year = 0
        self._years: tuple[int, ...] = ()
        row = box(QHBoxLayout(self), (12, 8, 12, 8), 4)
        before, after = "上一年（Ctrl+PageUp）", "下一年（Ctrl+PageDown）"
        self.before = icon_button("chevron_left_20", before, lambda: self.turn(-1))
        self.year = button("", "", "", "选择年份", self.open_menu)
        self.after = icon_button("chevron_right_20", after, lambda: self.turn(1))
        for made in (self.before, self.year, self.after):
            row.addWidget(made)
        row.addStretch()

    def show_year(self, year: int, years: Sequence[int]) -> None:
        """Which year it is, and which there are, the newest first."""
        self._year, self._years = year, tuple(years)
        self.year.setText(f"{year} 年")
        self.before.setEnabled(year > min(years))
        self.after.setEnabled(year < max(years))

    def turn(self, step: int) -> None:
        """The year before or after, if there is one."""
        if self._year + step in self._years:
            self.chosen.emit(self._year + step)

    def open_menu(self) -> QMenu:
        """All years."""
        names = [f"{year} 年" for year in self._years]
        menu = self._actions.choice_menu(
            self, names, f"{self._year} 年", lambda name: self.chosen.emit(int(name.split()[0]))
        )
        menu.popup(self.year.mapToGlobal(self.year.rect().bottomLeft()))
        return menu
