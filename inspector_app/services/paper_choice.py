"""Which paper to make: first what the steps of the case's stage ask for, then phase by phase."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from inspector_app.domain.cases import Stage
from inspector_app.domain.papers import PaperKind
from inspector_app.domain.procedure import EITHER
from inspector_app.ledger.pinyin import variants
from inspector_app.services.desk import Desk
from inspector_app.services.templates import forms_of

OTHER = "其他"  # kinds the bureau has added and not put into a phase


@dataclass(frozen=True, slots=True)
class PaperChoice:
    """A kind with its phase; `usual`: the case's stage leads on with it, or is of that phase."""

    kind: PaperKind
    phase: str
    usual: bool = False


def paper_choices(desk: Desk, stage: Stage | None = None) -> list[PaperChoice]:
    """Every kind once: those the stage leads on with, those of its phase, those its facts ask
    for, then phase by phase.
    """
    kinds = {one.id: one for one in forms_of(desk).kinds()}
    phases = desk.library.paper_phases
    phase_of = {kind: one for one in phases for kind in one.kinds}
    order = [kind for one in phases for kind in one.kinds if kind in kinds]
    for one in kinds.values():
        if one.copy_of in phase_of:  # the bureau has added it: it stands behind its original
            phase_of[one.id] = phase_of[one.copy_of]
            order.insert(order.index(one.copy_of) + 1, one.id)
    order += [kind for kind in kinds if kind not in phase_of]
    here = [kind for kind in order if kind in phase_of and stage in phase_of[kind].stages]
    usual = {*_asked(desk, stage, moves=True), *here}
    wanted = (*_asked(desk, stage, moves=True), *here, *_asked(desk, stage, moves=False), *order)
    return [
        PaperChoice(kinds[kind], phase_of[kind].name if kind in phase_of else OTHER, kind in usual)
        for kind in dict.fromkeys(wanted)
        if kind in kinds
    ]


def _asked(desk: Desk, stage: Stage | None, *, moves: bool) -> Iterator[str]:
    """Papers of the steps that can be done in a stage, the usual step first."""
    if stage is None:
        return
    for step in desk.library.procedure.from_stage(stage):
        if step.moves is moves:
            for group in (*step.served, *step.papers, *step.papers_advised):
                yield from group.split(EITHER)


def search_choices(
    choices: Iterable[PaperChoice],
    text: str,
    initials: Mapping[str, str] = MappingProxyType({}),
) -> list[PaperChoice]:
    """Those whose name holds every word typed, or whose pinyin initials do."""
    words = text.casefold().split()
    return [
        one
        for one in choices
        if all(
            word in one.kind.title.casefold() or word in initials.get(one.kind.id, "")
            for word in words
        )
    ]


def choice_initials(choices: Iterable[PaperChoice]) -> dict[str, str]:
    """The pinyin initials of each name, with every reading: xqgz finds 限期改正指令书."""
    return {
        one.kind.id: "\n".join(variants([char for char in one.kind.title if char.isalnum()]))
        for one in choices
    }
