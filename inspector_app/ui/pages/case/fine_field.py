"""The field of a fine: what the acts allow and whether a hearing must be told stand below it."""

from collections.abc import Callable, Iterable

from inspector_app.domain.deciders.fine_ranges import Act, FineRange, person_range, unit_range
from inspector_app.domain.law import Violation
from inspector_app.domain.money import yuan
from inspector_app.ui.forms.lines import MoneyField

ADMONITION = "只给警告"


class FineField(MoneyField):
    """An amount whose foot says the range of the chosen acts; `told` judges what is typed."""

    def __init__(self, key: str, name: str, told: Callable[[int], str]) -> None:
        self._judge = told
        super().__init__(key, name, hint="只给警告的填 0")

    def live_hint(self) -> str:
        value = self.value()
        if not isinstance(value, int):
            return ""
        words = super().live_hint() if value else ADMONITION
        return "\n".join(part for part in (words, self._judge(value), self._hint) if part)


def unit_words(acts: Iterable[Violation], people: int | None) -> str:
    """GZ-31 法定幅度 5万元至10万元；….; "" where no act bears a fine of the unit."""
    spans = [(one, unit_range(Act(one, people=people), None)) for one in acts]
    return _joined(spans)


def person_words(acts: Iterable[Violation]) -> str:
    """The same for the person who answers for it."""
    spans = [(one, person_range(one, None)) for one in acts]
    return _joined(spans)


def _joined(spans: Iterable[tuple[Violation, FineRange | None]]) -> str:
    parts = [
        span.how if span.how.startswith(one.code) else f"{one.code} {span.how}"
        for one, span in spans
        if span
    ]
    return f"法定幅度：{'；'.join(parts)}" if parts else ""


def hearing_words(limit: int | None, fen: int) -> str:
    """Whether an amount is one a hearing must be told of."""
    if limit is None or fen < limit:
        return ""
    return f"达到听证标准（{yuan(limit)} 元），要告知听证权利。"
