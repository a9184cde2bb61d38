"""证据文件 of a case: what there is, where each lies, and fetching what lies elsewhere."""

from collections.abc import Mapping, Sequence

from inspector_app.domain.inspections import Evidence
from inspector_app.domain.terms import date_text
from inspector_app.services.shared_files import (
    FileState,
    NamedFile,
    elsewhere,
    megabytes,
    states,
)
from inspector_app.ui.context import UiContext
from inspector_app.ui.exchange_state import ExchangeState
from inspector_app.ui.file_places import TONES, fetch
from inspector_app.ui.pages.case.table_panel import TablePanel
from inspector_app.ui.tables.columns import Column, Kind
from inspector_app.ui.widgets.buttons import button

NOTHING = ("本案还没有单独的证据文件", "检查时拍的照片在各次检查里。")


class EvidenceFiles(TablePanel[Evidence]):
    """Where a file lies is said once this PC exchanges with the shared database."""

    def __init__(self, context: UiContext) -> None:
        self._context = context
        self._case_id, self._rows = "", list[Evidence]()
        self._states: Mapping[str, FileState] = {}
        self._away: list[str] = []
        columns: tuple[Column[Evidence], ...] = (
            Column("证据文件", lambda row: row.name, 200, stretch=True),
            Column("存放", self._word, 92, Kind.PILL, tone=self._tone),
            Column("说明", lambda row: row.note, 200, priority=2),
            Column("大小", lambda row: size_text(row.size), 90, Kind.NUMBER, priority=3),
            Column("收存日期", lambda row: date_text(row.added_on), 130, Kind.DATE),
        )
        super().__init__(columns, lambda row: row.id, "证据", NOTHING, "attach_20")
        self.fetch = self.add_button(button("下载", "", "arrow_import_20", clicked=self._fetch))
        self.fetch.hide()
        context.exchange.changed.connect(self._exchanged)

    def _state(self, row: Evidence) -> FileState:
        return self._states.get(row.sha256, FileState.LOCAL)

    def _word(self, row: Evidence) -> str:
        return self._state(row).label

    def _tone(self, row: Evidence) -> str:
        return TONES[self._state(row)]

    def show_files(self, case_id: str, rows: Sequence[Evidence]) -> None:
        """Show the evidence of a case, then where each file lies."""
        if case_id != self._case_id:
            self._states = {}
            self.fetch.hide()
        self._case_id, self._rows = case_id, list(rows)
        self._fill()
        self.look()

    def _fill(self) -> None:
        count = len(self._rows)
        self.show_rows(self._rows, f"{count} 个证据文件" if count else "")

    def look(self) -> None:
        """Ask the ledger where the files of the case lie."""
        desk, case_id = self._context.desk, self._case_id
        roots = {row.inspection_id or row.case_id or "" for row in self._rows} | {case_id}

        def ask() -> tuple[dict[str, FileState], list[NamedFile]]:
            away = [one for root in sorted(roots) for one in elsewhere(desk, root)]
            return states(desk, roots), away

        if case_id:
            self._context.tasks.query(self, ask, lambda found: self._show(case_id, *found))

    def _show(self, case_id: str, found: Mapping[str, FileState], away: list[NamedFile]) -> None:
        if case_id != self._case_id:
            return
        if found != self._states:
            self._states = found
            self._fill()
        self._away = [one.sha256 for one in away]
        size = sum(one.size for one in away)
        self.fetch.setVisible(bool(away))
        self.fetch.setText(f"下载 {len(away)} 个" + (f"（{megabytes(size)}）" if size else ""))

    def _fetch(self) -> None:
        fetch(self._context, self, self._away)

    def _exchanged(self, state: ExchangeState) -> None:
        if not state.running and FileState.ELSEWHERE in self._states.values():
            self.look()


def size_text(size: int) -> str:
    """1.2 MB, 340 KB."""
    return f"{size / 1_048_576:.1f} MB" if size >= 1_048_576 else f"{max(size // 1024, 1)} KB"
