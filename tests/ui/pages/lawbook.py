"""The rule browser as the tests open it, read it and give it files."""

from pathlib import Path

from PySide6.QtWidgets import QLabel, QWidget

from inspector_app.ui.pages.case.inline import InlineForm
from inspector_app.ui.pages.law.page import LawPage
from inspector_app.ui.pages.law.pieces import LinkLine
from inspector_app.ui.widgets.pills import Pill
from tests.helpers.law_packs import a_pack_folder, edited, zipped
from tests.ui.pages.conftest import Driver
from tests.ui.typing import commit

TEXT = """劳动保障监察条例

第一章　总则

第十六条　演示文字，两人以上。

第十七条　演示文字，调查自立案起六十个工作日。
"""
D05 = 'name = "调查完成"\nstart_event = "立案之日"\nlength = 60'


def opened(user: Driver, arg: str | None = None) -> LawPage:
    """The page, for a rule."""
    page = user.open("law", arg)
    assert isinstance(page, LawPage)
    return page


def texts(where: QWidget) -> str:
    """Every word on it: labels, links, pills."""
    shown = [one.text() for one in where.findChildren(QLabel) if one.isVisible()]
    links = [one.full() for one in where.findChildren(LinkLine) if one.isVisible()]
    pills = [one.text() for one in where.findChildren(Pill) if one.isVisible()]
    return "\n".join([*shown, *links, *pills])


def follow(user: Driver, page: LawPage, words: str) -> None:
    """Press a link of the sheet that starts with these words."""
    links = [one for one in page.pane.findChildren(LinkLine) if one.full().startswith(words)]
    assert links, [one.full() for one in page.pane.findChildren(LinkLine)]
    links[0].click()
    user.quiet()


def fill(form: InlineForm | None, **values: str) -> None:
    """Type into the fields of a form."""
    assert form is not None
    for key, text in values.items():
        commit(form.form.fields[key].editor, text)


def law_text(folder: Path) -> Path:
    """Two invented articles under the name of a real statute."""
    path = folder / "劳动保障监察条例(演示).txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def shorter_pack(folder: Path) -> Path:
    """The shipped rules with D05 cut to fifty working days, as a zip."""
    pack = edited(a_pack_folder(folder / "pack"), "terms.toml", D05, D05.replace("60", "50"))
    return zipped(pack, folder / "规则包2027.zip")
