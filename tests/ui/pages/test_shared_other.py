"""A window led to another shared database stops, asks, and goes over only when it is meant."""

from inspector_app.domain.cases import Case
from inspector_app.sync import belonging
from inspector_app.ui.pages.shared.page import OVERVIEW, PLACE
from tests.sync.fake_line import FakeTransport
from tests.sync.fake_server import FakeServer
from tests.sync.pcs import GRANTS
from tests.ui.pages.bureau import Bureau


def cases(bureau: Bureau) -> list[Case]:
    with bureau.desk.ledger.read() as view:
        return view.find(Case)


def led_elsewhere(bureau: Bureau) -> FakeServer:
    """The window has exchanged a case of each PC, then somebody types another place."""
    bureau.set_up()
    bureau.other.new_case()
    bureau.other.sync()
    bureau.sync()
    production = FakeServer(GRANTS)
    bureau.window.exchange.open_line = lambda _dsn, _word: FakeTransport(production, "a1")
    bureau.set_up()
    return production


def test_another_database_is_asked_about_and_leaving_chooses_nothing(bureau: Bureau) -> None:
    production = led_elsewhere(bureau)
    page = bureau.page()
    assert bureau.words() == "不是本机所属的共享库"
    assert page.tab() == PLACE
    assert belonging.mark(production.identity) in page.place_form.told.text()
    assert bureau.window.exchange.next_in() == -1
    page.place_form.ask.click()
    dialog = page.place_form.dialog
    assert dialog.focusWidget() is dialog.stay
    dialog.reject()
    bureau.quiet()
    assert (production.devices, len(cases(bureau))) == ({}, 1)
    bureau.sync()
    assert bureau.words() == "不是本机所属的共享库"


def test_what_is_meant_is_done(bureau: Bureau) -> None:
    production = led_elsewhere(bureau)
    form = bureau.page().place_form
    form.ask.click()
    form.dialog.go.click()
    bureau.quiet()
    assert bureau.words().startswith("已同步")
    assert not form.told.isVisible()
    assert bureau.page().tab() == OVERVIEW
    assert cases(bureau) == []
    assert len(production.devices) == 1
    assert not production.recovery


def test_a_demonstration_is_asked_before_it_comes_among_what_is_real(bureau: Bureau) -> None:
    bureau.other.new_case()
    bureau.other.sync()
    bureau.server.trial = False
    bureau.set_up()
    assert "演示数据" in bureau.page().place_form.told.text()
    assert len(bureau.server.devices) == 1
