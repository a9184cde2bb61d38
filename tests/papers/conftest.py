"""Fonts, kinds and a bureau for the tests of papers; everything invented (演示数据)."""

from dataclasses import replace
from datetime import date

import pytest

from inspector_app.domain.paper_values import example_values
from inspector_app.domain.papers import PaperKind
from inspector_app.library.office import forms_dir, resources_dir
from inspector_app.library.paper_kinds import load_kind
from inspector_app.papers.context import PaperContext, RenderedPaper
from inspector_app.papers.fonts import FontSet
from inspector_app.papers.render import render

KINDS = tuple(sorted(file.parent.name for file in (forms_dir() / "papers").glob("*/form.toml")))
BUREAU = PaperContext(
    bureau="平顶山市人力资源和社会保障局",
    number="平人社监令字〔2026〕第12号",
    issue_date=date(2026, 11, 18),
    address="平顶山市新城区某路1号",
    postcode="467000",
    phone="0375-0000000",
    contact="张建国",
    court="",
    review_body="平顶山市人民政府",
    settings={"order_remedies": "否", "order_statement": "否"},
)


@pytest.fixture(scope="session")
def fonts() -> FontSet:
    return FontSet.shipped_only(resources_dir() / "fonts")


@pytest.fixture(scope="session")
def kinds() -> dict[str, PaperKind]:
    return Kinds()


class Kinds(dict[str, PaperKind]):
    """Every shipped kind, read when it is first asked for."""

    def __missing__(self, name: str) -> PaperKind:
        self[name] = load_kind(forms_dir() / "papers" / name)
        return self[name]


class Press:
    """Renders each paper once a session."""

    def __init__(self, fonts: FontSet, kinds: dict[str, PaperKind]) -> None:
        self.fonts = fonts
        self.kinds = kinds
        self._made: dict[tuple[str, bool], RenderedPaper] = {}

    def paper(self, name: str, *, longest: bool = False) -> RenderedPaper:
        key = (name, longest)
        if key not in self._made:
            kind = self.kinds[name]
            values = example_values(kind, longest=longest)
            self._made[key] = render(kind, values, context(kind), self.fonts)
        return self._made[key]


def context(kind: PaperKind, **changes: object) -> PaperContext:
    """The invented bureau; a kind without a series bears no number."""
    number = BUREAU.number if kind.series else ""
    return replace(BUREAU, **{"number": number, "demo": True, **changes})  # type: ignore[arg-type]  # names checked by replace


@pytest.fixture(scope="session")
def press(fonts: FontSet, kinds: dict[str, PaperKind]) -> Press:
    return Press(fonts, kinds)
