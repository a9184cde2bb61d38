"""A desk at which a kind of paper wants a leader's approval, whatever its form says."""

import copy
from dataclasses import replace

from inspector_app.library.loading import Library
from inspector_app.services.desk import Desk

ARTICLE = "《行政处罚法》第五十七条"


def approving(library: Library, kind_id: str, article: str = ARTICLE) -> Library:
    """A library in which that kind wants approval; the one shared by all tests stays as it is."""
    changed, kinds = copy.copy(library), library.kinds.apart()
    kinds._read = {**kinds._read, kind_id: replace(kinds[kind_id], approval=article)}
    changed.__dict__["kinds"] = kinds
    return changed


def wanting_approval(desk: Desk, kind_id: str, article: str = ARTICLE) -> Desk:
    """The same desk with that kind changed."""
    return replace(desk, library=approving(desk.library, kind_id, article))
