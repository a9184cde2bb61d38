"""Where a rule is used: papers, check items, steps, terms, settings and other rules."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from inspector_app.domain.inspections import CheckItem
from inspector_app.domain.law import Basis, Statute, Violation
from inspector_app.domain.procedure import EITHER, GuardRow, StepRow
from inspector_app.domain.rules import Figure, LocalConflict, MinimumWage, Remedy, ServiceRule
from inspector_app.domain.term_rules import Term
from inspector_app.library.loading import Library
from inspector_app.library.wages import CLASS_SETTING
from inspector_app.services.desk import Desk
from inspector_app.services.law_rows import GUARD, STEP, Applied, applied_rules
from inspector_app.services.law_words import fact_words, paper_title

RULE, PAPER, ITEM, SETTING, CASE = "rule:", "paper:", "item:", "setting:", "case:"
ORDER = "rectification_order"
PAPER_FACTS = ("served", "issued", "deadline")
# What the guards ask the clocks and figures for, written in domain.guards; a test compares.
GUARD_RULES: Mapping[str, tuple[str, ...]] = {
    "demand_over": ("D23",),
    "suit_over": ("D20", "D21", "D22"),
    "apply_in_time": ("D24",),
    "statement_over": ("D13",),
    "hearing_over": ("D11",),
    "hearing_request_in_time": ("D11",),
    "hearing_notice_in_time": ("D12",),
    "list_heard": ("D34",),
    "hearing_told": ("TH-HEARING-UNIT", "TH-HEARING-PERSON"),
    "summary_limits": ("TH-SUMMARY-UNIT", "TH-SUMMARY-PERSON"),
}


@dataclass(frozen=True, slots=True)
class Use:
    """One place; `key` says what to open: rule:, paper:, item:, setting: or case: and its id."""

    key: str
    title: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class UseGroup:
    """Places of one sort."""

    title: str
    uses: tuple[Use, ...]


def used_by(desk: Desk, rule: Applied) -> tuple[UseGroup, ...]:
    """Everything in the library that refers to a rule; what nothing refers to has no group."""
    library = desk.library
    groups = (
        ("文书", _papers(library, rule)),
        ("检查项", _items(library, rule)),
        ("程序步骤", _steps(library, rule)),
        ("期限", _terms(library, rule)),
        ("其他规则", _others(desk, rule)),
        ("设置", _settings(library, rule)),
    )
    found = ((title, tuple(dict.fromkeys(uses))) for title, uses in groups)
    return tuple(UseGroup(title, uses) for title, uses in found if uses)


# ── papers ───────────────────────────────────────────────────────────────────────────────────
def _papers(library: Library, rule: Applied) -> Iterator[Use]:
    """Kinds of paper that start a clock, print the same article, or are contested by a remedy."""
    value = rule.pack
    named: list[tuple[str, str]] = []
    if isinstance(value, Term):
        named += [(kind, "起算") for kind in _kinds(value.starts)]
        named += [(kind, "完成") for kind in _kinds(value.ends)]
    elif isinstance(value, Violation):
        named += [(ORDER, "检查发现后写入")] if _ordered(library, rule) else []
    elif isinstance(value, Remedy):
        named.append((value.paper, "写明救济途径"))
    elif isinstance(value, ServiceRule):
        named += [(kind, "可以这样送达") for kind in value.only_kinds]
    elif isinstance(value, StepRow):
        named += [(kind, "要在卷") for kind in _split(value.papers)]
        named += [(kind, "要送达") for kind in _split(value.served)]
        named += [(kind, "应当有") for kind in _split(value.papers_advised)]
    cited = "引用" if isinstance(value, Statute) else "引用同一条"
    named += [(kind, cited) for kind in _printing(library, rule)]
    for kind, note in named:
        yield Use(f"{PAPER}{kind}", paper_title(kind, library), note)


def _ordered(library: Library, rule: Applied) -> bool:
    """Whether a check item that asks about a violation puts a demand into the order."""
    items = (item for one in library.checklists.values() for item in one.items)
    return any(rule.key in item.violations and item.demand for item in items)


def _split(groups: Iterable[str]) -> Iterator[str]:
    return (kind for group in groups for kind in group.split(EITHER))


def _kinds(codes: Iterable[str]) -> Iterator[str]:
    for code in codes:
        head, mark, kinds = code.partition(":")
        if mark and head in PAPER_FACTS:
            yield from kinds.split(EITHER)


def _printing(library: Library, rule: Applied) -> Iterator[str]:
    bare = {one.replace("《", "").replace("》", "") for one in _articles(rule.basis)}
    names = {rule.name} if isinstance(rule.pack, Statute) else set[str]()
    for kind in library.kinds.values():
        for ref in kind.law:
            if ref.article in bare or any(ref.article.startswith(name) for name in names):
                yield kind.id
                break


def _articles(basis: Basis | None) -> tuple[str, ...]:
    return basis.articles if basis else ()


# ── check items ──────────────────────────────────────────────────────────────────────────────
def _items(library: Library, rule: Applied) -> Iterator[Use]:
    for checklist in library.checklists.values():
        for item in checklist.items:
            if _asks(item, rule):
                yield Use(f"{ITEM}{checklist.id}/{item.id}", f"{item.id} {item.question}",
                          checklist.title)  # fmt: skip


def _asks(item: CheckItem, rule: Applied) -> bool:
    if isinstance(rule.pack, Violation):
        return rule.key in item.violations
    if isinstance(rule.pack, Statute):
        mark = f"《{rule.name}》"
        return any(article.startswith(mark) for article in item.articles)
    return bool(set(item.articles) & set(_articles(rule.basis)))


# ── steps, terms and other rules ─────────────────────────────────────────────────────────────
def _steps(library: Library, rule: Applied) -> Iterator[Use]:
    procedure, value = library.procedure, rule.pack
    codes: list[tuple[str, str]] = []
    if isinstance(value, Term):
        codes += [(code.partition("=")[0], "起算") for code in value.starts]
        codes += [(code.partition("=")[0], "完成") for code in value.ends]
    if isinstance(value, GuardRow):
        codes += [(key, "把关") for key, step in procedure.steps.items()
                  if value.id in (*step.guards, *step.guards_advised)]  # fmt: skip
    if isinstance(value, Statute):
        mark = f"《{rule.name}》"
        codes += [(key, "依据") for key, step in procedure.steps.items()
                  if any(one.startswith(mark) for one in step.articles)]  # fmt: skip
    for key, note in codes:
        if key in procedure.steps:
            yield Use(f"{RULE}{STEP}{key}", procedure.steps[key].name, note)
    for guard, rules in GUARD_RULES.items():
        if rule.key in rules and guard in procedure.guards:
            yield Use(f"{RULE}{GUARD}{guard}", procedure.guards[guard].name, "把关")


def _terms(library: Library, rule: Applied) -> Iterator[Use]:
    for term in library.terms.values():
        note = _in_term(term, rule)
        if note and term.id != rule.key:
            yield Use(f"{RULE}{term.id}", f"{term.id} {term.name}", note)


def _in_term(term: Term, rule: Applied) -> str:
    """How a term uses the rule, "" when it does not."""
    value = rule.pack
    if isinstance(value, Term):
        codes = (*term.starts, *term.ends, *term.when)
        if f"end:{value.id}" in codes:
            return "由它的届满起算"
        return "并行的另一套规定" if term.id == value.beside or term.beside == value.id else ""
    if isinstance(value, StepRow):
        for codes, note in ((term.starts, "由它起算"), (term.ends, "由它完成")):
            if any(code.partition("=")[0] == value.id for code in codes):
                return note
    if isinstance(value, Remedy):
        return "救济期限" if term.id in (value.review_term, value.suit_term) else ""
    if isinstance(value, ServiceRule):
        return "等待期限" if term.id == value.term else ""
    return "依据" if isinstance(value, Statute) and f"《{rule.name}》" in term.article else ""


def _others(desk: Desk, rule: Applied) -> Iterator[Use]:
    library, value = desk.library, rule.pack
    if isinstance(value, Term):
        for remedy in library.remedies.values():
            if value.id in (remedy.review_term, remedy.suit_term):
                yield Use(f"{RULE}{remedy.id}", remedy.name, "救济")
        for rung in library.service_rules.values():
            if value.id == rung.term:
                yield Use(f"{RULE}{rung.id}", rung.name, "送达")
    if isinstance(value, StepRow):
        guards = library.procedure.guards
        for key in (*value.guards, *value.guards_advised):
            note = "把关" if key in value.guards else "提醒"
            yield Use(f"{RULE}{GUARD}{key}", guards[key].name, note)
    if isinstance(value, GuardRow):
        for one in applied_rules(desk):
            if one.key in GUARD_RULES.get(value.id, ()):
                yield Use(f"{RULE}{one.key}", f"{one.code} {one.name}", one.kind.label)
    if isinstance(value, Statute):
        yield from _citing(desk, value)
    if isinstance(value, LocalConflict):
        for act in library.violations.values():
            if beyond(value, act):
                yield Use(f"{RULE}{act.code}", f"{act.code} {act.name}", "按上位法")


def _citing(desk: Desk, statute: Statute) -> Iterator[Use]:
    """Rules of the pack that stand on a statute, beyond terms and steps."""
    for one in applied_rules(desk):
        plain = not isinstance(one.pack, Term | StepRow | Statute)
        if plain and one.basis and any(c.statute == statute.short for c in one.basis.cited):
            yield Use(f"{RULE}{one.key}", f"{one.code} {one.name}", one.kind.label)


def beyond(clause: LocalConflict, act: Violation) -> bool:
    """Whether a local clause speaks of the same sanction as a violation."""
    places = {(one.statute, one.article) for one in clause.basis.cited if one.statute != "处罚法"}
    return any((one.statute, one.article) in places for one in act.basis.cited)


def _settings(library: Library, rule: Applied) -> Iterator[Use]:
    value = rule.pack
    keys: list[str] = []
    if isinstance(value, Term | Figure | Remedy) and value.setting:
        keys.append(value.setting)
    if isinstance(value, Term) and value.id in library.rolls_by_choice:
        keys.append("term_roll")
    if isinstance(value, Term) and (value.beside or _has_henan(library, value)):
        keys.append("term_lead")
    if isinstance(value, MinimumWage):
        keys += [key for key in library.settings if key.startswith(CLASS_SETTING)][:1]
    for key in keys:
        spec = library.settings.get(key)
        if spec is not None:
            wage = isinstance(value, MinimumWage)
            yield Use(f"{SETTING}{spec.group}", "各县区的类别" if wage else spec.label, spec.group)


def _has_henan(library: Library, term: Term) -> bool:
    return any(one.beside == term.id for one in library.terms.values())


def fact_list(codes: Iterable[str], library: Library) -> str:
    """Facts of a case in words, each once."""
    words = (fact_words(code, library) for code in codes)
    return "、".join(dict.fromkeys(word for word in words if word))
