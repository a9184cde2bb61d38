"""From violations to articles, evidence, the order first, and the range of the fine."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.domain.deciders import INFERRED, OrderState, Reason, nearest_order
from inspector_app.domain.deciders.fine_ranges import Act, FineRange, is_payment, percent_of
from inspector_app.domain.deciders.fines import FineLine, OnFile, fine_lines
from inspector_app.domain.law import Fine, FinePer, Multiple, TextLevel, Violation
from tests.domain.decider_rows import (
    ACT_RULES,
    TODAY,
    WAN,
    YUAN,
    a_band,
    a_basis,
    a_served_order,
    a_small_violation,
    a_violation,
)

ACT_DAY = date(2026, 8, 1)


def lines(*acts: Act, file: OnFile | None = None) -> tuple[FineLine, ...]:
    return fine_lines(acts, file or OnFile(), ACT_RULES, TODAY)


def line(violation: Violation, file: OnFile | None = None, **of_act: object) -> FineLine:
    (only,) = lines(replace(Act(violation, on=ACT_DAY), **of_act), file=file)  # type: ignore[arg-type]  # tests name fields freely
    return only


def span(one: FineRange | None) -> tuple[int | None, int | None]:
    assert one is not None
    return one.low_fen, one.high_fen


def texts(reasons: tuple[Reason, ...]) -> str:
    return "\n".join(reason.text for reason in reasons)


def test_a_line_names_both_articles_the_level_and_what_is_missing() -> None:
    found = line(
        a_violation(note="情节严重的吊销资质证书"), OnFile(evidence_names={"E8": "专户材料"})
    )
    assert found.breaches == ("《演示条例》第二十六条第一款",)
    assert found.penalties == ("《演示条例》第五十五条第（一）项",)
    assert found.reasons[0] == Reason("情节严重的吊销资质证书", found.basis)
    assert found.missing == (
        "GZ-05 须先责令限期改正，逾期不改正才可罚款：没有已送达的责令文书",
        "GZ-05 的证据未登记：E8 专户材料、E9",
    )
    assert line(a_small_violation(), on=None).missing == ("KJ-01 的违法行为发生日未填",)


def test_evidence_on_file_says_where_it_lies() -> None:
    found = line(a_violation(), OnFile(evidence={"E8": ("三协议.pdf", "现场照片")}))
    assert [(one.code, one.words) for one in found.evidence] == [
        ("E8", "三协议.pdf、现场照片"),
        ("E9", "未登记"),
    ]


@pytest.mark.parametrize(
    ("per", "people", "months", "low", "high"),
    [
        (FinePer.CASE, None, None, 100, 500),
        (FinePer.PERSON, 12, None, 1_200, 6_000),
        (FinePer.PERSON_MONTH, 2, 3, 600, 3_000),
        (FinePer.PERSON, None, None, None, None),
        (FinePer.PERSON_MONTH, 2, None, None, None),
    ],
)
def test_a_fine_is_counted_by_case_head_or_head_and_month(
    per: FinePer, people: int | None, months: int | None, low: int | None, high: int | None
) -> None:
    violation = a_small_violation("GS-01", unit_fine=Fine(100, 500, per))
    found = line(violation, people=people, months=months)
    assert span(found.unit) == (low, high)
    assert bool(found.missing) == (low is None)


def test_a_single_amount_by_head_is_written_once() -> None:
    violation = a_small_violation("TG-01", unit_fine=Fine(WAN, WAN, FinePer.PERSON_MONTH))
    found = line(violation, people=1, months=2).unit
    assert found == FineRange(2 * WAN, 2 * WAN, "每人每月1万元，1 人，2 个月")


def test_a_share_goes_before_the_fixed_range_where_there_is_a_sum() -> None:
    """劳动合同法 92(1): one to five times the gain; without a gain up to 50,000."""
    violation = a_small_violation(
        "HT-11", unit_fine=Fine(0, 5 * WAN), multiple=Multiple(100, 500, "违法所得")
    )
    assert line(violation).missing == ("HT-11 的违法所得未填",)
    assert line(violation, base_fen=3 * WAN).unit == FineRange(
        3 * WAN, 15 * WAN, "违法所得 3万元的1至5倍"
    )
    assert span(line(violation, base_fen=0).unit) == (0, 5 * WAN)
    alone = replace(violation, unit_fine=None, multiple=Multiple(150, 305, "违法所得"))
    assert line(alone, base_fen=101).unit == FineRange(152, 308, "违法所得 1.01元的1.5至3.05倍")
    assert span(line(alone, base_fen=0).unit) == (0, 0)


def test_what_is_paid_to_the_worker_is_no_fine() -> None:
    violation = a_small_violation(
        "GZ-22", triggers=("TP",), unit_fine=None, multiple=Multiple(50, 100, "应付金额")
    )
    found = line(violation, base_fen=WAN)
    assert is_payment(violation)
    assert (found.unit, found.person, found.unit_counts) == (None, None, False)
    assert "不是罚款" in texts(found.reasons)


def test_persons_are_fined_beside_the_unit() -> None:
    violation = a_violation("GZ-01", person_fine=Fine(WAN, 3 * WAN))
    assert line(violation).person == FineRange(WAN, 3 * WAN, "每名责任人员1万元至3万元")


def test_a_band_chosen_by_hand_narrows_the_range() -> None:
    person = Fine(WAN, 3 * WAN)
    violation = a_violation(person_fine=person)
    band = a_band(person_low_fen=WAN, person_high_fen=2 * WAN, source="裁量基准")
    file = OnFile(bands=(band, a_band(id="later", effective_from=date(2026, 10, 1))))
    chosen = line(violation, file, band="band-1")
    assert span(chosen.unit) == (6 * WAN, 8 * WAN)
    assert span(chosen.person) == (WAN, 2 * WAN)
    assert "按裁量档次“一般”（裁量基准）：涉及一个项目" in texts(chosen.reasons)
    assert [one.id for one in chosen.bands] == ["band-1"]
    none = line(violation, file)
    assert span(none.unit) == (5 * WAN, 10 * WAN)
    unknown = line(violation, file, band="later")
    assert "没有所选的裁量档次" in texts(unknown.reasons)


def test_a_band_for_persons_alone_is_taken_for_persons() -> None:
    violation = a_violation("SB-06", unit_fine=None, person_fine=Fine(WAN, 3 * WAN))
    band = a_band(violation="SB-06", low_fen=0, high_fen=0, person_low_fen=WAN, person_high_fen=WAN)
    found = line(violation, OnFile(bands=(band,)), band="band-1")
    assert span(found.person) == (WAN, WAN)
    assert "按裁量档次“一般”" in texts(found.reasons)


def test_of_two_standards_the_newer_one_is_shown() -> None:
    old, new = a_band(id="old"), a_band(id="new", effective_from=date(2026, 9, 1))
    found = line(a_violation(), OnFile(bands=(old, new)))
    assert [one.id for one in found.bands] == ["new"]


def test_a_band_outside_the_law_is_not_taken() -> None:
    file = OnFile(bands=(a_band(low_fen=4 * WAN),))
    found = line(a_violation(), file, band="band-1")
    assert span(found.unit) == (5 * WAN, 10 * WAN)
    assert "不在法定幅度内" in texts(found.reasons)
    strict = a_band(low_fen=0, high_fen=0, person_low_fen=0, person_high_fen=WAN)
    person = a_violation(person_fine=Fine(WAN, 3 * WAN))
    assert span(line(person, OnFile(bands=(strict,)), band="band-1").person) == (WAN, 3 * WAN)
    without = line(a_violation(unit_fine=None), file, band="band-1")
    assert (without.unit, "不在法定幅度内" in texts(without.reasons)) == (None, True)


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, OrderState.UNHEEDED),
        ({"obeyed": None}, OrderState.UNCHECKED),
        ({"obeyed": True}, OrderState.OBEYED),
        ({"deadline": TODAY}, OrderState.RUNNING),
        ({"deadline": None}, OrderState.OPEN),
    ],
)
def test_a_fine_after_an_order_says_how_the_order_stands(
    changes: dict[str, object], state: OrderState
) -> None:
    found = line(a_violation(evidence=()), OnFile(orders=(a_served_order(**changes),)))
    assert (found.order, found.order_number) == (state, "平人社监令字〔2026〕第1号")
    assert bool(found.missing) == (state is not OrderState.UNHEEDED)


def test_the_order_that_has_gone_furthest_counts() -> None:
    running = a_served_order(number="2", deadline=TODAY)
    unheeded = a_served_order(number="1")
    assert nearest_order((running, unheeded), TODAY) is unheeded
    assert nearest_order((), TODAY) is None


def test_no_order_is_asked_for_where_none_is_needed() -> None:
    found = line(a_small_violation(), OnFile(orders=(a_served_order(),)))
    assert (found.order, found.order_number) == (OrderState.NOT_NEEDED, "")


def test_of_one_act_under_several_laws_only_the_highest_fine_counts() -> None:
    child = a_small_violation("TG-01", unit_fine=Fine(5_000 * YUAN, 5_000 * YUAN))
    minor = a_small_violation("TG-07", unit_fine=Fine(0, 10 * WAN), penalties=("《未保法》",))
    first, second = lines(
        Act(child, on=ACT_DAY, act="用童工"), Act(minor, on=ACT_DAY, act="用童工")
    )
    assert (first.unit_counts, second.unit_counts) == (False, True)
    assert "与 TG-07 是同一行为，按罚款数额高的 TG-07 处罚" in texts(first.reasons)
    assert first.reasons[-1].basis == ACT_RULES.one_act
    assert second.reasons == ()


def test_persons_and_unit_are_compared_apart() -> None:
    one = a_small_violation("A", person_fine=Fine(WAN, 3 * WAN))
    two = a_small_violation("B", unit_fine=Fine(0, 5 * WAN), person_fine=Fine(WAN, 2 * WAN))
    first, second = lines(Act(one, on=ACT_DAY, act="x"), Act(two, on=ACT_DAY, act="x"))
    assert (first.unit_counts, first.person_counts) == (False, True)
    assert (second.unit_counts, second.person_counts) == (True, False)


def test_what_cannot_be_counted_yet_stays_beside_the_highest() -> None:
    open_one = a_small_violation("A", unit_fine=Fine(100, 500, FinePer.PERSON))
    first, second = lines(
        Act(open_one, on=ACT_DAY, act="x"), Act(a_small_violation("B"), on=ACT_DAY, act="x")
    )
    assert (first.unit_counts, second.unit_counts) == (True, True)


def test_different_acts_stand_side_by_side_and_the_same_article_is_pointed_out() -> None:
    first, second = lines(
        Act(a_violation("GZ-08"), on=ACT_DAY), Act(a_violation("GZ-20"), on=ACT_DAY)
    )
    assert (first.unit_counts, second.unit_counts) == (True, True)
    hint = first.reasons[-1]
    assert hint.text == "与 GZ-20 罚则相同，是不是同一行为请核对"
    assert hint.level == f"{INFERRED} · 已核全文 · 现行性已核"
    assert not hint.settled


def test_a_rule_that_came_later_than_the_act_is_named_and_not_counted() -> None:
    violation = a_violation(basis=a_basis(effective_from=date(2026, 9, 1)))
    found = line(violation)
    assert (found.in_force, found.unit_counts) == (False, False)
    assert "GZ-05 的规定在2026年8月1日尚未施行，不计入幅度" in texts(found.reasons)
    assert found.reasons[-1].basis == ACT_RULES.old_law
    gone = line(a_violation(basis=a_basis(effective_to=date(2026, 7, 31))))
    assert "已经失效" in texts(gone.reasons)


def test_a_rule_that_ended_after_the_act_still_counts_with_a_hint() -> None:
    found = line(a_violation(basis=a_basis(effective_to=date(2026, 8, 31))))
    assert (found.in_force, found.unit_counts) == (True, True)
    assert "从旧兼从轻，由人比对" in texts(found.reasons)


def test_a_sentence_is_settled_only_when_its_article_was_read() -> None:
    assert Reason("事实").level == ""
    assert not Reason("事实").settled
    assert Reason("条文", a_basis()).settled
    assert not Reason("条文", a_basis(text_level=TextLevel.SECONDARY)).settled


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(0, 500), st.integers(1, 50))
def test_more_heads_never_make_a_fine_smaller(low: int, more: int, people: int, extra: int) -> None:
    violation = a_small_violation("GS-01", unit_fine=Fine(low, low + more, FinePer.PERSON))
    few, many = line(violation, people=people).unit, line(violation, people=people + extra).unit
    assert few is not None
    assert many is not None
    assert (few.low_fen or 0) <= (many.low_fen or 0)
    assert (few.low_fen or 0) <= (few.high_fen or 0) <= (many.high_fen or 0)


@given(st.integers(0, 10**13), st.integers(0, 1_000))
def test_percents_are_rounded_to_the_nearest_fen(amount: int, percent: int) -> None:
    assert abs(percent_of(amount, percent) * 100 - amount * percent) <= 50


@given(st.lists(st.integers(1, 10**8), min_size=1, max_size=6), st.booleans())
def test_of_one_act_one_fine_remains_and_it_is_the_highest(tops: list[int], together: bool) -> None:
    acts = [
        Act(a_small_violation(f"V{n}", unit_fine=Fine(0, top)), on=ACT_DAY, act="x" * together)
        for n, top in enumerate(tops)
    ]
    counting = [one.unit for one in lines(*acts) if one.unit_counts]
    assert [one.high_fen for one in counting if one] == ([max(tops)] if together else tops)
