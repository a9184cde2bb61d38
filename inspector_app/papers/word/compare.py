"""Compares an edited paper with its draft: what is law must agree, what is style is listed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from inspector_app.domain.papers import PaperKind, Values
from inspector_app.papers.context import PaperContext
from inspector_app.papers.word.facts import (
    Difference,
    Printed,
    changed_facts,
    fact_counts,
    lost_values,
    printed_values,
)
from inspector_app.papers.word.plain import clauses, common, plain, rare, words_only

NARROW = 60  # a longer piece is shown from where it begins to differ
AROUND = 20  # an identity number that was touched is whole in what is shown
ALIKE = 8  # characters by which a piece is known to be about a value
WORDING = "文字"


@dataclass(frozen=True, slots=True)
class Comparison:
    """`facts` refuse the edited paper; `wording` is accepted with it."""

    facts: tuple[Difference, ...]
    wording: tuple[Difference, ...]


def compare(
    kind: PaperKind, values: Values, ctx: PaperContext, draft: Sequence[str], final: Sequence[str]
) -> Comparison:
    """The draft's lines against those of an edited document."""
    was, now = [plain(line) for line in draft], [plain(line) for line in final]
    printed = tuple(printed_values(kind, values, ctx))
    return _compared(printed, was, now, ())


def compare_exported(
    kind: PaperKind, values: Values, ctx: PaperContext, draft: Sequence[str], exported: str
) -> Comparison:
    """The draft against a PDF alone, which knows no paragraphs and moves rare characters."""
    whole = "".join(map(plain, draft))
    printed = (
        Printed(one.what, common(one.text), one.field) for one in printed_values(kind, values, ctx)
    )
    gone = tuple(
        Difference("生僻字", char, "") for char in rare(whole) if char not in rare(exported)
    )
    return _compared(tuple(printed), [common(whole)], [common(exported)], gone)


def _compared(
    printed: Sequence[Printed],
    was: Sequence[str],
    now: Sequence[str],
    gone: tuple[Difference, ...],
) -> Comparison:
    wording = tuple(differences(was, now))
    lost = (
        Difference(one.what, one.text, _near(one.text, wording), one.field)
        for one in lost_values(printed, "".join(was), "".join(now))
    )
    return Comparison(tuple(dict.fromkeys((*gone, *lost, *changed_facts(was, now)))), wording)


def _near(text: str, wording: Sequence[Difference]) -> str:
    """What now stands where a value stood."""
    return next((diff.now for diff in wording if _about(text, diff.was)), "")


def _about(text: str, changed: str) -> bool:
    """Whether a changed piece holds a value, or a good part of it."""
    matcher = SequenceMatcher(None, text, changed, autojunk=False)
    return matcher.find_longest_match().size >= min(len(text), len(changed) or ALIKE, ALIKE)


def differences(was: Sequence[str], now: Sequence[str]) -> Iterator[Difference]:
    """What is worded otherwise, in pieces between punctuation."""
    old, new = clauses(was), clauses(now)
    start, end = 0, 0
    least = min(len(old), len(new))
    while start < least and old[start] == new[start]:
        start += 1
    while end < least - start and old[-1 - end] == new[-1 - end]:
        end += 1
    old, new = old[start : len(old) - end], new[start : len(new) - end]
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield _narrowed("".join(old[a:b]), "".join(new[c:d]))


def _narrowed(was: str, now: str) -> Difference:
    """A long piece cut down to where it differs, with a few characters around."""
    if max(len(was), len(now)) <= NARROW:
        return Difference(WORDING, was, now)
    start, least = 0, min(len(was), len(now))
    while start < least and was[start] == now[start]:
        start += 1
    end = 0
    while end < least - start and was[-1 - end] == now[-1 - end]:
        end += 1
    start, end = max(0, start - AROUND), max(0, end - AROUND)
    head, tail = "…" if start else "", "…" if end else ""
    pieces = (text[start : len(text) - end] for text in (was, now))
    return Difference(WORDING, *(f"{head}{piece}{tail}" for piece in pieces))


def same_words(document: Sequence[str], exported: str) -> tuple[Difference, ...]:
    """What a PDF says otherwise than the document it was exported from; () when nothing.

    Exporters write rare characters and wrapped cells in an order of their own: where every
    character and every fact stands as often in both, only the order differs, and it may.
    """
    whole = "".join(plain(line) for line in document)
    if whole == exported:
        return ()
    same = words_only(whole) == words_only(exported)
    if same and fact_counts([whole]) == fact_counts([exported]):
        return ()
    return tuple(differences([whole], [exported]))
