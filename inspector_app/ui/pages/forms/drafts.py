"""Unfinished work on forms, kept beside the window's preferences over pages and restarts."""

from inspector_app.ui.pages.forms.work import FormWork
from inspector_app.ui.preferences import Preferences


class FormDrafts:
    """One text a kind; forms hold no personal data."""

    def __init__(self, preferences: Preferences) -> None:
        self._preferences = preferences

    def text(self, kind_id: str) -> str:
        """What was left unfinished; "" for nothing."""
        return self._preferences.text(self._key(kind_id))

    def has(self, kind_id: str) -> bool:
        """Whether anything was."""
        return bool(self.text(kind_id))

    def keep(self, work: FormWork) -> None:
        """Remember the text on the desk, or that there is nothing to remember."""
        text = work.text if work.kind_id and work.is_changed() else ""
        if work.kind_id and text != self.text(work.kind_id):
            self.put(work.kind_id, text)

    def put(self, kind_id: str, text: str) -> None:
        """A text from outside is to be gone on with."""
        self._preferences.set_text(self._key(kind_id), text)
        self._preferences.save()

    def drop(self, kind_id: str) -> None:
        """It was saved as a version, or given up."""
        self.put(kind_id, "")

    def _key(self, kind_id: str) -> str:
        return f"draft_form_{kind_id}"
