"""What a fine of that size asks for: hearing, legal review, collective discussion, or neither."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from inspector_app.domain.deciders import Met, Reason, articles_of, not_filled
from inspector_app.domain.deciders.fine_ranges import Act, FineRange
from inspector_app.domain.deciders.fines import (
    ActRules,
    FineLine,
    OnFile,
    fine_lines,
    person_counting,
    unit_counting,
)
from inspector_app.domain.law import Basis
from inspector_app.domain.money import yuan
from inspector_app.domain.rules import Figure
from inspector_app.domain.words import Word


class Hearing(Word):
    """Whether the party must be told that it may ask for a hearing (处罚法 63)."""

    MUST = "must", "应当告知听证权利"
    DEPENDS = "depends", "拟罚数额达到标准时告知"
    NO = "no", "不符合听证条件"


class Follow(Word):
    """Whether a step before the decision is due."""

    MUST = "must", "必须"
    IF_HEARD = "if_heard", "举行听证的必须"
    JUDGE = "judge", "由负责人判断"


class Heavy(Word):
    """Sanctions beside the fine, ticked by hand, that open a hearing whatever the fine (63)."""

    LICENCE = "licence", "降低资质等级、吊销许可证件"
    CLOSURE = "closure", "责令停产停业、责令关闭"
    TRADE_BAN = "trade_ban", "限制从业"


@dataclass(frozen=True, slots=True)
class FineRules:
    """Figures and articles the proposal stands on."""

    hearing_unit: Figure
    hearing_person: Figure
    seizure: Figure  # 没收 from a unit
    summary_unit: Figure
    summary_person: Figure
    hearing: Basis
    stop_work: Basis  # 责令项目停工 as 停产停业: concluded, not written
    legal_review: Basis
    discussion: Basis
    mitigation: Basis
    acts: ActRules


@dataclass(frozen=True, slots=True)
class FineQuestion:
    """The violations of a case and what is proposed so far; fen."""

    acts: Sequence[Act]
    file: OnFile
    heavy: frozenset[Heavy] = frozenset()
    confiscate_fen: int | None = None
    unit_fen: int | None = None
    person_fen: int | None = None
    heard: bool = False
    grave: bool = False  # 情节复杂或者重大违法行为, judged by hand


@dataclass(frozen=True, slots=True)
class Total:
    """Fines that add up; `high_fen` is None while one of them cannot be counted yet.

    `most_fen` is the largest low end of one of them alone.
    """

    low_fen: int
    high_fen: int | None
    most_fen: int
    parts: int

    @property
    def words(self) -> str:
        """20,000.00–50,000.00 元; 没有罚款 where nothing is provided."""
        if not self.parts:
            return "没有罚款"
        if self.high_fen is None:
            return f"{yuan(self.low_fen)} 元以上，上限待补数据"
        if self.low_fen == self.high_fen:
            return f"{yuan(self.low_fen)} 元"
        return f"{yuan(self.low_fen)}–{yuan(self.high_fen)} 元"


@dataclass(frozen=True, slots=True)
class FineProposal:
    """What the violations of a case lead to; proposed for a person to decide on."""

    lines: tuple[FineLine, ...]
    unit: Total
    person: Total  # for each responsible person
    hearing_unit: Hearing
    hearing_person: Hearing
    hearing: Hearing
    legal_review: Follow
    discussion: Follow
    summary: Met
    not_in_force: tuple[str, ...]
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...]

    @property
    def articles(self) -> tuple[str, ...]:
        """Every article the proposal cites."""
        own = [text for one in self.lines for text in (*one.breaches, *one.penalties)]
        return tuple(dict.fromkeys((*own, *articles_of(self.reasons))))


def propose_fines(asked: FineQuestion, rules: FineRules, today: date) -> FineProposal:
    """The range of the fine and the procedure it asks for; `today` is the day of the proposal."""
    lines = fine_lines(asked.acts, asked.file, rules.acts, today)
    unit = _total(map(unit_counting, lines))
    person = _total(map(person_counting, lines))
    of_unit, why_unit = _hearing("单位", unit, asked.unit_fen, rules.hearing_unit, rules)
    of_person, why_person = _hearing(
        "每名责任人员", person, asked.person_fen, rules.hearing_person, rules
    )
    heavier = _heavier(lines, asked, rules)
    whole = Hearing.MUST if heavier else _stronger(of_unit, of_person)
    review, discussion = _review(asked, whole)
    summary, why_summary = _summary(unit, person, asked, rules, heavier=bool(heavier))
    return FineProposal(
        lines=lines,
        unit=unit,
        person=person,
        hearing_unit=of_unit,
        hearing_person=of_person,
        hearing=whole,
        legal_review=review,
        discussion=discussion,
        summary=summary,
        not_in_force=tuple(one.code for one in lines if not one.in_force),
        reasons=(
            *why_unit,
            *why_person,
            *heavier,
            *_proposed(unit, asked.unit_fen, "单位", rules),
            *_proposed(person, asked.person_fen, "责任人员", rules),
            Reason(f"法制审核：{review.label}", rules.legal_review),
            Reason(f"集体讨论（情节复杂或者重大违法行为）：{discussion.label}", rules.discussion),
            why_summary,
        ),
        missing=(
            *(text for one in lines for text in one.missing),
            *not_filled((rules.hearing_unit, rules.hearing_person)),
        ),
    )


def _total(ranges: Iterable[FineRange | None]) -> Total:
    """Different acts add up; what cannot be counted yet leaves the top open."""
    found = [one for one in ranges if one is not None]
    highs = [one.high_fen for one in found if one.high_fen is not None]
    return Total(
        low_fen=sum(one.low_fen or 0 for one in found),
        high_fen=sum(highs) if len(highs) == len(found) else None,
        most_fen=max((one.low_fen or 0 for one in found), default=0),
        parts=len(found),
    )


def _hearing(
    who: str, total: Total, proposed: int | None, figure: Figure, rules: FineRules
) -> tuple[Hearing, tuple[Reason, ...]]:
    """By the low end of the range, then by what is proposed, then by the high end."""
    if not total.parts:
        return Hearing.NO, ()
    limit = figure.said
    if figure.low is None:
        return Hearing.DEPENDS, ()
    if figure.meets(total.low_fen):
        text = f"对{who}的罚款最低 {yuan(total.low_fen)} 元，达到听证标准（{limit}）"
        told = (Reason(text, figure.basis), Reason("较大数额罚款应当告知听证", rules.hearing))
        if figure.meets(total.most_fen):
            return Hearing.MUST, told
        more = Reason("多个行为合计达到标准的，按合计告知", figure.basis, inferred=True)
        return Hearing.MUST, (*told, more)
    if proposed is not None:
        verdict = Hearing.MUST if figure.meets(proposed) else Hearing.NO
        side = "达到" if verdict is Hearing.MUST else "未达到"
        text = f"对{who}拟罚 {yuan(proposed)} 元，{side}听证标准（{limit}）"
        return verdict, (Reason(text, figure.basis),)
    if total.high_fen is None or figure.meets(total.high_fen):
        text = f"对{who}的罚款可能达到听证标准（{limit}），按拟罚数额确定"
        return Hearing.DEPENDS, (Reason(text, figure.basis),)
    text = f"对{who}的罚款最高 {yuan(total.high_fen)} 元，未达到听证标准（{limit}）"
    return Hearing.NO, (Reason(text, figure.basis),)


def _stronger(*verdicts: Hearing) -> Hearing:
    return min(verdicts, key=list(Hearing).index)


def _heavier(
    lines: Iterable[FineLine], asked: FineQuestion, rules: FineRules
) -> tuple[Reason, ...]:
    """What opens a hearing beside the fine."""
    found = [
        Reason(f"拟{one.label}，应当告知听证", rules.hearing) for one in Heavy if one in asked.heavy
    ]
    stopped = "、".join(one.code for one in lines if one.stop_work and one.in_force)
    if stopped:
        text = f"{stopped} 责令项目停工，按责令停产停业告知听证"
        found.append(Reason(text, rules.stop_work, inferred=True))
    if asked.confiscate_fen is not None and rules.seizure.meets(asked.confiscate_fen):
        text = f"拟没收 {yuan(asked.confiscate_fen)} 元，达到听证标准（{rules.seizure.said}）"
        found.append(Reason(text, rules.seizure.basis))
    return tuple(found)


def _review(asked: FineQuestion, hearing: Hearing) -> tuple[Follow, Follow]:
    """Whether legal review (58) and collective discussion (57(2)) follow."""
    if asked.heard:
        review = Follow.MUST
    else:
        review = Follow.JUDGE if hearing is Hearing.NO else Follow.IF_HEARD
    return review, Follow.MUST if asked.grave else Follow.JUDGE


def _summary(
    unit: Total, person: Total, asked: FineQuestion, rules: FineRules, *, heavier: bool
) -> tuple[Met, Reason]:
    """Whether the fine is small enough to be imposed on the spot (处罚法 51)."""
    if not (unit.parts or person.parts):
        return Met.NOT, Reason("没有罚款；只给予警告的可以当场处罚", rules.summary_unit.basis)
    sides = (
        _within(unit, asked.unit_fen, rules.summary_unit),
        _within(person, asked.person_fen, rules.summary_person),
    )
    ladder = (Met.NOT, Met.POSSIBLE, Met.MET)
    met = Met.NOT if heavier else min(sides, key=ladder.index)
    words = {
        Met.NOT: "不能当场处罚",
        Met.POSSIBLE: "拟罚不超过时可以当场处罚",
        Met.MET: "可以当场处罚",
    }
    limits = f"单位 {rules.summary_unit.said}，个人 {rules.summary_person.said}"
    return met, Reason(f"{words[met]}（{limits}）", rules.summary_unit.basis)


def _within(total: Total, proposed: int | None, figure: Figure) -> Met:
    if not figure.meets(total.low_fen):
        return Met.NOT
    high = total.high_fen if proposed is None else proposed
    if high is not None and figure.meets(high):
        return Met.MET
    return Met.POSSIBLE if proposed is None else Met.NOT


def _proposed(total: Total, proposed: int | None, who: str, rules: FineRules) -> tuple[Reason, ...]:
    """A proposed amount outside the range: below it needs a ground, above it none helps."""
    if proposed is None:
        return ()
    if proposed < total.low_fen:
        text = f"对{who}拟罚低于幅度下限，属于减轻处罚，须有法定情形"
        return (Reason(text, rules.mitigation),)
    if total.high_fen is not None and proposed > total.high_fen:
        return (Reason(f"对{who}拟罚 {yuan(proposed)} 元，高于幅度上限 {yuan(total.high_fen)} 元"),)
    return ()
