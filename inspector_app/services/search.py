"""One search box over units, projects, case numbers and workers."""

from inspector_app.ledger.views import Hit
from inspector_app.services.desk import Desk


def search(desk: Desk, text: str, limit: int = 12) -> list[Hit]:
    """Best hits for what was typed, Chinese or pinyin initials; nothing for blank text."""
    if not text.strip():
        return []
    with desk.ledger.read() as view:
        return view.search(text.strip(), limit)
