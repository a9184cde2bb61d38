"""What every test stands on: offscreen Qt, pictures that must be looked at, no real user data."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from PySide6.QtCore import QCoreApplication, QEvent

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
PICTURES = Path(__file__).parent / "pictures"


def pytest_configure() -> None:
    """Say in one line what the machine lacks, instead of failing test by test."""
    wanted = {"pdftotext": "poppler-utils", "pdftoppm": "poppler-utils"}
    missing = {package for tool, package in wanted.items() if shutil.which(tool) is None}
    if missing:
        line = "sudo apt-get install -y --no-install-recommends " + " ".join(sorted(missing))
        raise pytest.UsageError(f"the tests look at papers with system tools; first run: {line}")


def pytest_addoption(parser: pytest.Parser) -> None:
    """A stored picture changes only when a person asks for it, never in CI."""
    parser.addoption("--update-pictures", action="store_true", help="store pictures anew")


class Garbage:
    """Looks for garbage on the main thread alone wherever there are windows.

    By itself Python looks on whatever thread makes the next object: a window of an earlier test,
    found on a worker, ends there, and Qt crashes. The program never looks on workers (`ui.rest`),
    so tests of the window do not either: what they leave is taken away between tests.
    """

    EVERY = 20  # tests from one full look to the next: each takes a good tenth of a second

    def __init__(self) -> None:
        self._usual, self._left = gc.get_threshold(), 0

    def before(self, *, window: bool) -> None:
        """No look while a test of the window runs; nothing of windows is left to any other."""
        if window:
            gc.disable()
        elif self._left:
            self._all()

    def after(self, *, window: bool) -> None:
        """Whatever the test did with the collector, the next one finds it as usual."""
        gc.unfreeze()
        gc.set_threshold(*self._usual)
        if window:
            self._left += 1
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            gc.collect(1)
        if self._left >= self.EVERY:
            self._all()
        gc.enable()

    def _all(self) -> None:
        gc.collect()
        self._left = 0


GARBAGE = Garbage()


@pytest.fixture(autouse=True)
def collector(request: pytest.FixtureRequest) -> Iterator[None]:
    """Python's collector on as usual, and off in tests of the window."""
    window = "qapp" in request.fixturenames
    GARBAGE.before(window=window)
    yield
    GARBAGE.after(window=window)


PictureCheck = Callable[..., None]


@pytest.fixture
def picture_check(request: pytest.FixtureRequest, tmp_path: Path) -> PictureCheck:
    """Compare a PNG with the stored one of that name: `picture_check("papers/order_1", png)`.

    `tolerance` is the share of pixels (0..1) that may differ by more than 40 of 255 levels.
    """

    def check(name: str, png: bytes, tolerance: float = 0.004) -> None:
        stored = PICTURES / f"{name}.png"
        fresh = tmp_path / "fresh.png"
        fresh.write_bytes(png)
        if request.config.getoption("--update-pictures"):
            stored.parent.mkdir(parents=True, exist_ok=True)
            stored.write_bytes(png)
            return
        assert stored.exists(), f"no stored picture {name}: look at it, then --update-pictures"
        with Image.open(stored) as old, Image.open(fresh) as new:
            assert old.size == new.size, f"{name}: {new.size}, stored {old.size}"
            grey = ImageChops.difference(old.convert("RGB"), new.convert("RGB")).convert("L")
        changed = sum(grey.histogram()[41:]) / (grey.width * grey.height)
        assert changed <= tolerance, f"{name}: {changed:.2%} of the picture changed: {fresh}"

    return check
