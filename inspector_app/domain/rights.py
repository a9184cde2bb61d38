"""Roles of the people of an office, and the one table of what each may do."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from inspector_app.domain.words import Word


class Role(Word):
    """What somebody is in the office; a person may be several."""

    INSPECTOR = "inspector", "监察员"
    LEADER = "leader", "负责人"
    REVIEWER = "reviewer", "法制审核"
    ADMINISTRATOR = "administrator", "管理员"
    AUDITOR = "auditor", "审计"


class Act(Word):
    """What there is to do, as far as not everybody may."""

    WORK = "work", "登记和办理案件"
    APPROVE = "approve", "批准文书和步骤"
    REVIEW = "review", "作法制审核"
    MANAGE = "manage", "管理人员、设置和模板"
    REVEAL = "reveal", "查看隐去的号码"
    REVEAL_INFORMANT = "reveal_informant", "查看反映人"
    EXPORT_FULL = "export_full", "导出完整的个人信息"
    SEE_ACCESS = "see_access", "查看“谁看过”"
    PURGE = "purge", "清除个人信息"


GRANTED: Mapping[Role, frozenset[Act]] = {
    Role.INSPECTOR: frozenset({Act.WORK, Act.REVEAL, Act.REVEAL_INFORMANT, Act.EXPORT_FULL}),
    Role.LEADER: frozenset({Act.APPROVE, Act.REVEAL, Act.REVEAL_INFORMANT, Act.EXPORT_FULL}),
    Role.REVIEWER: frozenset({Act.REVIEW}),
    Role.ADMINISTRATOR: frozenset({Act.MANAGE, Act.SEE_ACCESS, Act.PURGE}),
    Role.AUDITOR: frozenset({Act.SEE_ACCESS}),
}
"""The whole of it: everybody reads what is masked, nobody does what does not stand here."""

Roles = frozenset[Role]


def may(roles: Roles | None, act: Act) -> bool:
    """Whether these roles allow an act; None: the office has assigned none, all is allowed."""
    return roles is None or any(act in GRANTED[role] for role in roles)


def who_may(act: Act) -> str:
    """监察员、负责人: those who may, in words."""
    return "、".join(role.label for role in Role if act in GRANTED[role])


def refused(act: Act) -> str:
    """Why it was not done, and who does it."""
    return f"你的职责不能{act.label}，请找{who_may(act)}。"


def clash(roles: Roles) -> str:
    """Why these roles cannot be one person's, as a sentence; "" when they can."""
    if not roles:
        return "请至少选一项职责。"
    if Role.AUDITOR in roles and len(roles) > 1:
        return "审计只看不改，不能兼任其他职责。"
    return ""


# ── what the shared database lets an account do ──────────────────────────────────────────────
def writes(roles: Roles) -> bool:
    """Whether an account of these roles delivers changes; nothing said allows it."""
    return roles != {Role.AUDITOR}


def takes_personal_data(roles: Roles) -> bool:
    """Whether it receives personal data; reviewers do, for they read the papers of a case."""
    return not roles or bool(roles & {Role.INSPECTOR, Role.LEADER, Role.REVIEWER})


# ── what a change needs ──────────────────────────────────────────────────────────────────────
APPROVAL, ON_SCREEN = "approve_paper", "screen"  # step and way of an approval given here
REVIEW_STEP, OPINION = "legal_review", "legal_review_opinion"
_OFFICE = frozenset({
    "inspector", "setting", "template", "rule_choice", "discretion_band", "calendar_year",
    "statute_text", "statute_article", "law_pack",
})  # fmt: skip
_FOLLOWS_REVIEW = frozenset({"case", "todo"})  # what the step moves besides its own record


@dataclass(frozen=True, slots=True)
class Touched:
    """A row a step of work changes: its table and the new values of its columns."""

    table: str
    cells: Mapping[str, object] = field(default_factory=dict)


def needed(changes: Sequence[Touched]) -> list[frozenset[Act]]:
    """For each change the acts of which one is enough; nothing for the record of a look."""
    steps = {one.cells.get("step") for one in changes if one.table == "case_event"}
    return [acts for one in changes if (acts := _acts(one, steps))]


def _acts(one: Touched, steps: Collection[object]) -> frozenset[Act]:
    step = one.cells.get("step") if one.table == "case_event" else None
    if one.table == "access_entry":
        return frozenset()
    if one.table in _OFFICE:
        return frozenset({Act.MANAGE})
    if step == APPROVAL and one.cells.get("outcome") == ON_SCREEN:
        return frozenset({Act.APPROVE})
    fixed = APPROVAL in steps and one.table == "paper"  # its days, together with the approval
    moved = REVIEW_STEP in steps and one.table in _FOLLOWS_REVIEW
    opinion = one.table == "paper" and one.cells.get("kind") == OPINION
    found = {Act.WORK}
    if step == APPROVAL or fixed:
        found.add(Act.APPROVE)
    if step == REVIEW_STEP or moved or opinion:
        found.add(Act.REVIEW)
    return frozenset(found)


def against(roles: Roles | None, changes: Sequence[Touched]) -> str:
    """Why these roles may not make these changes, as a sentence; "" when they may."""
    for acts in needed(changes):
        if not any(may(roles, act) for act in acts):
            return refused(next(act for act in Act if act in acts))
    return ""
