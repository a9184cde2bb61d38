"""附件与 U 盘: files are counted, packages go out and come in, a case goes to a colleague."""

import hashlib
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QApplication, QFileDialog

from inspector_app.domain.inspections import Evidence, Inspection, InspectionKind
from inspector_app.domain.parties import Employer
from inspector_app.ledger.ids import new_id
from inspector_app.sync.packages import cards, file_out, sealed
from inspector_app.sync.packages.sealed import Keys, open_sealed
from inspector_app.ui.pages.case.page import TABS, CasePage
from inspector_app.ui.pages.inspection.page import InspectionPage
from inspector_app.ui.pages.shared.file_view import FileView
from inspector_app.ui.pages.shared.page import FILES
from inspector_app.ui.screenshot import grab
from inspector_app.ui.theme import style
from inspector_app.ui.widgets.pills import Pill
from tests.conftest import PictureCheck
from tests.helpers.builders import a_case
from tests.ui.fakes import RESOURCES
from tests.ui.pages.bureau import Bureau
from tests.ui.pages.conftest import WAIT, press
from tests.ui.test_drops import let_go

SERVER, COLLEAGUE = Keys("11" * 32, "22" * 32), Keys("33" * 32, "44" * 32)
OWN = Keys("55" * 32, "66" * 32)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The stick: where the dialogs write to."""
    stick = tmp_path / "stick"
    stick.mkdir()

    def asked(_parent: object, _title: str, name: str, _pattern: str) -> tuple[str, str]:
        return str(stick / Path(name).name), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", asked)
    monkeypatch.setattr(Keys, "make", lambda: OWN)
    return stick


def opened(bureau: Bureau) -> FileView:
    bureau.window.open_page("shared", "files")
    bureau.quiet()
    assert bureau.page().tab() == FILES
    return bureau.page().files


def trusted(bureau: Bureau, card: Path) -> None:
    """Taken in after the fingerprint was compared."""
    view = bureau.page().files
    view.take_in(card)
    bureau.quiet()
    assert "请先与" in view.told.text()
    view.same.click()
    bureau.quiet()
    assert "已导入" in view.told.text()


def a_card(folder: Path, kind: str, name: str, account: str, keys: Keys) -> Path:
    path = folder / f"{name}.labx"
    cards.write(path, kind, name, account, keys)
    return path


def attached(bureau: Bureau) -> str:
    case = a_case(
        id=new_id(), project_id=None, case_no="监案〔2026〕3号", scope="410402", city="410400"
    )
    data = b"a photo" * 40_000
    sha256 = bureau.desk.files.put(data)
    day = date(2026, 9, 21)
    kept = Evidence(new_id(), sha256, "工地.jpg", "image/jpeg", len(data), day, case_id=case.id)
    with bureau.desk.work("办理") as uow:
        uow.add(Employer("employer-1", "青禾建筑劳务有限公司", "410402", "410400"))
        uow.add_all([case, kept])
        uow.commit()
    return case.id


def test_a_package_goes_out_once_the_shared_database_is_known(
    bureau: Bureau, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attached(bureau)
    view = opened(bureau)
    view.out.click()
    assert view.account.error(), "the login is asked for first"
    view.account.set_value("a1")
    view.out.click()
    bureau.quiet()
    assert "共享库的钥匙" in view.told.text()
    shared = a_card(folder, cards.SHARED, "共享库", "", SERVER)
    trusted(bureau, shared)
    assert SERVER.public().fingerprint() in view.told.text()
    view.out.click()
    bureau.quiet()
    assert "改动 1 组、附件 1 个" in view.told.text()
    (package,) = folder.glob("数据包_*.labx")
    records = list(open_sealed(package, SERVER, file_out.TO_SERVER).records())
    assert isinstance(records[0], dict)
    assert records[0]["me"] == "a1"
    assert view.form.isVisible(), "nobody said yet that this login exists"
    assert view.account.value() == "a1"
    view.take_in(package)
    bureau.quiet()
    assert "管理员" in view.told.text()
    view.card.click()
    bureau.quiet()
    assert OWN.public().fingerprint() in view.told.text()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(shared), ""))
    view.take.click()
    bureau.quiet()
    assert "已导入共享库的名片" in view.told.text()


def test_a_login_can_be_put_right_until_the_shared_database_has_confirmed_it(
    bureau: Bureau, folder: Path
) -> None:
    view = opened(bureau)
    view.account.set_value("lmiing")
    view.card.click()
    bureau.quiet()
    card = folder / f"名片_{bureau.desk.actor}.labx"
    assert cards.read(card).account == "lmiing"
    assert view.account.value() == "lmiing"
    assert "可以改" in view.account.hint()
    view.account.set_value("liming")
    view.load()  # what comes in meanwhile does not undo what is being typed
    bureau.quiet()
    view.card.click()
    bureau.quiet()
    assert cards.read(card).account == "liming"
    bureau.set_up()
    view = opened(bureau)
    assert not view.form.isVisible()
    assert view.standing is not None
    assert (view.standing.account, view.standing.confirmed) == ("a1", True)


def test_what_is_let_go_of_above_the_window_is_taken_in(bureau: Bureau, folder: Path) -> None:
    card = a_card(folder, cards.PC, "王某", "a2", COLLEAGUE)
    bureau.window.open_page("home")
    bureau.quiet()
    assert let_go(bureau.window, QUrl.fromLocalFile(str(card)))
    bureau.quiet()
    view = bureau.page().files
    assert "请先与王某本人核对" in view.told.text()
    assert view.to.combo.count() == 1, "nobody is trusted because of a file"
    view.same.click()
    bureau.quiet()
    assert view.to.combo.count() == 2
    card.write_bytes(b"something else")
    assert let_go(bureau.window, QUrl.fromLocalFile(str(card)))
    bureau.quiet()
    assert "不是数据包" in view.told.text()
    assert all(one.isEnabled() for one in (view.out, view.take, view.drop))


def test_a_case_goes_to_a_colleague_and_one_comes_from_there(bureau: Bureau, folder: Path) -> None:
    attached(bureau)
    view = opened(bureau)
    view.account.set_value("a1")
    for card in (
        a_card(folder, cards.SHARED, "共享库", "", SERVER),
        a_card(folder, cards.PC, "王某", "a2", COLLEAGUE),
    ):
        trusted(bureau, card)
    view.hand.click()
    assert view.case.error()
    view.case.set_value("监案〔2026〕3号")
    view.to.set_value(COLLEAGUE.public().sign)
    view.hand.click()
    bureau.quiet()
    assert "已写成 案件_监案〔2026〕3号.labx" in view.told.text()
    handed = folder / "案件_监案〔2026〕3号.labx"
    said = list(open_sealed(handed, COLLEAGUE, file_out.HAND_OVER).records())
    coming = folder / "coming.labx"
    sealed.seal(coming, file_out.HAND_OVER, said, COLLEAGUE, OWN.public().box)
    view.take_in(coming)
    bureau.quiet()
    assert "监案〔2026〕3号" in view.told.text()
    view.handed.select_key(view.standing.parcels[0].id if view.standing else "")
    view.read.click()
    bureau.quiet()
    assert (folder / "监案〔2026〕3号.pdf").read_bytes().startswith(b"%PDF")
    view.drop_it.click()
    bureau.quiet()
    assert "还没有带给共享库" in view.told.text()


@pytest.mark.long
def test_stopping_writes_nothing(
    bureau: Bureau, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attached(bureau)
    view = opened(bureau)
    view.account.set_value("a1")
    trusted(bureau, a_card(folder, cards.SHARED, "共享库", "", SERVER))
    every = file_out._sets

    def stopped(*given: object) -> object:
        view._stop()  # what the button calls, while the work is under way
        return every(*given)  # type: ignore[arg-type]  # handed through

    monkeypatch.setattr(file_out, "_sets", stopped)
    view.out.click()
    bureau.quiet()
    assert "已停止" in view.told.text()
    assert list(folder.glob("数据包_*")) == []


def test_the_view_looks_as_it_was_accepted(
    bureau: Bureau, folder: Path, picture_check: PictureCheck, qapp: QApplication
) -> None:
    attached(bureau)
    view = opened(bureau)
    picture_check("ui/shared_files_1366", grab(bureau.window, (1366, 768)))
    view.account.set_value("a1")
    for card in (
        a_card(folder, cards.SHARED, "共享库", "", SERVER),
        a_card(folder, cards.PC, "王某", "a2", COLLEAGUE),
    ):
        trusted(bureau, card)
    view.out.click()
    bureau.quiet()
    coming = folder / "coming.labx"
    said = {"title": "监案〔2026〕7号", "who": "王某", "at": "2026-09-20T10:00:00+08:00"}
    records: list[sealed.Record] = [said, {"copy": ""}, b"%PDF", {"parcel": ""}, b"sealed"]
    sealed.seal(coming, file_out.HAND_OVER, records, COLLEAGUE, OWN.public().box)
    view.take_in(coming)
    bureau.quiet()
    style.apply(qapp, RESOURCES, "dark", 1.0, shipped_fonts_only=True)
    bureau.quiet()
    picture_check("ui/shared_files_dark", grab(bureau.window, (1440, 900)))


def test_a_file_that_lies_elsewhere_says_so_and_comes_when_asked_for(
    bureau: Bureau, picture_check: PictureCheck
) -> None:
    data = b"\xff\xd8 a photo" * 50_000
    sha256 = hashlib.sha256(data).hexdigest()
    case_id = bureau.other.new_case()
    day = date(2026, 9, 21)
    row = Evidence(new_id(), sha256, "工地.jpg", "image/jpeg", len(data), day, case_id=case_id)
    bureau.other.add(row)
    bureau.other.sync()
    bureau.server.files.blobs[sha256] = data
    bureau.server.files.links.add((case_id, sha256))
    bureau.set_up()
    bureau.window.open_page("case", case_id)
    bureau.quiet()
    page = bureau.window.stack.current()
    assert isinstance(page, CasePage)
    page.show_tab(TABS.index("检查与证据"))
    bureau.quiet()
    panel = page.visits.files
    assert panel._word(row) == "未下载"
    assert panel.fetch.text() == "下载 1 个（0.5 MB）"
    picture_check("ui/case_files_1366", grab(bureau.window, (1366, 768)))
    panel.fetch.click()
    bureau.quiet()
    assert bureau.desk.files.get(sha256) == data
    bureau.quiet()
    assert panel._word(row) == "已上传"
    assert not panel.fetch.isVisible()


def test_the_evidence_of_an_inspection_says_where_it_lies(
    bureau: Bureau, picture_check: PictureCheck
) -> None:
    data = b"\xff\xd8 a sign" * 50_000
    sha256, day = hashlib.sha256(data).hexdigest(), date(2026, 9, 21)
    visit = Inspection(
        new_id(), "410402", "410400", "construction", "1", InspectionKind.ROUTINE, day,
        employer_id="employer-1",
    )  # fmt: skip
    theirs = Evidence(
        new_id(), sha256, "告示牌.jpg", "image/jpeg", len(data), day, visit.id, item_id="C01"
    )
    bureau.other.add(visit, theirs)
    bureau.other.sync()
    bureau.server.files.blobs[sha256] = data
    bureau.server.files.links.add((visit.id, sha256))
    bureau.set_up()
    bureau.window.open_page("inspection", visit.id)
    bureau.quiet()
    page = bureau.window.stack.current()
    assert isinstance(page, InspectionPage)

    def said() -> list[str]:
        detail = page.items.detail()
        assert detail is not None
        return [one.text() for one in detail.findChildren(Pill) if one.isVisible()]

    bureau.qtbot.waitUntil(lambda: said() == ["未下载"], timeout=WAIT)
    own = bureau.desk.files.put(b"ours")
    with bureau.desk.work("取证") as uow:
        uow.add(
            Evidence(new_id(), own, "合同.pdf", "application/pdf", 4, day, visit.id, item_id="C01")
        )
        uow.commit()
    bureau.window.exchange.look()
    page.load()
    bureau.quiet()
    bureau.qtbot.waitUntil(lambda: said() == ["未下载", "待上传"], timeout=WAIT)
    picture_check("ui/inspection_files_1366", grab(bureau.window, (1366, 768)))
    press(page.items, "下载")
    bureau.qtbot.waitUntil(lambda: said() == ["已上传", "已上传"], timeout=WAIT)
    assert bureau.desk.files.get(sha256) == data
