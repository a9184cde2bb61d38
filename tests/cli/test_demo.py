"""`demo`: never opens a window unless asked, and goes on where Qt is missing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from inspector_app.app import parts
from inspector_app.cli import demo
from inspector_app.cli.main import run
from inspector_app.cli.parts import Painter
from inspector_app.errors import OutsideError, UserError
from inspector_app.services.desk import Desk
from tests.e2e.days import no_pictures


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The day itself left out: what it was given is noted."""
    seen: list[str] = []

    def run_day(
        desk: Desk, out: Path, source: Path, paint: Callable[[Desk, str, Path], None] | None
    ) -> dict[str, object]:
        seen.append(f"{desk.actor} {desk.demo} {source.name} {paint is not None}")
        if paint is not None:
            paint(desk, "home", out / "home.png")
        figures = {"cases": 1, "workers": 2, "owing_fen": 300}
        return {"papers": [], "workbooks": [], "screenshots": [], "figures": figures}

    monkeypatch.setattr(demo, "run_day", run_day)
    return seen


def painter(drawn: list[str]) -> Callable[[], Painter]:
    """A painter that only notes the page."""

    def paint(
        desk: Desk,
        page: str,
        out: Path,
        *,
        theme: str = "light",
        scale: float = 1.0,
        size: tuple[int, int] = (1440, 900),
    ) -> Path:
        drawn.append(page)
        return out

    return lambda: paint


def test_pages_are_drawn_where_qt_is_there(quick: list[str], tmp_path: Path) -> None:
    drawn: list[str] = []
    borrowed = replace(parts(), painter=painter(drawn))
    assert run(["demo", "--out", str(tmp_path)], borrowed) == 0
    assert quick == ["李明 True demo True"]
    assert drawn == ["home"]


def test_the_day_goes_on_without_pictures_where_qt_is_missing(
    quick: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["demo", "--out", str(tmp_path)], replace(parts(), painter=no_pictures)) == 0
    assert quick == ["李明 True demo False"]
    told = capsys.readouterr()
    assert "不生成截图" in told.err
    assert "尚欠 3.00 元" in told.out


def test_the_window_opens_on_the_demonstration_when_asked(quick: list[str], tmp_path: Path) -> None:
    opened: list[tuple[Path | None, date | None, bool]] = []

    def window(data: Path | None, today: date | None, *, demo: bool = False) -> int:
        opened.append((data, today, demo))
        return 0

    borrowed = replace(parts(), painter=no_pictures, window=window)
    assert run(["--data", str(tmp_path / "d"), "demo", "--show"], borrowed) == 0
    assert opened == [(tmp_path / "d", demo.EVENING, True)]


def test_a_second_day_begins_anew_and_leaves_other_ledgers_alone(tmp_path: Path) -> None:
    folder = tmp_path / "ledger"
    demo.begin_anew(folder)
    (folder / "ledger.db").write_text("演示")
    demo.begin_anew(folder)
    assert not (folder / "ledger.db").exists()
    real = tmp_path / "real"
    real.mkdir()
    (real / "ledger.db").write_text("真实台账")
    with pytest.raises(UserError, match="演示不会动它"):
        demo.begin_anew(real)
    assert (real / "ledger.db").read_text() == "真实台账"


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "wall").touch()
    with pytest.raises(OutsideError, match="不能使用"):
        demo.begin_anew(tmp_path / "wall" / "inner")
