"""How this user likes the window: look, text size, place of the window, open columns."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from inspector_app.ui.theme.tokens import TEXT_SIZES, THEME_NAMES


class Preferences:
    """A small ini file beside the ledger; losing it loses nothing of the work."""

    def __init__(self, folder: Path) -> None:
        self._ini = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)

    def text(self, key: str, default: str = "") -> str:
        """A remembered word."""
        return str(self._ini.value(key, default))

    def set_text(self, key: str, value: str) -> None:
        """Remember a word."""
        self._ini.setValue(key, value)

    def flag(self, key: str, *, default: bool = False) -> bool:
        """A remembered yes or no."""
        return self.text(key, "yes" if default else "no") == "yes"

    def set_flag(self, key: str, *, on: bool) -> None:
        """Remember yes or no."""
        self.set_text(key, "yes" if on else "no")

    def blob(self, key: str) -> QByteArray:
        """Remembered window geometry."""
        value = self._ini.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_blob(self, key: str, value: QByteArray) -> None:
        """Remember window geometry."""
        self._ini.setValue(key, value)

    def theme(self) -> str:
        """light or dark."""
        name = self.text("theme", "light")
        return name if name in THEME_NAMES else "light"

    def scale(self) -> float:
        """The text size as a factor."""
        return TEXT_SIZES.get(self.text("text_size", "标准"), 1.0)

    def save(self) -> None:
        """Write now."""
        self._ini.sync()
