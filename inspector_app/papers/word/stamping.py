"""The code of number and words on the first page of a PDF that another program exported."""

from io import BytesIO

import pikepdf

from inspector_app.domain.papers import Layout
from inspector_app.papers.context import PaperContext
from inspector_app.papers.fonts import FontSet
from inspector_app.papers.furniture import Furniture
from inspector_app.papers.render import draw


def with_code(pdf: bytes, code: str, fonts: FontSet) -> bytes:
    """The PDF with the code at the foot of its first page; as it was where there is no code."""
    if not code:
        return pdf
    layer = draw([[]], fonts, Furniture(Layout.TABLE, PaperContext("", code=code)), "核验码")
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as filed, pikepdf.open(BytesIO(layer.pdf)) as over:
        page = filed.pages[0]
        form = filed.copy_foreign(over.pages[0].as_form_xobject())
        # Not add_overlay: it names the layer at random, and a page must be the same each time.
        name = page.add_resource(form, pikepdf.Name.XObject, pikepdf.Name.Code)
        page.contents_add(b"q", prepend=True)
        page.contents_add(f"Q q {name} Do Q".encode())
        filed.save(out, deterministic_id=True)
    return out.getvalue()
