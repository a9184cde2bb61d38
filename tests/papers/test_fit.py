"""Every shipped form fits its pages, and a form that does not is caught without drawing it."""

from dataclasses import replace

import pytest

from inspector_app.domain.paper_values import example_values
from inspector_app.domain.papers import Block
from inspector_app.papers.fit import fit
from tests.papers.conftest import KINDS, Press, context


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("longest", [False, True], ids=["example", "longest"])
def test_every_shipped_form_fits(press: Press, name: str, longest: bool) -> None:
    kind = press.kinds[name]
    found = fit(kind, example_values(kind, longest=longest), context(kind), press.fonts)
    assert (found.outside, found.missing) == ((), ())
    assert found.pages == press.paper(name, longest=longest).pages


@pytest.mark.parametrize(
    ("block", "said"),
    [
        (Block("number", "长" * 40), "长" * 40),
        (Block("sign", "电话：1\n" * 60 + "末行：2"), "末行：2"),
        (Block("writing", "很长的标签" * 2, options={"count": "60"}), None),
        (Block("ticks", options={"field": "materials"}), None),
    ],
)  # fmt: skip
def test_what_leaves_the_page_is_named(press: Press, block: Block, said: str | None) -> None:
    kind = press.kinds["inquiry_notice"]
    odd = replace(kind, body=(block, *kind.body))
    found = fit(odd, example_values(kind), context(kind), press.fonts)
    assert (said in found.outside) if said else found.outside == ()


def test_characters_no_font_has_are_named_once(press: Press) -> None:
    kind = press.kinds["inquiry_notice"]
    odd = replace(kind, body=(Block("para", "\U00030edd和\U00030edd"), *kind.body))
    assert fit(odd, example_values(kind), context(kind), press.fonts).missing == ("\U00030edd",)
