"""行政处罚: each violation with its range, what the fine asks for, and the amounts to try."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QVBoxLayout

from inspector_app.domain.deciders import OrderState
from inspector_app.domain.deciders.fines import FineLine
from inspector_app.domain.deciders.hearings import FineProposal, Heavy
from inspector_app.domain.papers import PaperState
from inspector_app.services.case_sheet import CaseSheet
from inspector_app.services.deciders import SITUATION, ActCount, Proposals
from inspector_app.ui.forms.form import Form
from inspector_app.ui.forms.lines import MoneyField
from inspector_app.ui.pages.case.codes_field import CodesField
from inspector_app.ui.pages.case.next_step import ORDER
from inspector_app.ui.pages.case.proposals.act_block import NOTHING, ActBlock
from inspector_app.ui.pages.case.proposals.card import Card, Doing, can
from inspector_app.ui.pages.case.proposals.lines import ReasonList, Way
from inspector_app.ui.pages.case.proposals.ticks import Tick, TickGroup, Ticks
from inspector_app.ui.pages.case.proposals.words import of_fines
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import label

TRY = "试算：只用于本页计算，不写入案件"


class FinesCard(Card):
    """Blocks of violations, reasons, what is missing, and what can be tried."""

    def __init__(self, doing: Doing, ticks: Ticks) -> None:
        super().__init__(doing, "行政处罚", "gavel_20")
        self._ticks = ticks
        self.blocks: OrderedDict[str, ActBlock] = OrderedDict()
        self._stack = box(QVBoxLayout(), spacing=8)
        self.column.addLayout(self._stack)
        self.column.addWidget(self.needs)
        self.reasons = ReasonList("程序要求")
        self.column.addWidget(self.reasons)
        self.column.addWidget(label(TRY, "label"))
        self.form = Form(10)
        violations = doing.context.desk.library.violations
        self.form.add(
            MoneyField("unit_fen", "拟对单位罚款（元）"),
            MoneyField("person_fen", "拟对每名责任人员罚款（元）"),
            MoneyField("confiscate_fen", "拟没收（元）"),
        )
        self.form.add(CodesField("codes", "另列违法行为", violations))
        self._last_named: tuple[str, ...] = ()
        self.form.changed.connect(self._typed)
        self.form.submitted.connect(doing.keep)
        self.column.addWidget(self.form)
        self.heavy = TickGroup(ticks, "除罚款外，还拟", 1)
        self.column.addWidget(self.heavy)

    def _typed(self) -> None:
        """What was counted of a violation goes when its name is taken off again."""
        named = self._named()
        for code in set(self._last_named) - set(named):
            if code in self.blocks:
                self.blocks[code].clear()
        self._last_named = named
        self.doing.again()

    # ── what was added by hand ───────────────────────────────────────────────────────────────
    def acts(self) -> dict[str, ActCount]:
        """Counts of the violations listed, and those named by hand."""
        joined = {code: block.joins() for code, block in self.blocks.items()}
        leaders = {leader for leader in joined.values() if leader}
        found = {}
        for code, block in self.blocks.items():
            act = joined[code] or (code if code in leaders else "")
            count = replace(block.count(), act=act)
            if count != NOTHING:
                found[code] = count
        return found | {code: found.get(code, NOTHING) for code in self._named()}

    def _named(self) -> tuple[str, ...]:
        value = self.form.fields["codes"].value()
        return tuple(str(code) for code in value) if isinstance(value, tuple) else ()

    def amount(self, key: str) -> int | None:
        """What is proposed to be fined or confiscated; fen."""
        value = self.form.fields[key].value()
        return value if isinstance(value, int) else None

    def forget(self) -> None:
        for block in self.blocks.values():
            self._drop(block)
        self.blocks.clear()
        self.form.set_values(dict.fromkeys(self.form.fields))
        self._last_named = ()

    # ── showing ──────────────────────────────────────────────────────────────────────────────
    def show_found(self, sheet: CaseSheet, found: Proposals) -> None:
        fines = found.fines
        self.say(of_fines(fines))
        self._show_blocks(fines.lines)
        self.reasons.show_reasons(fines.reasons if fines.lines else ())
        own = {text for line in fines.lines for text in line.missing}
        rest = [text for text in fines.missing if text not in own]
        self.show_needs(rest, self._way(sheet, fines))
        codes = self._ticks.codes()
        able = can(sheet, SITUATION)
        heavy = [Tick(one.value, one.label, one.value in codes) for one in Heavy]
        self.heavy.show_ticks(heavy, able=able)

    def _show_blocks(self, lines: Sequence[FineLine]) -> None:
        codes = [line.code for line in lines]
        if list(self.blocks) != codes:
            self._arrange(lines)
        for line, partner in zip(lines, partners(lines), strict=True):
            self.blocks[line.code].show_line(line, partner)

    def _arrange(self, lines: Sequence[FineLine]) -> None:
        """Blocks that stay keep what was typed in them."""
        known = self.doing.context.desk.library.violations
        kept: OrderedDict[str, ActBlock] = OrderedDict()
        for line in lines:
            block = self.blocks.pop(line.code, None)
            if block is None:
                violation = known[line.code]
                block = ActBlock(self.doing.context, line, violation, self.doing.again)
                block.form.submitted.connect(self.doing.keep)
            kept[line.code] = block
        for gone in self.blocks.values():
            self._drop(gone)
        self.blocks = kept
        for block in kept.values():
            self._stack.removeWidget(block)
            self._stack.addWidget(block)
            block.show()

    def _drop(self, block: ActBlock) -> None:
        self._stack.removeWidget(block)
        block.hide()
        block.deleteLater()

    # ── the one thing that helps ─────────────────────────────────────────────────────────────
    def _way(self, sheet: CaseSheet, fines: FineProposal) -> Way | None:
        doing, orders = self.doing, {line.order for line in fines.lines}
        if not fines.lines:
            return doing.tab("登记检查和证据", "visits")
        if OrderState.UNCHECKED in orders and can(sheet, "recheck"):
            return doing.step("登记复查", "recheck")
        if OrderState.NONE in orders and not sheet.case.stage.ended:
            return order_way(doing, sheet)
        if any(not one.sources for line in fines.lines for one in line.evidence):
            return doing.tab("补充证据", "visits")
        block = next((one for one in self.blocks.values() if _undecided(one)), None)
        if block is not None:
            return Way("选择裁量档次", block.bands.take_focus, inside=True)
        if can(sheet, "penalty_notice"):
            return doing.step("登记处罚告知", "penalty_notice")
        return None


def _undecided(block: ActBlock) -> bool:
    return bool(block.line.bands) and not block.bands.chosen()


def order_way(doing: Doing, sheet: CaseSheet) -> Way:
    """Go on with the draft of an order to rectify, or begin one."""
    title = sheet.situation.procedure.papers[ORDER]
    for paper in sheet.papers:
        if paper.kind == ORDER and paper.state is PaperState.DRAFT:
            return doing.draft(f"继续填写{title}", paper.id)
    return doing.paper(f"开具{title}", ORDER)


def partners(lines: Sequence[FineLine]) -> list[str]:
    """For each violation the first one above it that the same article fines."""
    first: dict[str, str] = {}
    found = []
    for line in lines:
        article = line.penalties[0] if line.penalties else ""
        fined = article and line.unit is not None
        found.append(first.get(article, "") if fined else "")
        if fined:
            first.setdefault(article, line.code)
    return found
