"""The pages of a window: made when first shown, told what changed, and the way back."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QStackedWidget

from inspector_app.ui.bus import Bus, Changes, together
from inspector_app.ui.context import UiContext
from inspector_app.ui.page import Page, PageSpec, factory

MOST_STEPS = 50


class PageStack(QStackedWidget):
    """`shown` carries the spec of the page that came into view."""

    shown = Signal(object)

    def __init__(self, specs: Mapping[str, PageSpec], bus: Bus) -> None:
        super().__init__()
        self.specs = dict(specs)
        self._context: UiContext | None = None
        self._pages: dict[str, Page] = {}
        self._stale: dict[str, list[Changes]] = {}
        self._trail: list[tuple[str, object]] = []
        self._name = ""
        self._make: Callable[[PageSpec, UiContext], Page] = lambda spec, ctx: factory(spec)(ctx)
        bus.changed.connect(self._changed)

    def set_context(self, context: UiContext) -> None:
        """What pages are made with; before the first page is opened."""
        self._context = context

    def open(self, name: str, arg: object = None) -> bool:
        """Bring a page into view; False when the one in view does not let go."""
        before, place = self._name, self.place()
        if not self._go(name, arg):
            return False
        if before and (before, place) != (name, arg):
            self._trail.append((before, place))
            del self._trail[:-MOST_STEPS]
        return True

    def back(self) -> bool:
        """The page before this one, as it was; False when there is none."""
        if not self._trail:
            return False
        name, arg = self._trail[-1]
        if not self._go(name, arg):
            return False
        self._trail.pop()
        return True

    def _go(self, name: str, arg: object) -> bool:
        if name not in self.specs:
            raise KeyError(name)
        current = self.current()
        if current is not None and not current.leave():
            return False
        page = self._page(name)
        self._name = name
        self.setCurrentWidget(page)
        self.updateGeometry()
        page.show_for(arg)
        if stale := self._stale.pop(name, []):
            page.refresh(together(stale))
        self.shown.emit(self.specs[name])
        if (focus := page.first_focus()) is not None:
            focus.setFocus()
        return True

    def _page(self, name: str) -> Page:
        if name not in self._pages:
            if self._context is None:
                raise RuntimeError("no context yet")
            made = self._make(self.specs[name], self._context)
            self._pages[name] = made
            self.addWidget(made)
        return self._pages[name]

    def current(self) -> Page | None:
        """The page in view."""
        return self._pages.get(self._name)

    def current_name(self) -> str:
        """Its name."""
        return self._name

    def place(self) -> object:
        """What brings back what is in view."""
        page = self.current()
        return page.place() if page is not None else None

    def minimumSizeHint(self) -> QSize:
        """That of the page in view: a wide one keeps no other from being narrow."""
        page = self.current()
        return page.minimumSizeHint() if page is not None else super().minimumSizeHint()

    def leave_all(self) -> bool:
        """The window is about to close: every page may keep it open."""
        return all(page.leave() for page in self._pages.values())

    def _changed(self, changes: Changes) -> None:
        for name, page in self._pages.items():
            if name == self._name:
                page.refresh(changes)
            else:
                self._stale.setdefault(name, []).append(changes)
