"""Design tokens: every colour and length the window may use, for the light and the dark look."""

import tomllib
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

TEXT_SIZES: dict[str, float] = {"标准": 1.0, "大": 1.125, "特大": 1.25}
THEME_NAMES = ("light", "dark")


@dataclass(frozen=True, slots=True)
class Tone:
    """One meaning (overdue, due soon …) as text, tint and solid fill."""

    fg: str
    tint: str
    solid: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one look and the text size the user chose."""

    name: str
    canvas: str
    surface: str
    raised: str
    nav: str
    hover: str
    border: str
    border_strong: str
    border_input: str
    text: str
    text_2: str
    text_3: str
    brand: str
    brand_hover: str
    brand_pressed: str
    on_brand: str
    on_solid: str
    brand_tint: str
    brand_tint_2: str
    selection: str
    danger: Tone
    warning: Tone
    success: Tone
    info: Tone
    neutral: Tone
    violet: Tone
    scale: float = 1.0

    def px(self, value: float) -> int:
        """A length or font size at the chosen text size."""
        return round(value * self.scale)

    def scaled(self, scale: float) -> "Tokens":
        """The same look at another text size."""
        return replace(self, scale=scale)

    def tone(self, name: str) -> Tone:
        """The tone of that name; an unknown one is a bug."""
        found = getattr(self, name)
        if not isinstance(found, Tone):
            raise KeyError(name)
        return found

    def flat(self) -> dict[str, str]:
        """Every colour by one name: `text_2`, `danger_solid` …"""
        out: dict[str, str] = {}
        for one in fields(self):
            value = getattr(self, one.name)
            if isinstance(value, Tone):
                out |= {
                    f"{one.name}_fg": value.fg,
                    f"{one.name}_tint": value.tint,
                    f"{one.name}_solid": value.solid,
                }
            elif isinstance(value, str):
                out[one.name] = value
        return out

    def colour(self, name: str) -> str:
        """The colour of that flat name; an unknown one is a bug."""
        found = getattr(self, name, None)
        if isinstance(found, str):
            return found
        tone, _, part = name.rpartition("_")
        if part not in ("fg", "tint", "solid"):
            raise KeyError(name)
        return str(getattr(self.tone(tone), part))


def read_tokens(theme_dir: Path) -> dict[str, Tokens]:
    """The looks of resources/theme/tokens.toml by name."""
    data = tomllib.loads((theme_dir / "tokens.toml").read_text(encoding="utf-8"))
    looks: dict[str, Tokens] = {}
    for name in THEME_NAMES:
        # The dataclass refuses a missing or unknown key; the test of the file checks the rest.
        values: dict[str, Any] = {
            key: Tone(**value) if isinstance(value, dict) else value
            for key, value in data[name].items()
        }
        looks[name] = Tokens(name=name, **values)
    return looks
