"""Known units and projects offered while their name is typed, by name or pinyin initials."""

from collections.abc import Callable, Sequence

from inspector_app.services.desk import Desk
from inspector_app.services.parties import employers, projects
from inspector_app.ui.context import UiContext
from inspector_app.ui.forms.lines import LineField
from inspector_app.ui.tasks import Task
from inspector_app.ui.widgets.suggest import Suggestion, Suggestions

MOST = 8
Finder = Callable[[Desk, str], Sequence[Suggestion]]


class Suggesting:
    """Asks the worker while one types; only the answer to the last question is shown."""

    def __init__(self, context: UiContext, field: LineField, find: Finder) -> None:
        self._context, self._field, self._find = context, field, find
        self._task: Task[Sequence[Suggestion]] | None = None
        self.list = Suggestions(field.edit, self._ask)
        self.list.taken.connect(self._taken)

    def _ask(self, text: str) -> None:
        if self._task is not None:
            self._task.forget()
        desk = self._context.desk
        self._task = self._context.tasks.query(
            self._field, lambda: self._find(desk, text), self.list.offer
        )

    def dismiss(self) -> bool:
        """Close the list; False when it was not open."""
        opened = self.list.isVisible()
        self.list.hide()
        return opened

    def _taken(self, found: object) -> None:
        if isinstance(found, Suggestion):
            self._field.set_text_by_user(found.text)


def _employers(desk: Desk, text: str) -> Sequence[Suggestion]:
    return [
        Suggestion(row.id, row.name, row.credit_code) for row in employers(desk, text, limit=MOST)
    ]


def _projects(desk: Desk, text: str) -> Sequence[Suggestion]:
    return [Suggestion(row.id, row.name, row.general) for row in projects(desk, text, limit=MOST)]


def suggest_employers(context: UiContext, field: LineField) -> Suggesting:
    """Known units under a name field."""
    return Suggesting(context, field, _employers)


def suggest_projects(context: UiContext, field: LineField) -> Suggesting:
    """Known projects under a name field."""
    return Suggesting(context, field, _projects)
