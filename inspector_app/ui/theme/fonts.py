"""Fonts of the window: what the PC has, else the Noto Sans SC that is shipped."""

from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

PREFERRED = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
)
_loaded: dict[Path, tuple[str, ...]] = {}


def load_shipped(fonts_dir: Path) -> tuple[str, ...]:
    """Register the shipped sans fonts once; a clean machine has no Chinese font at all."""
    if fonts_dir not in _loaded:
        found: list[str] = []
        for path in sorted(fonts_dir.glob("*Sans*.[to]tf")):
            number = QFontDatabase.addApplicationFont(str(path))
            found += QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
        _loaded[fonts_dir] = tuple(dict.fromkeys(found))
    return _loaded[fonts_dir]


def ui_families(fonts_dir: Path, *, shipped_only: bool) -> tuple[str, ...]:
    """Families best first; `shipped_only` makes pictures the same on every machine."""
    shipped = load_shipped(fonts_dir)
    if shipped_only and shipped:
        return shipped
    installed = set(QFontDatabase.families())
    return tuple(name for name in PREFERRED if name in installed) + shipped


def ui_font(families: tuple[str, ...], size: int) -> QFont:
    """The font every widget starts from."""
    font = QFont(list(families)) if families else QFont()
    font.setPixelSize(size)
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return font
