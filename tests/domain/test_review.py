"""A file is scored item by item; what does not concern the case costs nothing."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from inspector_app.domain.facts import Fact, Facts
from inspector_app.domain.review import (
    ReviewItem,
    ReviewSection,
    ReviewStandard,
    ReviewVeto,
    score,
)

DAY = date(2026, 10, 1)


def item(item_id: str, points: int, facts: str, when: str = "") -> ReviewItem:
    groups = tuple(tuple(group.split("/")) for group in facts.split())
    return ReviewItem(item_id, "s", item_id, points, groups, "补", "papers", tuple(when.split()))


STANDARD = ReviewStandard(
    sections={"s": ReviewSection("s", "立案", 10)},
    items={
        "R1": item("R1", 4, "file"),
        "R2": item("R2", 3, "order/withdraw recheck"),
        "R3": item("R3", 3, "hearing_held", when="hearing_request"),
    },
    vetoes={"V1": ReviewVeto("V1", "当事人错误", "wrong_party", "核对", "papers")},
    verified=False,
)


def facts(*codes: str) -> Facts:
    return Facts.of([Fact(code, DAY) for code in codes])


def test_an_empty_file_has_only_what_does_not_concern_it() -> None:
    found = score(STANDARD, facts())
    assert (found.got, found.points) == (3, 10)
    assert [line.item.id for line in found.missing] == ["R1", "R2"]
    assert found.of("s") == (3, 10)
    assert found.vetoes == ()


def test_what_does_not_concern_it_is_told_apart_from_what_was_done() -> None:
    found = score(STANDARD, Facts.of([]))
    assert found.beside == sum(line.item.points for line in found.lines if not line.applies)
    assert found.beside == found.got > 0


def test_each_group_needs_one_of_its_facts() -> None:
    assert score(STANDARD, facts("order")).got == 3
    assert score(STANDARD, facts("order", "recheck")).got == 6
    assert score(STANDARD, facts("withdraw", "recheck", "file")).got == 10


def test_what_concerns_the_case_must_be_there() -> None:
    assert score(STANDARD, facts("hearing_request")).got == 0
    found = score(STANDARD, facts("hearing_request", "hearing_held"))
    assert [line.applies for line in found.lines] == [True, True, True]
    assert found.got == 3


def test_what_is_lacking_is_named_group_by_group() -> None:
    def lacking(*codes: str) -> dict[str, tuple[tuple[str, ...], ...]]:
        return {one.item.id: one.lacking for one in score(STANDARD, facts(*codes)).lines}

    assert lacking("recheck") == {"R1": (("file",),), "R2": (("order", "withdraw"),), "R3": ()}
    assert lacking("file", "order", "hearing_request") == {
        "R1": (), "R2": (("recheck",),), "R3": (("hearing_held",),),
    }  # fmt: skip


def test_a_veto_strikes_and_names_the_papers() -> None:
    papers = Facts.of([Fact("wrong_party", DAY, ref=one) for one in ("p1", "p2")])
    (struck,) = score(STANDARD, papers).vetoes
    assert (struck.veto.id, struck.papers) == ("V1", ("p1", "p2"))


CODES = ["file", "order", "withdraw", "recheck", "hearing_held"]


@given(st.sets(st.sampled_from(CODES)), st.sampled_from(CODES))
def test_one_fact_more_never_costs_points(known: set[str], more: str) -> None:
    assert score(STANDARD, facts(*known, more)).got >= score(STANDARD, facts(*known)).got
