"""From answers to findings, and from findings to the words of a rectification order."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from inspector_app.domain.inspections import (
    Answer,
    CheckItem,
    Checklist,
    Finding,
    ItemAnswer,
)

_NUMERALS = "〇一二三四五六七八九"
_OPPOSITE = {Answer.YES: Answer.NO, Answer.NO: Answer.YES}


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """What an inspection still lacks before an order may be drawn from it."""

    item_id: str
    message: str


@dataclass(frozen=True, slots=True)
class OrderText:
    """The text of an order as its findings give it; `violations` are codes of resources/law."""

    facts: str
    articles: str
    demands: str
    violations: tuple[str, ...]


def failed(item: CheckItem, answer: Answer) -> bool:
    """Whether the answer is the bad one: 部分 always is, 不适用 and 未查 never are."""
    return answer is Answer.PARTLY or answer is _OPPOSITE[item.good_answer]


def findings(
    checklist: Checklist, answers: Iterable[ItemAnswer], evidence_item_ids: Collection[str] = ()
) -> tuple[Finding, ...]:
    """The failed items in the order of the checklist; `proven` when evidence is attached."""
    given = {answer.item_id: answer for answer in answers}
    return tuple(
        Finding(
            item_id=item.id,
            answer=given[item.id].answer,
            fact=item.finding or f"“{item.question.rstrip('?？')}”一项不符合要求",
            demand=item.demand,
            articles=item.articles,
            violations=item.violations,
            note=given[item.id].note.strip(),
            proven=item.id in evidence_item_ids,
            liable=item.liable,
        )
        for item in checklist.items
        if item.id in given and failed(item, given[item.id].answer)
    )


def open_points(
    checklist: Checklist, answers: Iterable[ItemAnswer], evidence_item_ids: Collection[str]
) -> tuple[OpenPoint, ...]:
    """Failed items without evidence (documents.md 4) and answers the checklist has no item for."""
    given = list(answers)
    known = {item.id for item in checklist.items}
    bare = [
        OpenPoint(one.item_id, f"{one.item_id} 答“{one.answer.label}”，请附至少一份证据")
        for one in findings(checklist, given, evidence_item_ids)
        if not one.proven
    ]
    strange = [
        OpenPoint(one.item_id, f"{one.item_id} 不在检查表“{checklist.title}”里，请重新作答")
        for one in given
        if one.item_id not in known
    ]
    return (*bare, *strange)


def unseen(checklist: Checklist, answers: Iterable[ItemAnswer]) -> tuple[str, ...]:
    """Items nobody has looked at yet, 未查 ones included; they do not keep a visit open."""
    seen = {one.item_id for one in answers if one.answer is not Answer.UNCHECKED}
    return tuple(item.id for item in checklist.items if item.id not in seen)


def order_text(found: Sequence[Finding]) -> OrderText:
    """Facts and demands as numbered sentences, articles and violations each once."""
    return OrderText(
        facts=_numbered([_fact(one) for one in found]),
        articles="、".join(_each_once(article for one in found for article in one.articles)),
        demands=_numbered(_each_once(_sentence(one.demand) for one in found if one.demand)),
        violations=tuple(_each_once(code for one in found for code in one.violations)),
    )


def _fact(finding: Finding) -> str:
    note = f"：{finding.note}" if finding.note else ""
    partly = "（部分）" if finding.answer is Answer.PARTLY else ""
    return _sentence(finding.fact.rstrip("。；") + partly + note)


def _sentence(text: str) -> str:
    return text.strip().rstrip("。；") + "。"


def _each_once(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))


def _numbered(sentences: Sequence[str]) -> str:
    """One sentence stands alone; more get （一）（二）… and a line each."""
    if len(sentences) < 2:
        return "".join(sentences)
    return "\n".join(
        f"（{_numeral(number)}）{sentence}" for number, sentence in enumerate(sentences, start=1)
    )


def _numeral(number: int) -> str:
    """一 … 九十九: a checklist has fewer items than a hundred."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("" if tens == 1 else _NUMERALS[tens]) + "十"
    return head + (_NUMERALS[ones] if ones else "")
