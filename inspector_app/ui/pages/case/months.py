"""A field for a month."""

from inspector_app.domain.months import read_month
from inspector_app.ui.forms.lines import ParsedField


class MonthField(ParsedField):
    """A month; the value is text YYYY-MM, or None."""

    def _parsed(self) -> object:
        return read_month(self.text())

    def _formatted(self, value: object) -> str:
        return str(value)

    def live_hint(self) -> str:
        value = self.value()
        if not isinstance(value, str):
            return ""
        return f"{value[:4]}年{int(value[5:])}月"
