"""A library made apart for a ledger reads nothing that was read, and keeps names to itself."""

from collections.abc import Callable
from pathlib import Path

import pytest

from inspector_app.library import loading
from inspector_app.library.loading import load_library
from inspector_app.library.office import office_dir


def test_what_one_reads_none_reads_again(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Path] = []

    def counted(load: Callable[..., object]) -> Callable[..., object]:
        return lambda office, *rest: (read.append(office), load(office, *rest))[1]

    for name in ("load_statutes", "load_procedure", "load_violations"):
        monkeypatch.setattr(loading, name, counted(getattr(loading, name)))
    whole = load_library(office_dir())
    first, second = whole.apart(), whole.apart()
    assert first.procedure is second.procedure is whole.procedure
    assert second.violations is first.violations is whole.apart().apart().violations
    assert len(read) == 3


def test_a_name_given_in_one_is_unknown_to_the_others() -> None:
    whole = load_library(office_dir())
    named, other = whole.apart(), whole.apart()
    kind = next(iter(whole.procedure.papers))
    named.call({kind: "演示改名"})
    assert named.procedure.papers[kind] == named.title(kind) == "演示改名"
    assert other.procedure.papers[kind] == whole.procedure.papers[kind] != "演示改名"
    assert other.title(kind) == whole.title(kind) != "演示改名"
