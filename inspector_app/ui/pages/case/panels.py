"""The other tabs of a case: payments, papers, services, visits with evidence, to-dos."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector_app.domain.claims import Settlement
from inspector_app.domain.inspections import Inspection
from inspector_app.domain.money import yuan
from inspector_app.domain.office import Todo
from inspector_app.domain.papers import Paper, PaperState, Service
from inspector_app.domain.serving import Deliveries, progress_words, served_on
from inspector_app.domain.terms import date_text, weekday_text
from inspector_app.services.case_sheet import CaseSheet
from inspector_app.services.todos import finish_todo
from inspector_app.ui.context import UiContext
from inspector_app.ui.pages.case.evidence_files import EvidenceFiles
from inspector_app.ui.pages.case.lists import PAPER_TONES
from inspector_app.ui.pages.case.table_panel import TablePanel
from inspector_app.ui.tables.columns import Column, Kind
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.buttons import button


class SettlementsPanel(TablePanel[Settlement]):
    """清偿: every payment, and the buttons that enter one or all that is left."""

    def __init__(self, one: Callable[[], object], everything: Callable[[], object]) -> None:
        self._names: dict[str, str] = {}
        columns: tuple[Column[Settlement], ...] = (
            Column("支付日期", lambda row: date_text(row.paid_on), 130, Kind.DATE),
            Column("劳动者", lambda row: self._names.get(row.claim_id, "—"), 110, stretch=True),
            Column("金额(元)", lambda row: yuan(row.amount_fen), 120, Kind.NUMBER),
            Column("资金来源", lambda row: row.payer.label, 130, priority=2),
            Column("凭证", lambda row: row.voucher, 150, priority=3),
        )
        nothing = ("还没有清偿记录", "收到支付凭证后登记；全部付清可以一次登记。")
        super().__init__(columns, lambda row: row.id, "清偿记录", nothing, "money_20")
        self.one = self.add_button(button("登记单笔", clicked=one))
        self.all = self.add_button(button("全部清偿", clicked=everything))

    def show_sheet(self, sheet: CaseSheet) -> None:
        """Show the payments of a case."""
        self._names = {row.claim.id: row.worker.name for row in sheet.claims}
        rows = sorted(sheet.settlements, key=lambda row: (row.paid_on, row.id), reverse=True)
        paid = sum(row.amount_fen for row in rows)
        words = f"{len(rows)} 笔，共 {yuan(paid)} 元" if rows else ""
        self.show_rows(rows, words)
        owing = any(row.owing_fen > 0 for row in sheet.claims)
        for made in (self.one, self.all):
            made.setEnabled(owing)


class PapersPanel(TablePanel[Paper]):
    """文书: drafts first, then what was issued, with the day it was served."""

    def __init__(self, context: UiContext, new: Callable[[], object]) -> None:
        self._deliveries: Mapping[str, Deliveries] = {}
        self._titles: Mapping[str, str] = {}
        columns: tuple[Column[Paper], ...] = (
            Column(
                "状态",
                lambda row: row.state.label,
                92,
                Kind.PILL,
                tone=lambda row: PAPER_TONES[row.state],
            ),
            Column("文书", lambda row: self._titles.get(row.id, row.kind), 160, stretch=True),
            Column("文号", lambda row: row.number or "未编号", 220, priority=2),
            Column("制发日期", lambda row: date_text(row.issued_on), 120, Kind.DATE, priority=3),
            Column("送达日期", self._served_on, 120, Kind.DATE, priority=4),
        )
        nothing = ("还没有文书", "开具文书（Ctrl+D），内容从本案自动带出。")
        super().__init__(
            columns,
            lambda row: row.id,
            "文书",
            nothing,
            "document_text_20",
            faded=lambda row: row.state is PaperState.VOID,
        )
        self.new = self.add_button(button("开具文书", "", "document_add_20", "Ctrl+D", new))
        self.table.opened.connect(lambda row: context.open_page("paper", row.id))

    def _served_on(self, row: Paper) -> str:
        found = self._deliveries.get(row.id, ())
        return progress_words(found) or date_text(served_on(found))

    def show_sheet(self, sheet: CaseSheet) -> None:
        """Show the papers of a case."""
        self._deliveries, self._titles = sheet.deliveries, sheet.titles
        drafts = sum(1 for row in sheet.papers if row.state is PaperState.DRAFT)
        words = f"{len(sheet.papers)} 份" + (f"，{drafts} 份草稿" if drafts else "")
        rows = sorted(sheet.papers, key=lambda row: (row.state is not PaperState.DRAFT, row.id))
        self.show_rows(rows, words if rows else "")


class ServicesPanel(TablePanel[Service]):
    """送达: who received which papers when; the date starts their clocks."""

    def __init__(self, serve: Callable[[], object]) -> None:
        self._numbers: dict[str, str] = {}
        columns: tuple[Column[Service], ...] = (
            Column("送达日期", lambda row: date_text(row.served_on), 130, Kind.DATE),
            Column("方式", lambda row: row.method.label, 92),
            Column("文书", self._papers, 200, stretch=True),
            Column("当事人", lambda row: row.party or "—", 240, priority=2),
            Column("收件人", self._receiver, 150, priority=3),
            Column("地点", lambda row: row.place, 160, priority=4),
        )
        nothing = ("还没有送达记录", "文书送达后在这里登记，期限从送达之日起算。")
        super().__init__(columns, lambda row: row.id, "送达记录", nothing, "send_20")
        self.serve = self.add_button(button("登记送达", "", "send_20", clicked=serve))

    def _papers(self, row: Service) -> str:
        return "、".join(self._numbers.get(one, "—") for one in row.paper_ids)

    @staticmethod
    def _receiver(row: Service) -> str:
        return f"{row.receiver}（{row.relation}）" if row.relation else row.receiver

    def show_sheet(self, sheet: CaseSheet) -> None:
        """Show the services of a case."""
        self._numbers = {paper.id: paper.number for paper in sheet.papers}
        rows = sorted(sheet.services, key=lambda row: (row.served_on, row.id), reverse=True)
        self.show_rows(rows, f"{len(rows)} 次送达" if rows else "")
        issued = any(p.state is PaperState.ISSUED and p.number for p in sheet.papers)
        self.serve.setEnabled(issued)


class VisitsPanel(QWidget):
    """检查与证据: visits above, evidence files below."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        column = box(QVBoxLayout(self), spacing=8)
        checklists = context.desk.library.checklists

        def title(row: Inspection) -> str:
            known = checklists.get(row.checklist_id)
            return known.title if known else row.checklist_id

        visit_columns: tuple[Column[Inspection], ...] = (
            Column("检查日期", lambda row: date_text(row.on), 130, Kind.DATE),
            Column("检查表", title, 180, stretch=True),
            Column("种类", lambda row: row.kind.label, 100, priority=2),
            Column("地点", lambda row: row.place, 180, priority=3),
            Column(
                "状态",
                lambda row: "已完成" if row.finished else "进行中",
                92,
                Kind.PILL,
                tone=lambda row: "success" if row.finished else "warning",
            ),
        )
        self.visits: TablePanel[Inspection] = TablePanel(
            visit_columns,
            lambda row: row.id,
            "现场检查",
            ("还没有现场检查", "到“现场检查”页开始一次检查（Ctrl+J），选择本案。"),
            "clipboard_checkmark_20",
        )
        self.visits.table.opened.connect(lambda row: context.open_page("inspection", row.id))
        self.files = EvidenceFiles(context)
        column.addWidget(self.visits, 1)
        column.addWidget(self.files, 1)

    def show_sheet(self, sheet: CaseSheet) -> None:
        """Show the visits and evidence of a case."""
        visits = sorted(sheet.inspections, key=lambda row: (row.on, row.id), reverse=True)
        self.visits.show_rows(visits, f"{len(visits)} 次检查" if visits else "")
        self.files.show_files(sheet.case.id, sheet.evidence)


class TodosPanel(TablePanel[Todo]):
    """待办: what has to be done by when; Enter ticks it off."""

    def __init__(self, context: UiContext, add: Callable[[], object]) -> None:
        self._context = context
        columns: tuple[Column[Todo], ...] = (
            Column("状态", self._state, 92, Kind.PILL, tone=self._tone),
            Column("待办内容", lambda row: row.title, 200, stretch=True),
            Column("截止日期", lambda row: weekday_text(row.due_on), 190, Kind.DATE),
            Column("由来", lambda row: row.origin.label, 100, priority=2),
        )
        nothing = ("没有待办", "登记要做的事和截止日期，到期会在“我的待办”提醒。")
        super().__init__(
            columns,
            lambda row: row.id,
            "待办",
            nothing,
            "task_list_ltr_20",
            faded=lambda row: row.done_on is not None,
        )
        self.add_button(button("完成", "", "checkmark_20", "Enter", self.finish))
        self.add_button(button("登记待办", "", "add_20", clicked=add))
        self.table.opened.connect(lambda _row: self.finish())

    def _state(self, row: Todo) -> str:
        if row.done_on:
            return "已完成"
        return "已超期" if row.due_on < self._context.today() else "待办"

    def _tone(self, row: Todo) -> str:
        if row.done_on:
            return "success"
        return "danger" if row.due_on < self._context.today() else "warning"

    def show_sheet(self, sheet: CaseSheet) -> None:
        """Show the to-dos of a case, open ones first."""
        rows = sorted(sheet.todos, key=lambda row: (row.done_on is not None, row.due_on))
        still = sum(1 for row in rows if row.done_on is None)
        self.show_rows(rows, f"{still} 件待办" if rows else "")

    def finish(self) -> None:
        """Tick the current one off."""
        todo = self.table.current_row()
        if todo is None or todo.done_on:
            return
        desk, today = self._context.desk, self._context.today()
        self._context.tasks.work(
            self,
            lambda: finish_todo(desk, todo.id, today),
            lambda _done: self._context.done("已完成待办"),
        )
