"""Rows of a rule pack made for the deciders: name only what the test is about."""

from dataclasses import replace
from datetime import date
from typing import Any

from inspector_app.domain.bureau_law import DiscretionBand
from inspector_app.domain.deciders import ServedOrder
from inspector_app.domain.deciders.crime import CrimeRules
from inspector_app.domain.deciders.fines import ActRules
from inspector_app.domain.deciders.hearings import FineRules
from inspector_app.domain.law import Basis, Fine, ForceLevel, Liable, TextLevel, Violation
from inspector_app.domain.rules import Bound, Figure, FigureUnit
from tests.helpers.builders import CITY

TODAY = date(2026, 9, 28)
YUAN = 100
WAN = 1_000_000


def a_basis(*articles: str, **changes: Any) -> Basis:
    """A rule read in full and in force since 2020-05-01."""
    return replace(
        Basis(
            articles=articles or ("《演示条例》第一条",),
            text_level=TextLevel.FULL,
            force_level=ForceLevel.CHECKED,
            effective_from=date(2020, 5, 1),
        ),
        **changes,
    )


def a_figure(low: int | None, unit: FigureUnit = FigureUnit.FEN, **changes: Any) -> Figure:
    """A figure of that low end, from there on."""
    made = Figure("TH-DEMO", "demo", "演示数值", unit, low, a_basis(), bound=Bound.FROM)
    return replace(made, **changes)


def a_violation(code: str = "GZ-05", **changes: Any) -> Violation:
    """Like 工资条例 55: 50,000 to 100,000 for the unit, an order first, stop of work."""
    return replace(
        Violation(
            code=code,
            name="未按规定开设专用账户",
            liable=(Liable.GENERAL,),
            breaches=("《演示条例》第二十六条第一款",),
            penalties=("《演示条例》第五十五条第（一）项",),
            order_first=True,
            triggers=("T55",),
            evidence=("E8", "E9"),
            basis=a_basis(),
            unit_fine=Fine(5 * WAN, 10 * WAN),
            stop_work=True,
        ),
        **changes,
    )


def a_small_violation(code: str = "KJ-01", **changes: Any) -> Violation:
    """Like 监察条例 30: 2,000 to 20,000, no order first, no stop of work."""
    return a_violation(
        code,
        **{
            "penalties": ("《演示条例》第三十条",),
            "order_first": False,
            "evidence": (),
            "unit_fine": Fine(2_000 * YUAN, 2 * WAN),
            "stop_work": False,
        }
        | changes,
    )


def a_served_order(**changes: Any) -> ServedOrder:
    """An order to pay served on 1 September, running out on the 10th, not obeyed."""
    return replace(
        ServedOrder(
            title="限期改正指令书",
            number="平人社监令字〔2026〕第1号",
            effective_on=date(2026, 9, 1),
            deadline=date(2026, 9, 10),
            obeyed=False,
            demands_pay=True,
        ),
        **changes,
    )


def a_band(**changes: Any) -> DiscretionBand:
    """一般: 60,000 to 80,000 for GZ-05."""
    return replace(
        DiscretionBand(
            id="band-1",
            violation="GZ-05",
            name="一般",
            condition="涉及一个项目",
            low_fen=6 * WAN,
            high_fen=8 * WAN,
            effective_from=date(2026, 1, 1),
            scope=CITY,
            city=CITY,
        ),
        **changes,
    )


ACT_RULES = ActRules(
    one_act=a_basis("《处罚法》第二十九条"), old_law=a_basis("《处罚法》第三十七条")
)

FINE_RULES = FineRules(
    hearing_unit=a_figure(5 * WAN, name="听证（单位）"),
    hearing_person=a_figure(5_000 * YUAN, name="听证（个人）"),
    seizure=a_figure(5 * WAN, name="听证（没收）"),
    summary_unit=a_figure(3_000 * YUAN, bound=Bound.UP_TO),
    summary_person=a_figure(200 * YUAN, bound=Bound.UP_TO),
    hearing=a_basis("《处罚法》第六十三条第一款"),
    stop_work=a_basis("《处罚法》第六十三条第一款第（四）项"),
    legal_review=a_basis("《处罚法》第五十八条第一款第（二）项"),
    discussion=a_basis("《处罚法》第五十七条第二款"),
    mitigation=a_basis("《处罚法》第三十二条"),
    acts=ACT_RULES,
)

CRIME_RULES = CrimeRules(
    months=a_figure(3, FigureUnit.MONTHS),
    people=a_figure(10, FigureUnit.PEOPLE),
    one=a_figure(8_000 * YUAN),
    many=a_figure(4 * WAN),
    national_one=a_figure(5_000 * YUAN, high=2 * WAN, bound=Bound.EXACT),
    national_many=a_figure(3 * WAN, high=10 * WAN, bound=Bound.EXACT),
    order=a_basis("《拒付解释》第四条"),
    evasion=a_basis("《拒付解释》第二条"),
    exit=a_basis("《拒付解释》第六条"),
)
