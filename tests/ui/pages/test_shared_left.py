"""A case that left while work on it waits: what the window says of it, and how it is let go."""

from typing import NoReturn

from inspector_app.domain.cases import Case
from inspector_app.domain.parties import Employer
from inspector_app.errors import OutsideError
from inspector_app.services.left_here import ENDED, MOVED, STAYS
from inspector_app.ui.exchange_state import ERROR_WORDS
from inspector_app.ui.pages.case.page import CasePage
from inspector_app.ui.pages.shared.page import CHOICES, OVERVIEW
from inspector_app.ui.screenshot import grab
from tests.conftest import PictureCheck
from tests.sync.pcs import B
from tests.ui.pages.bureau import Bureau
from tests.ui.pages.conftest import press

UNIT = "青禾建筑劳务有限公司"


def worked_on(bureau: Bureau) -> str:
    """A case of both, to which somebody here added something that waits."""
    bureau.set_up()
    case_id = bureau.other.new_case()
    bureau.other.edit(Case, case_id, case_no="新华劳监立〔2026〕7号")
    bureau.other.sync()
    bureau.sync()
    bureau.edit(case_id, note="电话核实，负责人承认欠薪", stated_workers=38)
    return case_id


def test_work_that_may_not_go_out_is_counted_listed_and_given_up(
    bureau: Bureau, picture_check: PictureCheck
) -> None:
    case_id = worked_on(bureau)
    bureau.server.grants["a1"] = {B: True}
    bureau.sync()
    assert bureau.words() == "1 项暂不能上传"
    bureau.window.open_page("case", case_id)
    bureau.quiet()
    case = bureau.window.stack.current()
    assert isinstance(case, CasePage)
    assert case.disputes.accessibleName() == f"{ENDED} {STAYS}"
    press(case.disputes, "去处理")
    bureau.quiet()
    page = bureau.page()
    assert page.tab() == CHOICES
    view = page.choices.choice
    assert view.title.text() == f"新华劳监立〔2026〕7号　办理　{UNIT}"
    assert {"电话核实，负责人承认欠薪", "38"} <= set(view.cells())
    assert not view.mine.isVisible()
    bureau.window.exchange.cancel()
    picture_check("ui/shared_held_1366", grab(bureau.window, (1366, 768)))
    page.show_tab(OVERVIEW)
    assert page.overview.waiting.accessibleName() == "待上传 1 项 暂不能上传"
    page.overview.waiting.clicked.emit()
    bureau.quiet()
    assert page.tab() == CHOICES
    view.reason.set_value("接收的县区另记")
    view.theirs.click()
    bureau.quiet()
    bureau.sync()
    assert bureau.words().startswith("已同步")
    with bureau.desk.ledger.read() as there:
        assert (there.find(Case), there.find(Employer)) == ([], [])


def test_a_moved_case_stays_readable_and_a_broken_line_is_said_beside_it(bureau: Bureau) -> None:
    case_id = worked_on(bureau)
    bureau.server.grants["a2"][B] = True
    bureau.other.edit(Case, case_id, scope=B)
    bureau.other.sync()
    bureau.sync()
    assert bureau.words() == "有冲突 1 项"
    bureau.window.open_page("case", case_id)
    bureau.quiet()
    case = bureau.window.stack.current()
    assert isinstance(case, CasePage)
    assert case.disputes.accessibleName() == f"本案{MOVED} {STAYS}"

    def no_line(dsn: str, password: str) -> NoReturn:
        raise OutsideError("连不上共享库。", kind="connection")

    bureau.window.exchange.open_line = no_line
    bureau.sync()
    assert bureau.words() == f"{ERROR_WORDS}，有冲突 1 项"
    bureau.window.open_page("shared")
    bureau.quiet()
    page = bureau.page()
    assert page.choices.choice.title.text() == f"新华劳监立〔2026〕7号　办理　{UNIT}"
    assert page.overview.trouble.text() == "连不上共享库。"
