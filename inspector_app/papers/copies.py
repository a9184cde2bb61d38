"""What is done with pages already set: a mark over them, an empty back side after them."""

from io import BytesIO

import pikepdf

from inspector_app.domain.papers import Layout
from inspector_app.papers.context import PaperContext
from inspector_app.papers.fonts import FontSet
from inspector_app.papers.furniture import Furniture
from inspector_app.papers.geometry import PAGE_HEIGHT, PAGE_WIDTH
from inspector_app.papers.render import draw


def stamped(pdf: bytes, mark: str, fonts: FontSet) -> bytes:
    """The filed PDF with 作废 across, or 副本 in the corner of, every page."""
    layer = draw([[]], fonts, Furniture(Layout.TABLE, PaperContext("", mark=mark)), mark)
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as filed, pikepdf.open(BytesIO(layer.pdf)) as over:
        form = filed.copy_foreign(over.pages[0].as_form_xobject())
        for page in filed.pages:
            # Not add_overlay: it names the layer at random, and a copy must be the same each time.
            name = page.add_resource(form, pikepdf.Name.XObject, pikepdf.Name.Mark)
            page.contents_add(b"q", prepend=True)
            page.contents_add(f"Q q {name} Do Q".encode())
        filed.save(out, deterministic_id=True)
    return out.getvalue()


def even(pdf: bytes) -> bytes:
    """The same pages, and an empty one where they end on a front side: the next paper printed on
    both sides begins on a sheet of its own."""
    with pikepdf.open(BytesIO(pdf)) as file:
        if len(file.pages) % 2 == 0:
            return pdf
        file.add_blank_page(page_size=(PAGE_WIDTH, PAGE_HEIGHT))
        out = BytesIO()
        file.save(out, deterministic_id=True)
    return out.getvalue()
