"""Where the keyboard stands in lists: a row is chosen, and Esc first clears what is typed."""

from typing import Any

from inspector_app.ui.tables.view import RowsTable
from inspector_app.ui.widgets.search import SearchBox


def choose_a_row(table: RowsTable[Any]) -> None:
    """Select the current row, else the first.

    A table that gets the focus makes its first row current without selecting it; such a row
    would be neither marked nor told to anybody.
    """
    if not table.selectionModel().hasSelection():
        table.selectRow(max(table.currentIndex().row(), 0))


def clear_typed(search: SearchBox) -> bool:
    """Esc in a filter that has text empties it; False when there was nothing to empty."""
    if not (search.edit.hasFocus() and search.text()):
        return False
    search.set_text("")
    search.searched.emit("")
    return True
