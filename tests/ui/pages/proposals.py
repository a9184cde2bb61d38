"""A case that has much to judge: a project with its chain, findings, bands, an unheeded order."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from inspector_app.domain.bureau_law import DiscretionBand
from inspector_app.domain.events import CaseEvent
from inspector_app.ledger.ids import new_id
from inspector_app.services import settings
from inspector_app.services.deciders import Proposals, decide
from inspector_app.services.desk import Desk
from inspector_app.ui.pages.case.page import CasePage
from inspector_app.ui.pages.case.proposals.panel import ProposalsPanel
from inspector_app.ui.widgets.ticks import TickBox
from tests.helpers.decider_cases import ITEM_SUB, WAN, build_chain, record, visit
from tests.ui.pages.conftest import Driver
from tests.ui.pages.scene import ORDER, Scene

UNIT = "青禾建筑劳务有限公司"
PLAIN = "盛和餐饮管理有限公司"  # no project, no workers, no findings
SERVED = date(2026, 10, 28)
CLOSED = "东序建筑劳务有限公司"
BANDS = (("轻微", "只有一个月没有编制", 5, 6), ("一般", "涉及两个月以上", 6, 8))


def enriched(scene: Scene) -> Scene:
    """The case of UNIT with a chain, a finding of a visit, and a discretion standard."""
    desk, case_id = scene.desk, scene.cases[UNIT].id
    build_chain(desk, case_id)
    visit(desk, case_id, ITEM_SUB)
    add_bands(desk)
    demand_pay(desk, case_id)
    return scene


def demand_pay(desk: Desk, case_id: str) -> None:
    """An order to pay made elsewhere, served on 28 October and run out on 4 November."""
    told = CaseEvent(
        new_id(), case_id, "outside_paper", SERVED, until=SERVED, paper_kind=ORDER,
        number="平人社监令字〔2026〕第30号",
    )  # fmt: skip
    until = CaseEvent(new_id(), case_id, "order_deadline", SERVED, until=date(2026, 11, 4))
    record(desk, told, until)


def add_bands(desk: Desk) -> None:
    """Two steps of a standard for GZ-09."""
    with desk.work("裁量档次") as uow:
        for name, condition, low, high in BANDS:
            uow.add(
                DiscretionBand(
                    id=new_id(),
                    violation="GZ-09",
                    name=name,
                    condition=condition,
                    low_fen=low * WAN,
                    high_fen=high * WAN,
                    effective_from=date(2026, 1, 1),
                    scope=desk.city,
                    city=desk.city,
                    source="演示基准〔2026〕1号",
                )
            )
        uow.commit()


def choose_rates(desk: Desk) -> None:
    """The province's rates as if the bureau had filled them in."""
    settings.save(desk, {"deposit_base_rate": "1.5", "deposit_multi_rate": "1"})


def judged(user: Driver, unit: str = UNIT) -> ProposalsPanel:
    """The tab of a case, read."""
    page = user.open("case", f"{user.scene.cases[unit].id}#proposals")
    assert isinstance(page, CasePage)
    return page.proposals


def proposed(scene: Scene, unit: str = UNIT) -> Proposals:
    """What the deciders say of a case as it is stored."""
    return decide(scene.desk, scene.cases[unit].id)


def words(where: QWidget) -> list[str]:
    """Every word of a part that is not hidden in it."""
    return [one.text() for one in where.findChildren(QLabel) if one.isVisibleTo(where)]


def tick(user: Driver, box: TickBox) -> None:
    """Tick or untick with the keyboard."""
    box.setFocus()
    user.qtbot.keyClick(box, Qt.Key.Key_Space)
    user.quiet()
