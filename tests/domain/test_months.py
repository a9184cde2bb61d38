"""Months as people type them."""

import pytest

from inspector_app.domain.months import read_month
from inspector_app.errors import UserError


@pytest.mark.parametrize(
    "text", ["2026-06", "2026-6", "202606", "2026年6月", " 2026.6 ", "２０２６/06"]
)
def test_a_month_is_read_however_it_is_typed(text: str) -> None:
    assert read_month(text) == "2026-06"


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "2026-00", "2026-03-01", "六月"])
def test_what_is_no_month_is_refused_where_it_stands(text: str) -> None:
    with pytest.raises(UserError, match="2026-06") as refused:
        read_month(text, "period_from")
    assert refused.value.field == "period_from"
