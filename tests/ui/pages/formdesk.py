"""The form editor as the tests open it, edit in it and read it."""

from inspector_app.library.kind_checks import FormCheck
from inspector_app.ui.pages.forms.page import FormsPage
from inspector_app.ui.pages.forms.workbench import Workbench
from tests.helpers.forms import ORDER
from tests.ui.pages.conftest import WAIT, Driver

TOP, FIELDS, BODY, SOURCE = range(4)


def opened(user: Driver, kind: str = ORDER, view: int = FIELDS) -> FormsPage:
    """The page with a kind on the desk, checked and drawn."""
    page = user.open("forms", kind)
    assert isinstance(page, FormsPage)
    page.bench.editor.turn_to(view)
    looked(user, page)
    return page


def looked(user: Driver, page: FormsPage) -> None:
    """Until the checks have seen the text as it stands."""
    user.qtbot.waitUntil(page.bench.looked, timeout=WAIT)
    user.quiet()


def put(user: Driver, page: FormsPage, old: str, new: str) -> None:
    """Replace words of the form, as typed in its source."""
    assert old in page.bench.work.text
    page.bench.work.put(page.bench.work.text.replace(old, new, 1))
    looked(user, page)


def failing(bench: Workbench) -> list[FormCheck]:
    """What the check list says is not passed."""
    report = bench.editor.checks.report
    assert report is not None
    return [line.check for line in report.lines if line.ok is False]


def block_at(page: FormsPage, start: str) -> int:
    """The number of the first block whose text starts with these words."""
    texts = [str(row.get("text", "")) for row in page.bench.work.rows("body")]
    return next(number for number, text in enumerate(texts) if text.startswith(start))


def field_at(page: FormsPage, name: str) -> int:
    """The number of a field by its name."""
    return [row.get("id") for row in page.bench.work.rows("field")].index(name)
