"""Checks of the rule pack that need more than one file: ids, codes, settings and terms meet."""

from collections import defaultdict
from collections.abc import Iterator

from inspector_app.domain.rules import LiabilityRule, Remedy, ServiceRule
from inspector_app.library.loading import Library
from inspector_app.library.pack import RowKind, pack_rows
from inspector_app.library.wages import CLASS_SETTING, CLASSES

Finding = tuple[str, str, str]  # kind, where, message


def cross_findings(library: Library) -> Iterator[Finding]:
    """Everything that does not fit together; all parts have loaded."""
    yield from _twice(library)
    yield from _violations(library)
    for rule in library.liability.values():
        yield from _liability(library, rule)
    for remedy in library.remedies.values():
        yield from _remedy(library, remedy)
    for rung in library.service_rules.values():
        yield from _service(library, rung)
    yield from _wages(library)


def setting_findings(library: Library) -> Iterator[Finding]:
    """Choices that rows ask for and nobody declared."""
    asked = [(RowKind.FIGURE, one.id, one.setting) for one in library.figures.values()]
    asked += [(RowKind.REMEDY, one.id, one.setting) for one in library.remedies.values()]
    if any(not one.review_body for one in library.remedies.values()):
        asked.append((RowKind.REMEDY, "RM", "review_body"))
    asked += [(RowKind.WAGE, "MW", key) for key in county_settings(library)]
    for kind, where, key in asked:
        if key and key not in library.settings:
            yield kind.value, where, f"没有“{key}”这项设置"


def county_settings(library: Library) -> list[str]:
    """The settings that say which class of the minimum wage a county belongs to."""
    city = library.city
    return [CLASS_SETTING + one.code for one in library.divisions.values() if one is not city]


def _twice(library: Library) -> Iterator[Finding]:
    seen: dict[str, RowKind] = {}
    for row in pack_rows(library):
        if row.id in seen:
            yield row.kind.value, row.id, f"编号与“{seen[row.id].label}”的一条相同"
        seen[row.id] = row.kind


def _violations(library: Library) -> Iterator[Finding]:
    if not library.violations:
        yield "violation", "resources/law/violations", "没有任何违法行为"
    for one in library.violations.values():
        for code in one.triggers:
            if code not in library.triggers:
                yield "violation", one.code, f"没有“{code}”这种去向"
        for code in one.evidence:
            if code not in library.evidence:
                yield "violation", one.code, f"没有“{code}”这种证据"


def _liability(library: Library, rule: LiabilityRule) -> Iterator[Finding]:
    kinds = {library.situation_facts[code].engineering for code in rule.needs}
    if len(kinds) > 1:
        yield RowKind.LIABILITY.value, rule.id, "工程和非工程的情形不能放在一条里"


def _remedy(library: Library, remedy: Remedy) -> Iterator[Finding]:
    for term in (remedy.review_term, remedy.suit_term):
        if term not in library.terms:
            yield RowKind.REMEDY.value, remedy.id, f"没有编号为“{term}”的期限"


def _service(library: Library, rung: ServiceRule) -> Iterator[Finding]:
    if rung.term and rung.term not in library.terms:
        yield RowKind.SERVICE.value, rung.id, f"没有编号为“{rung.term}”的期限"


def _wages(library: Library) -> Iterator[Finding]:
    """Each adjustment covers all classes, and a better class never pays less."""
    days: dict[object, dict[int, int]] = defaultdict(dict)
    for one in library.minimum_wages.values():
        days[one.basis.effective_from][one.area_class] = one.month_fen
    for day, wages in days.items():
        ladder = [wages.get(area_class, 0) for area_class in CLASSES.values()]
        if not all(ladder):
            yield RowKind.WAGE.value, f"{day}", "每次调整应写全各类区域"
        elif ladder != sorted(ladder, reverse=True):
            yield RowKind.WAGE.value, f"{day}", "一类区域的标准应不低于二类、三类"
