"""Reads resources/papers/phases.toml: in which phase of a case each kind of paper is made."""

from pathlib import Path

from inspector_app.domain.cases import Stage
from inspector_app.domain.papers import PaperPhase
from inspector_app.library.rows import Row, by_id, read_toml

FILE = "resources/papers/phases.toml"


def load_paper_phases(office: Path) -> tuple[PaperPhase, ...]:
    """The phases in the order of a case; a kind and a stage stand in one of them only."""
    top = read_toml(office, FILE)
    phases = tuple(by_id(top.rows("phase"), _phase).values())
    top.finish()
    for word, listed in (
        ("文种", [kind for one in phases for kind in one.kinds]),
        ("阶段", [str(stage.value) for one in phases for stage in one.stages]),
    ):
        twice = sorted({one for one in listed if listed.count(one) > 1})
        if twice:
            raise top.wrong(f"{word}“{'、'.join(twice)}”重复")
    return phases


def _phase(row: Row) -> PaperPhase:
    known = {stage.value: stage for stage in Stage}
    codes = row.texts("stages", ())
    strange = [code for code in codes if code not in known]
    if strange:
        raise row.wrong(f"没有“{strange[0]}”这个阶段", "stages")
    return PaperPhase(
        row.text("id"), row.text("name"), row.texts("kinds"), tuple(known[code] for code in codes)
    )
