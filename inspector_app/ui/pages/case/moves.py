"""The steps of a case as the window offers them: grouped, with what is against each in words."""

from collections.abc import Iterable

from inspector_app.domain.guards.ending import missing, ways
from inspector_app.domain.guards.situation import Refusal
from inspector_app.domain.procedure import ClosingRow, StepRow
from inspector_app.domain.words import Word
from inspector_app.services.case_sheet import CaseSheet
from inspector_app.services.steps import Option

CLOSE, CLOSING = "close", "closing"  # the step, and the guard of its papers
_MOVING_AWAY = ("transfer", "crime_", "police_filed", "police_declined", "list_", "delist")
_PUBLISHING = ("publish_", "unpublish_", "deposit_")
_CONTESTING = ("review_", "suit_", "reopen")


class Group(Word):
    """Where a step stands in the list of all steps."""

    ON = "on", "推进"
    FACT = "fact", "登记事实"
    AWAY = "away", "移送和名单"
    CONTEST = "contest", "复议诉讼"


def group_of(step: StepRow) -> Group:
    """What a step is about; the ids of a family begin alike."""
    if step.id.startswith(_CONTESTING):
        return Group.CONTEST
    if step.id.startswith((*_MOVING_AWAY, *_PUBLISHING)):
        return Group.AWAY
    return Group.ON if step.moves else Group.FACT


def option_of(sheet: CaseSheet, step: str) -> Option | None:
    """The step of that id where it can be taken from the stage the case is in."""
    return next((one for one in sheet.options if one.step.id == step), None)


def against(sheet: CaseSheet, option: Option) -> tuple[Refusal, ...]:
    """What keeps a step from being taken now; closing also says what each way still lacks."""
    if option.step.id != CLOSE:
        return option.against
    others = [one for one in option.against if one.guard != CLOSING]
    known = sorted(closings(sheet), key=lambda pair: len(pair[1]))
    if any(not lacks for _, lacks in known):
        return tuple(others)
    return (*others, *(_unready(sheet, row, lacks) for row, lacks in known))


def is_open(sheet: CaseSheet, step: str) -> bool:
    """Whether nothing stands against a step now."""
    option = option_of(sheet, step)
    return option is not None and not against(sheet, option)


def may_pass(refusals: Iterable[Refusal]) -> bool:
    """Whether a leader could let it pass with a reason."""
    return not any(one.hard for one in refusals)


def closings(sheet: CaseSheet) -> list[tuple[ClosingRow, list[str]]]:
    """Ways to close from this stage with what each still lacks."""
    situation = sheet.situation
    return [(row, missing(situation, row)) for row in ways(situation)]


def _unready(sheet: CaseSheet, row: ClosingRow, lacks: list[str]) -> Refusal:
    guard = sheet.situation.procedure.guards[CLOSING]
    message = f"按“{row.name}”结案还缺：{'、'.join(lacks)}"
    return Refusal(guard.id, message, guard.rule, "", guard.hard)
