"""The kinds of paper as one mapping: names without reading, each form read when it is asked for."""

from pathlib import Path

import pytest

from inspector_app.domain.papers import PaperKind
from inspector_app.errors import UserError
from inspector_app.library import paper_kinds
from inspector_app.library.loading import Library

ORDER, INTERNAL = "rectification_order", "filing_approval"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The folders read since."""
    seen: list[str] = []
    real = paper_kinds.load_kind

    def load(folder: Path) -> PaperKind:
        seen.append(folder.name)
        return real(folder)

    monkeypatch.setattr(paper_kinds, "load_kind", load)
    return seen


def test_a_form_is_read_once_and_only_when_asked_for(library: Library, read: list[str]) -> None:
    kinds = Library(library.office).kinds
    assert ORDER in kinds
    assert "没有" not in kinds
    assert kinds.get("没有") is None
    assert list(kinds) == sorted(kinds)
    assert len(kinds) == len(list(kinds))
    assert read == []
    assert kinds[ORDER] is kinds[ORDER]
    assert read == [ORDER]


def test_whether_a_paper_stays_inside_asks_its_own_form_only(
    library: Library, read: list[str]
) -> None:
    fresh = Library(library.office)
    assert fresh.is_internal(INTERNAL)
    assert not fresh.is_internal(ORDER)
    assert not fresh.is_internal("没有")
    assert sorted(read) == sorted([INTERNAL, ORDER])


def test_a_broken_form_hides_no_other(office: Path) -> None:
    (office / f"forms/papers/{INTERNAL}/form.toml").write_text("id =", encoding="utf-8")
    kinds = Library(office).kinds
    assert kinds[ORDER].id == ORDER
    with pytest.raises(UserError, match=INTERNAL):
        kinds[INTERNAL]
