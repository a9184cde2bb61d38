"""The rules looked through: the pack, the articles it cites, the choices of the bureau."""

from collections.abc import Callable
from dataclasses import dataclass

from inspector_app.library.check import check_law
from inspector_app.library.pack import find_row
from inspector_app.services.desk import Desk
from inspector_app.services.rule_values import FIELD_WORDS
from inspector_app.services.rules import stale_choices
from inspector_app.services.statutes import current_texts, missing_articles

STEPS = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at; `rule` opens it, "" when nothing can be opened."""

    kind: str
    where: str
    words: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class CheckOutcome:
    """What was found; `texts` official texts were looked up, `stopped` says the user stopped it."""

    findings: tuple[Finding, ...]
    texts: int
    stopped: bool = False


def run_check(
    desk: Desk, progress: Callable[[int, int], object], cancelled: Callable[[], bool]
) -> CheckOutcome:
    """Three looks: the files of the pack, the articles in imported texts, outgrown choices."""
    library, found = desk.library, list[Finding]()
    progress(0, STEPS)
    for problem in check_law(library.office):
        row = find_row(library, problem.where)
        found.append(Finding("规则包", problem.where, problem.message, row.id if row else ""))
    progress(1, STEPS)
    if cancelled():
        return CheckOutcome(tuple(found), 0, stopped=True)
    for one in missing_articles(desk):
        known = (rule for rule in one.rules if find_row(library, rule) is not None)
        words = f"导入的原文里没有{one.place}，引用它的有：{'、'.join(one.rules)}"
        found.append(Finding("原文", one.statute, words, next(known, one.statute)))
    progress(2, STEPS)
    if cancelled():
        return CheckOutcome(tuple(found), 0, stopped=True)
    for choice in stale_choices(desk):
        row = find_row(library, choice.rule)
        words = (
            f"本局的{FIELD_WORDS.get(choice.field, choice.field)}“{choice.value}”已不起作用，请撤回"
        )
        found.append(Finding("本局口径", choice.rule, words, row.id if row else ""))
    progress(STEPS, STEPS)
    return CheckOutcome(tuple(found), len(current_texts(desk)))
