"""The field of a fine: what the acts allow and whether a hearing must be told stand below it."""

from collections.abc import Callable, Sequence

from inspector_app.domain.deciders.fine_ranges import Act, FineRange, person_range, unit_range
from inspector_app.domain.law import Violation
from inspector_app.domain.money import yuan
from inspector_app.ui.forms.lines import MoneyField

ADMONITION, ZERO = "只给警告", "只给警告的填 0"


class FineField(MoneyField):
    """An amount whose foot says the range of the chosen acts; `judge` speaks of what is typed."""

    def __init__(self, key: str, name: str, judge: Callable[[int], str]) -> None:
        self._judge, self._range = judge, ""
        super().__init__(key, name)

    def set_range(self, words: str) -> None:
        """What the chosen acts allow."""
        self._range = words
        self.set_hint("\n".join(part for part in (words, ZERO) if part))

    def live_hint(self) -> str:
        value = self.value()
        if not isinstance(value, int):
            return ""
        words = super().live_hint() if value else ADMONITION
        return "\n".join(part for part in (words, self._judge(value), self._range) if part)


def unit_words(acts: Sequence[Violation], people: int | None) -> str:
    """法定幅度：GZ-31 5万元至10万元；…, or that the acts bear no fine of the unit."""
    return _joined([(one, unit_range(Act(one, people=people), None)) for one in acts], "单位")


def person_words(acts: Sequence[Violation]) -> str:
    """The same for the person who answers for it."""
    return _joined([(one, person_range(one, None)) for one in acts], "个人")


def _joined(spans: Sequence[tuple[Violation, FineRange | None]], who: str) -> str:
    parts = [
        span.how if span.how.startswith(one.code) else f"{one.code} {span.how}"
        for one, span in spans
        if span
    ]
    if parts:
        return f"法定幅度：{'；'.join(parts)}"
    return f"所选违法行为没有对{who}的罚款" if spans else ""


def hearing_words(limit: int | None, fen: int) -> str:
    """Whether an amount is one a hearing must be told of."""
    if limit is None or fen < limit:
        return ""
    return f"达到听证标准（{yuan(limit)} 元），要告知听证权利。"
