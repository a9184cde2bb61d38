"""Every kind of paper stands in one phase of a case; a wrong file is told in words."""

from pathlib import Path

import pytest

from inspector_app.domain.cases import Stage
from inspector_app.errors import UserError
from inspector_app.library.loading import load_library
from inspector_app.library.office import office_dir
from inspector_app.library.paper_phases import FILE, load_paper_phases

PHASES = [
    "受理立案", "调查取证", "行政检查", "责令改正", "告知听证", "决定", "送达", "执行", "移送",
    "名单公布", "结案归档",
]  # fmt: skip
ROW = '[[phase]]\nid = "one"\nname = "一"\nstages = ["Z1"]\nkinds = ["a", "b"]\n'


def test_every_kind_stands_once() -> None:
    library = load_library(office_dir())
    listed = [kind for one in library.paper_phases for kind in one.kinds]
    assert [one.name for one in library.paper_phases] == PHASES
    assert sorted(listed) == sorted(library.kinds)
    assert len(library.kinds) == 58


def test_an_open_case_finds_the_phase_of_its_stage() -> None:
    library = load_library(office_dir())
    staged = {stage for one in library.paper_phases for stage in one.stages}
    assert staged == set(Stage) - {Stage.REJECTED, Stage.DISPUTE, Stage.REFERRED}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ROW + ROW.replace('"one"', '"two"').replace("Z1", "Z2"), "文种“a、b”重复"),
        (ROW.replace('"a", "b"', '"a", "a"'), "文种“a”重复"),
        (ROW + ROW.replace('"one"', '"two"').replace('"a", "b"', '"c"'), "阶段“Z1”重复"),
        (ROW.replace('"Z1"', '"Z99"'), "没有“Z99”这个阶段"),
        (ROW + "colour = 1\n", "colour"),
    ],
)
def test_a_wrong_file_is_told(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / FILE
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=said):
        load_paper_phases(tmp_path)
