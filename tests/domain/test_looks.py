"""Which findings still ask for a look."""

from datetime import date

import pytest

from inspector_app.domain.looks import CaseLook, Fact, unseen

DAY = date(2026, 9, 21)


def finding(look_id: str, on: date = DAY) -> CaseLook:
    return CaseLook(look_id, "case-1", "", "李明", on, ("case|case-1|stage",), ())


def test_a_finding_waits_until_somebody_looked_at_that_very_one() -> None:
    first, second = finding("b"), finding("a", date(2026, 9, 20))
    assert unseen([first, second]) == (second, first)
    looked = CaseLook("c", "case-1", "b", "王芳", DAY)
    assert unseen([first, looked, second]) == (second,)
    assert unseen([]) == ()


def test_a_fact_is_told_by_its_key() -> None:
    for one in (Fact("case", "case-1", "stage"), Fact("wage_claim", "c-1")):
        assert Fact.of(one.key()) == one
    with pytest.raises(ValueError, match="unpack"):
        Fact.of("stage")
