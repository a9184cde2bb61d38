"""What follows when an order is not obeyed, put together from the violations it is about."""

from collections.abc import Iterable

from inspector_app.domain.law import Fine, FinePer, Violation, grouped
from inspector_app.library.loading import Library

ARREARS = "WG-01"  # unpaid wages: the extra payment to the worker (监察条例 26)
DISOBEDIENCE = "KJ-03"  # an order that is not obeyed (监察条例 30)
_YUAN, _WAN = 100, 1_000_000  # fen


def overdue_text(library: Library, codes: Iterable[str], *, wages: bool) -> str:
    """The paragraph on consequences; every figure and article comes from resources/law.

    What was not read in full is left out: a paper tells settled law only.
    `wages`: the order demands a payment, so that the extra payment and the crime are named.
    """
    parts = [_extra_payment(library)] if wages else []
    fined = [library.violations[code] for code in dict.fromkeys(codes)]
    parts += dict.fromkeys(
        _fine_after_order(one) for one in fined if one.order_first and one.basis.settled
    )
    parts.append(_disobedience(library))
    if wages:
        parts.append("涉嫌拒不支付劳动报酬罪的，移送公安机关")
    return "；".join(part for part in parts if part) + "。"


def _extra_payment(library: Library) -> str:
    violation = library.violations[ARREARS]
    share = violation.multiple
    if share is None:
        return ""
    basis = next(one for one in violation.penalties if "监察条例" in one)
    return (
        f"逾期不支付工资的，依据{basis}，责令按照应付金额{share.low_percent}%以上"
        f"{share.high_percent}%以下的标准向劳动者加付赔偿金"
    )


def _fine_after_order(violation: Violation) -> str:
    """Fines that need this very order first (保障农民工工资支付条例 54 to 57 and others)."""
    fines = [
        f"{who}{_range(fine)}"
        for who, fine in (("", violation.unit_fine), ("对责任人员", violation.person_fine))
        if fine is not None
    ]
    if not fines:
        return ""
    stop = "责令项目停工，并" if violation.stop_work else ""
    return f"逾期不改正的，依据{grouped(violation.penalties[:1])}，{stop}{'，'.join(fines)}"


def _disobedience(library: Library) -> str:
    violation = library.violations[DISOBEDIENCE]
    if violation.unit_fine is None:
        return ""
    return f"拒不改正的，依据{grouped(violation.penalties[:1])}，{_range(violation.unit_fine)}"


def _range(fine: Fine) -> str:
    per = "" if fine.per is FinePer.CASE else f"（{fine.per.label}）"
    return f"处{_money(fine.low_fen)}以上{_money(fine.high_fen)}以下的罚款{per}"


def _money(fen: int) -> str:
    """5万元, 2000元: as the articles write them."""
    return f"{fen // _WAN}万元" if fen % _WAN == 0 else f"{fen // _YUAN}元"
