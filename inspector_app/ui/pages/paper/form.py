"""The form of a paper beside its preview: narrow, so the sums of a table stand below it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QSizePolicy, QVBoxLayout

from inspector_app.domain.office import Inspector
from inspector_app.domain.paper_joint import JOINT
from inspector_app.domain.papers import Field, FieldType, PaperKind
from inspector_app.ui.forms.build import Today, field_for, in_rows, owing
from inspector_app.ui.forms.field import FormField
from inspector_app.ui.forms.form import Form
from inspector_app.ui.forms.table_field import PX_PER_MM, TableField
from inspector_app.ui.theme.current import tokens
from inspector_app.ui.theme.scaling import box

PARTY_WIDTH = 220  # px at 100 %: the name of a company


class PaperTable(TableField):
    """A table field that may be narrower than its rows: it scrolls, its sums stand below."""

    def _make_foot(self) -> QHBoxLayout:
        foot = super()._make_foot()
        last = foot.takeAt(foot.count() - 1)
        column = box(QVBoxLayout(), spacing=2)
        made = box(QHBoxLayout(), (0, 0, 0, 0), 0)
        column.addLayout(foot)
        if last is not None and (sums := last.widget()) is not None:
            sums.setContentsMargins(10, 0, 0, 6)
            sums.setVisible(any(one.kind == "money" for one in self.model.columns))
            column.addWidget(sums)
        made.addLayout(column, 1)
        self.editor.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        return made

    def rescale(self) -> None:
        super().rescale()
        head, t = self.view.horizontalHeader(), tokens()
        for number, column in enumerate(self.model.columns):
            words = head.fontMetrics().horizontalAdvance(column.title) + t.px(22)
            self.view.setColumnWidth(number, max(self.view.columnWidth(number), words))
        head.setMinimumSectionSize(t.px(44))
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)


class PartyTable(PaperTable):
    """Further parties: each column as wide as its words where there is room for all of them.

    In a narrow form the words give way, the amounts do not: no column hides behind a scroll bar.
    """

    def rescale(self) -> None:
        super().rescale()
        head = self.view.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setStretchLastSection(True)
        head.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.view.setColumnWidth(0, tokens().px(PARTY_WIDTH))
        self._fit()

    def _fit(self) -> None:
        columns, bar = self.model.columns, self.view.verticalScrollBar()
        wanted = [self.view.columnWidth(number) for number in range(len(columns))]
        wanted[-1] = round(tokens().px(columns[-1].width * PX_PER_MM))
        # The view knows its new width before it has laid its viewport out.
        room = self.view.width() - (bar.width() if bar.isVisible() else 0)
        fixed = sum(w for w, one in zip(wanted, columns, strict=True) if one.kind != "text")
        if sum(wanted) <= room or room <= fixed:
            return
        share = (room - fixed) / (sum(wanted) - fixed)
        for number, (width, column) in enumerate(zip(wanted, columns, strict=True)):
            fitting = int(width * share) if column.kind == "text" else width
            self.view.setColumnWidth(number, fitting)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.view and event.type() == QEvent.Type.Resize:
            self.rescale()
        return super().eventFilter(watched, event)


def by_group(kind: PaperKind) -> dict[str, list[Field]]:
    """Fields by group, each group once, in the order in which they first appear."""
    groups: dict[str, list[Field]] = {}
    for field in kind.fields:
        groups.setdefault(field.group, []).append(field)
    return groups


def make_form(kind: PaperKind, today: Today, people: Sequence[Inspector]) -> Form:
    """Every field of a kind, a heading for each group, short fields side by side."""
    form = Form()
    for group, fields in by_group(kind).items():
        if group:
            form.section(group)
        for row in in_rows(fields):
            form.add(*(_field(field, today, people) for field in row))
    form.column.addStretch()
    return form


def _field(field: Field, today: Today, people: Sequence[Inspector]) -> FormField:
    if field.type is not FieldType.TABLE:
        return field_for(field, today, people)
    derive = owing if {"due", "paid", "owing"} <= {column.id for column in field.columns} else None
    table = PartyTable if field.id == JOINT else PaperTable
    return table(
        field.id, field.label, field.columns, required=field.required, why=field.help, derive=derive
    )
