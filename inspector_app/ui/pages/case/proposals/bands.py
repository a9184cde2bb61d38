"""The steps of the bureau's discretion standard for a violation, one of them chosen."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector_app.domain.bureau_law import DiscretionBand
from inspector_app.domain.money import yuan
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import clear_layout, label
from inspector_app.ui.widgets.buttons import Choices, segments

WHOLE = "法定幅度"


class BandChoice(QWidget):
    """The whole range of the law, or one step of it; hidden where the bureau has none."""

    def __init__(self, changed: Callable[[], object]) -> None:
        super().__init__()
        self._changed = changed
        self._bands: tuple[DiscretionBand, ...] = ()
        column = box(QVBoxLayout(self), spacing=4)
        column.addWidget(label("裁量档次", "fieldLabel"))
        self._row = box(QVBoxLayout())
        column.addLayout(self._row)
        self.words = label("", "caption", wrap=True)
        column.addWidget(self.words)
        self.choices: Choices | None = None
        self.hide()

    def show_bands(self, bands: Sequence[DiscretionBand]) -> None:
        """Offer these; what was chosen stays chosen while it is among them."""
        if tuple(bands) != self._bands:
            chosen = self.chosen()
            self._bands = tuple(bands)
            self._build(chosen)
        self.setVisible(bool(self._bands))

    def _build(self, chosen: str) -> None:
        clear_layout(self._row)
        ids = [one.id for one in self._bands]
        number = ids.index(chosen) + 1 if chosen in ids else 0
        self.choices = segments((WHOLE, *(one.name for one in self._bands)), number)
        self.choices.setAccessibleName("裁量档次")
        self.choices.chosen.connect(lambda _number: self._choose())
        self._row.addWidget(self.choices)
        self._tell()

    def chosen(self) -> str:
        """The id of the step, "" for the whole range."""
        number = self.choices.current() if self.choices else 0
        return self._bands[number - 1].id if number > 0 else ""

    def reset(self) -> None:
        """Back to the whole range, without telling."""
        if self.choices is not None:
            self.choices.set_current(0)
            self._tell()

    def take_focus(self) -> None:
        """Put the keyboard on what is chosen."""
        if self.choices is not None:
            self.choices.at(max(self.choices.current(), 0)).setFocus()

    def _choose(self) -> None:
        self._tell()
        self._changed()

    def _tell(self) -> None:
        chosen = self.chosen()
        band = next((one for one in self._bands if one.id == chosen), None)
        self.words.setText(band_words(band) if band else "选一档，幅度随之缩小")


def band_words(band: DiscretionBand) -> str:
    """涉及一个班组：单位 60,000.00–80,000.00 元（平人社文〔2026〕9号）."""
    spans = [f"单位 {_span(band.low_fen, band.high_fen)}"] if band.high_fen else []
    if band.person_low_fen is not None and band.person_high_fen is not None:
        spans.append(f"个人 {_span(band.person_low_fen, band.person_high_fen)}")
    source = f"（{band.source}）" if band.source else ""
    return f"{band.condition}：{'，'.join(spans)}{source}"


def _span(low_fen: int, high_fen: int) -> str:
    return f"{yuan(low_fen)}–{yuan(high_fen)} 元"
