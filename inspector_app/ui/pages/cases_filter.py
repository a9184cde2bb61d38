"""The line of filters above the ledger: text, stage, source, county, cause, people, year."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from inspector_app.domain.cases import Source, Stage
from inspector_app.ledger.views import CaseQuery
from inspector_app.ui.context import UiContext
from inspector_app.ui.pages.cases_rows import LedgerChoices, counties, years
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.chips import Chip, ChipRow
from inspector_app.ui.widgets.search import SearchBox


class CaseFilter(QWidget):
    """`changed` whenever the question is another."""

    changed = Signal()

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        row = box(QHBoxLayout(self), spacing=8)
        self.search = SearchBox("筛选单位、项目、案号、劳动者", width=250)
        self.search.edit.setToolTip("筛选（Ctrl+F），支持拼音首字母")
        self.stage, self.source, self.county = Chip("状态"), Chip("来源"), Chip("属地")
        self.cause, self.lead = Chip("案由"), Chip("承办人", single=True)
        self.year = Chip("立案", single=True)
        self.chips = ChipRow(
            (self.stage, self.year, self.county, self.cause, self.source, self.lead)
        )
        row.addWidget(self.search)
        row.addWidget(self.chips, 1)
        self.stage.set_options([(one.value, one.label) for one in Stage])
        self.source.set_options([(one.value, one.label) for one in Source])
        self.county.set_options(counties(context.desk))
        self.year.set_options(years(context.today().year))
        self.search.searched.connect(lambda _text: self.changed.emit())
        self.chips.changed.connect(self.changed)

    def offer(self, choices: LedgerChoices) -> None:
        """Causes and people of this ledger."""
        self.cause.set_options([(one, one) for one in choices.causes])
        self.lead.set_options([(one.id, one.name) for one in choices.people])
        self.chips.sync()

    def is_on(self) -> bool:
        """Whether anything is filtered by."""
        return bool(self.search.text()) or any(one.chosen() for one in self._all())

    def clear(self) -> None:
        """Filter by nothing."""
        self.search.set_text("")
        self.chips.clear()

    def _all(self) -> Sequence[Chip]:
        return (self.stage, self.source, self.county, self.cause, self.lead, self.year)

    def query(self, order: str, limit: int) -> CaseQuery:
        """The question as it stands."""
        lead, year = self.lead.chosen(), self.year.chosen()
        return CaseQuery(
            text=self.search.text(),
            stages=tuple(Stage(one) for one in self.stage.chosen()),
            scopes=self.county.chosen(),
            sources=tuple(Source(one) for one in self.source.chosen()),
            causes=self.cause.chosen(),
            lead_id=lead[0] if lead else "",
            filed_year=int(year[0]) if year else None,
            order=order,
            limit=limit,
        )
