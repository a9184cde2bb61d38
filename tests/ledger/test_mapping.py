"""What goes into a row comes back as the same value, for every stored type."""

import dataclasses
import types
from datetime import date
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select

from inspector_app.domain.claims import ClaimTotals
from inspector_app.domain.words import Word
from inspector_app.ledger.ledger import Ledger
from inspector_app.ledger.mapping import STORED, label, mapper, table_name
from inspector_app.ledger.schema import BUSINESS
from tests.ledger.scenes import NOW

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)


def values_of(name: str, hint: Any) -> st.SearchStrategy[Any]:
    if get_origin(hint) in (Union, types.UnionType):
        (inner,) = (one for one in get_args(hint) if one is not type(None))
        return st.none() | values_of(name, inner)
    if get_origin(hint) is tuple:
        return st.lists(TEXT, max_size=3).map(tuple)
    if name.startswith("period_"):
        return st.sampled_from(["", "2026-09"])
    if hint is str:
        return TEXT.map(lambda text: text or "演示")
    if hint is bool:
        return st.booleans()
    if hint is int:
        return st.integers(1, 2**53)
    if hint is date:
        return st.dates()
    assert issubclass(hint, Word)
    return st.sampled_from(list(hint))


def anything() -> st.SearchStrategy[Any]:
    return st.sampled_from(list(STORED)).flatmap(
        lambda cls: st.builds(
            cls, **{name: values_of(name, hint) for name, hint in get_type_hints(cls).items()}
        )
    )


@given(anything())
def test_a_row_gives_back_the_value_it_was_made_from(thing: Any) -> None:
    known = mapper(type(thing))
    row = known.row(thing)
    assert all(cell is None or type(cell) in (str, int) for cell in row.values())
    assert known.entity(row) == thing  # type: ignore[arg-type]  # a dict reads like a row


def test_every_type_comes_back_from_the_file_as_it_went_in(ledger: Ledger) -> None:
    samples = {cls: sample(cls) for cls in STORED}
    with ledger.work("演示", actor="演示监察员1", at=NOW) as uow:
        uow.connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        for table in BUSINESS:
            cls = next(one for one in samples if table_name(one) == table.name)
            row = mapper(cls).row(samples[cls])
            uow.connection.execute(insert(table).values({"city": "410400"} | row))
        for cls, thing in samples.items():
            found = uow.connection.execute(select(mapper(cls).table)).mappings().one()
            assert mapper(cls).entity(found) == thing
            assert uow.first(cls) == thing


def sample(cls: type[Any]) -> Any:
    """One value of a type with every field filled and told apart."""
    filled: dict[str, Any] = {}
    for number, (name, hint) in enumerate(get_type_hints(cls).items(), 1):
        inner = next((one for one in get_args(hint) if one is not type(None)), hint)
        kind = hint if get_origin(hint) is tuple else inner
        filled[name] = one_value(name, kind, number)
    if "state" in filled and ("reason" in filled or "void_reason" in filled):
        filled["state"] = list(get_type_hints(cls)["state"])[1]
    return cls(**filled)


def one_value(name: str, kind: Any, number: int) -> Any:
    if get_origin(kind) is tuple:
        return ("甲", f"乙{number}")
    if name.startswith("period_"):
        return f"2026-0{number % 9 + 1}"
    if kind is str:
        return f"{name}-演示"
    if kind is bool:
        return False
    if kind is int:
        return number
    if kind is date:
        return date(2026, 9, number)
    return list(kind)[-1]


def test_each_type_has_a_name_an_inspector_knows() -> None:
    assert all(label(cls) for cls in STORED)


def test_a_type_that_is_not_stored_is_refused() -> None:
    with pytest.raises(TypeError, match="ClaimTotals is not stored"):
        mapper(ClaimTotals)  # type: ignore[type-var]  # the mistake under test
    with pytest.raises(TypeError, match="str is not stored"):
        mapper(str)  # type: ignore[type-var]  # the mistake under test


def test_a_field_of_an_unknown_kind_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    @dataclasses.dataclass(frozen=True)
    class Setting:
        id: str
        value: float

    monkeypatch.setitem(STORED, Setting, "演示")
    with pytest.raises(TypeError, match="no storage"):
        mapper(Setting)
