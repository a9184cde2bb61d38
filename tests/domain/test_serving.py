"""A joint paper is served when each of its parties is, on the day of the last of them."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from inspector_app.domain.paper_joint import joint_parties
from inspector_app.domain.papers import Paper, PaperState, Service, ServiceMethod
from inspector_app.domain.serving import (
    by_paper,
    deliveries,
    is_begun,
    is_joint,
    progress_words,
    reached,
    served_on,
    waiting,
)

MONDAY = date(2026, 9, 28)
NAMES = ("甲公司", "乙公司", "丙公司", "丁集团")
JOINT = '{"party":"甲公司","co_parties":[{"name":"乙公司"},{"name":"丙公司"}]}'


def record(number: int, party: str, day: int = 0, note: str = "", paper: str = "p") -> Service:
    on = MONDAY + timedelta(days=day)
    return Service(f"s{number:03}", "c", (paper,), ServiceMethod.DIRECT, on, note=note, party=party)


def a_paper(values: str, paper_id: str = "p", state: PaperState = PaperState.ISSUED) -> Paper:
    return Paper(paper_id, "c", "rectification_order", "1", state, values)


parties = st.lists(st.sampled_from(NAMES), min_size=2, max_size=4, unique=True)
acts = st.lists(st.tuples(st.sampled_from(NAMES), st.integers(0, 40)), max_size=8)


@given(parties, acts)
def test_it_is_served_iff_each_party_is_and_then_on_the_last_of_their_first_days(
    names: list[str], done: list[tuple[str, int]]
) -> None:
    records = [record(number, party, day) for number, (party, day) in enumerate(done)]
    found = deliveries(names, records)
    first = {name: min((d for p, d in done if p == name), default=None) for name in names}
    assert [one.party for one in found] == names
    for one in found:
        day = first[one.party]
        assert one.on == (None if day is None else MONDAY + timedelta(days=day))
        assert (one.service is None) == (day is None)
        assert one.service is None or one.service.party == one.party
    left = [name for name in names if first[name] is None]
    assert waiting(found) == tuple(left)
    last = max((day for day in first.values() if day is not None), default=0)
    assert served_on(found) == (None if left else MONDAY + timedelta(days=last))
    assert len(reached(found)) == len(names) - len(left)
    assert is_begun(found) == (0 < len(left) < len(names))
    assert bool(progress_words(found)) == is_begun(found)


@given(parties, st.sets(st.sampled_from(NAMES)), st.booleans())
def test_an_older_record_serves_the_parties_its_note_names_and_the_order_of_records_is_nothing(
    names: list[str], named: set[str], turned: bool
) -> None:
    old = record(1, "", 0, note="、".join(f"{name}9月28日收到" for name in sorted(named)))
    new = record(2, names[0], 3)
    records = [new, old] if turned else [old, new]
    on = {one.party: one.on for one in deliveries(names, records)}
    later = MONDAY + timedelta(days=3)
    for name in names:
        known = MONDAY if name in named else later if name == names[0] else None
        assert on[name] == known


@given(acts)
def test_a_paper_to_one_party_is_served_by_its_first_record(done: list[tuple[str, int]]) -> None:
    found = deliveries((), [record(n, party, day) for n, (party, day) in enumerate(done)])
    days = [MONDAY + timedelta(days=day) for _, day in done]
    assert served_on(found) == min(days, default=None)
    assert waiting(found) == (() if done else ("",))
    assert (len(found), is_joint(found), is_begun(found)) == (1, False, False)


def test_the_parties_are_read_from_the_stored_text_each_once_and_in_order() -> None:
    assert joint_parties(JOINT) == ("甲公司", "乙公司", "丙公司")
    assert joint_parties('{"party":"甲公司","co_parties":[]}') == ()
    assert joint_parties('{"party":"甲公司"}') == ()
    assert joint_parties('{"party":"甲公司","co_parties":[{"name":"甲公司"},{"name":" "}]}') == ()
    assert joint_parties('{"party":null,"co_parties":[{"name":"乙"},{"name":"丙"}]}') == (
        "乙",
        "丙",
    )


def test_papers_of_a_case_have_each_their_own_deliveries() -> None:
    papers = [
        a_paper(JOINT), a_paper('{"party":"甲公司"}', "q"), a_paper(JOINT, "d", PaperState.DRAFT)
    ]  # fmt: skip
    services = [record(1, "乙公司"), record(2, "", paper="q")]
    found = by_paper(papers, services)
    assert set(found) == {"p", "q"}
    assert waiting(found["p"]) == ("甲公司", "丙公司")
    assert progress_words(found["p"]) == "已送达 1/3"
    assert served_on(found["q"]) == MONDAY
    assert served_on(()) is None


def test_the_day_that_counts_may_be_another_than_that_of_the_record() -> None:
    later = lambda one: one.served_on + timedelta(days=30)  # noqa: E731 - short and read once
    found = by_paper([a_paper(JOINT)], [record(1, "甲公司")], later)["p"]
    assert found[0].on == MONDAY + timedelta(days=30)
