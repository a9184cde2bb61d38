"""Counties that number their papers and cases by themselves, each under its own 机关代字."""

from collections.abc import Container

from inspector_app.domain.numbering import fit_in_number
from inspector_app.errors import UserError

FIELD = "county_series"


def own_series(text: str) -> dict[str, str]:
    """County code -> 机关代字 of `410402=新人社 410403=卫人社`; UserError when it is unreadable."""
    found: dict[str, str] = {}
    for part in text.replace("，", " ").replace(",", " ").split():
        code, equals, org = part.partition("=")
        if not equals or not org or not code.isdigit():
            message = f"“{part}”读不懂：写成 区划代码=机关代字，例如 410402=新人社。"
            raise UserError(message, field=FIELD)
        if not fit_in_number(org):
            raise UserError(f"“{org}”不能用作机关代字。", field=FIELD)
        found[code] = org
    return found


def check_series(text: str, city: str, city_org: str, divisions: Container[str]) -> None:
    """Each county is one of ours, and no two offices print the same number; else UserError."""
    found = own_series(text)
    for code in found:
        if code not in divisions or code == city:
            raise UserError(f"没有代码为“{code}”的县区。", field=FIELD)
    if len({city_org, *found.values()}) <= len(found):
        raise UserError("各单位的机关代字要不一样，否则会重号。", field=FIELD)
