"""The measures of an official A4 page after GB/T 9704, in points."""

from dataclasses import dataclass

MM = 72 / 25.4
PAGE_WIDTH, PAGE_HEIGHT = 210 * MM, 297 * MM
LEFT, TOP = 28 * MM, 37 * MM
WIDTH, HEIGHT = 156 * MM, 225 * MM
BOTTOM = PAGE_HEIGHT - TOP - HEIGHT  # y of the lower edge of the type area, from the page's foot
CHAR_PITCH = WIDTH / 28  # 15.79 pt: 28 characters of 16 pt would not fit
LINE_PITCH = HEIGHT / 22  # 28.99 pt
SEAL = 42 * MM
TITLE_SIZE, TITLE_PITCH = 22.0, 35.0
ASCENT = 0.88  # top of the em box above the baseline, in em


@dataclass(frozen=True, slots=True)
class Measure:
    """Size, character pitch and line pitch of running text."""

    size: float = 16.0
    char_pitch: float = CHAR_PITCH
    line_pitch: float = LINE_PITCH

    @property
    def tracking(self) -> float:
        """Space added after each character so that the line holds whole characters."""
        return self.char_pitch - self.size


STANDARD = Measure()
# Tried in turn until the letter stands on one page: first the line pitch shrinks, then the size.
TIGHTER = (
    *(Measure(line_pitch=pitch) for pitch in (27.75, 26.5, 25.25, 24.0)),
    *(Measure(14.0, WIDTH / 32, pitch) for pitch in (24.0, 22.5, 21.0, 20.0)),
)


def baseline(top: float, pitch: float, size: float) -> float:
    """Baseline of a line whose row begins at `top`; characters stand in the middle of the row."""
    return top - (pitch - size) / 2 - ASCENT * size
