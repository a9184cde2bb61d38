"""Pictures of the building blocks on invented data: python -m tests.helpers.gallery OUT."""

import sys
import tempfile
from pathlib import Path

from PySide6.QtWidgets import QApplication

from inspector_app.ui.page import PAGES
from inspector_app.ui.screenshot import grab, png, settle
from inspector_app.ui.shell import MainWindow
from inspector_app.ui.theme import style
from tests.helpers.gallery_pages import FormSample, HomeSample, LedgerSample
from tests.ui.fakes import RESOURCES, FakeLedger, fake_desk

SAMPLES = {"home": HomeSample, "cases": LedgerSample, "papers": FormSample}


def make_window(folder: Path, name: str = "light", scale: float = 1.0) -> MainWindow:
    """A window with the sample pages."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    style.apply(app, RESOURCES, name, scale, shipped_fonts_only=True)
    specs = {spec.name: spec for spec in PAGES}
    window = MainWindow(
        fake_desk(), FakeLedger().backend(), RESOURCES, folder, pages=specs, shipped_fonts_only=True
    )
    window.stack._make = lambda spec, context: SAMPLES.get(spec.name, HomeSample)(context)
    window.start()
    return window


def main(out: Path) -> None:
    """Write every picture."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for look, scale, size, tag in (
            ("light", 1.0, (1440, 900), "light"),
            ("dark", 1.0, (1440, 900), "dark"),
            ("light", 1.25, (1680, 1050), "large"),
            ("light", 1.0, (1366, 768), "1366"),
        ):
            window = make_window(Path(folder), look, scale)
            for page in SAMPLES:
                window.open_page(page)
                (out / f"{page}_{tag}.png").write_bytes(grab(window, size, 120))
            if tag in ("light", "dark"):
                window.open_page("home")
                window.palette_.open()
                window.palette_.edit.setText("qh")
                settle(300)
                (out / f"palette_{tag}.png").write_bytes(png(window.grab()))
                window.palette_.close_palette()
                window.toast_.say("已登记", lambda: None)
                settle()
                (out / f"toast_{tag}.png").write_bytes(png(window.grab()))
            window.close()
            window.deleteLater()


if __name__ == "__main__":
    application = QApplication(sys.argv[:1])
    main(Path(sys.argv[1]))
