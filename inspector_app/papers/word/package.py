"""Puts the parts of a Word document into its zip file: no clock, no machine, the same bytes."""

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from xml.sax.saxutils import escape

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_MIME = "application/vnd.openxmlformats-officedocument"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = f'xmlns:w="{W}" xmlns:r="{_OFFICE}"'
_NO_TIME = "2020-01-01T00:00:00Z"  # a file made twice is the same file
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Part:
    """A part beside the document itself: footer2 is `kind` footer, `name` footer2."""

    name: str
    kind: str
    xml: str


def packed(body: str, parts: Sequence[Part], title: str, author: str) -> bytes:
    """The bytes of a .docx; the n-th part is known to the body as rId n."""
    document = f"<w:document {SPACES}><w:body>{body}</w:body></w:document>"
    files = {
        "[Content_Types].xml": _content_types(parts),
        "_rels/.rels": _package_relations(),
        "docProps/app.xml": _app(),
        "docProps/core.xml": _core(title, author),
        "word/document.xml": document,
        "word/_rels/document.xml.rels": _document_relations(parts),
        **{f"word/{part.name}.xml": part.xml for part in parts},
    }
    return _zipped(files)


def _zipped(files: Mapping[str, str]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, xml in files.items():
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # else the zip tells Windows from Linux
            package.writestr(entry, _DECLARATION + xml)
    return out.getvalue()


def _content_types(parts: Sequence[Part]) -> str:
    kinds = {
        f"/word/{part.name}.xml": f"{_MIME}.wordprocessingml.{part.kind}+xml" for part in parts
    }
    kinds |= {
        "/word/document.xml": f"{_MIME}.wordprocessingml.document.main+xml",
        "/docProps/app.xml": f"{_MIME}.extended-properties+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    overrides = "".join(
        f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in kinds.items()
    )
    return (
        f'<Types xmlns="{_TYPES}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relation(number: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'


def _relations(*relations: str) -> str:
    return f'<Relationships xmlns="{_RELATIONS}">{"".join(relations)}</Relationships>'


def _package_relations() -> str:
    core = f"{_RELATIONS}/metadata/core-properties"
    return _relations(
        _relation(1, f"{_OFFICE}/officeDocument", "word/document.xml"),
        _relation(2, core, "docProps/core.xml"),
        _relation(3, f"{_OFFICE}/extended-properties", "docProps/app.xml"),
    )


def _document_relations(parts: Sequence[Part]) -> str:
    return _relations(
        *(
            _relation(number, f"{_OFFICE}/{part.kind}", f"{part.name}.xml")
            for number, part in enumerate(parts, 1)
        )
    )


def _app() -> str:
    space = f"{_OFFICE.removesuffix('/relationships')}/extended-properties"
    return f'<Properties xmlns="{space}"><Application>inspector-app</Application></Properties>'


def _core(title: str, author: str) -> str:
    who, what = escape(author), escape(title)
    return (
        f'<cp:coreProperties xmlns:cp="{_CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{what}</dc:title><dc:creator>{who}</dc:creator>"
        f"<cp:lastModifiedBy>{who}</cp:lastModifiedBy><cp:revision>1</cp:revision>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{_NO_TIME}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{_NO_TIME}</dcterms:modified>'
        "<dc:language>zh-CN</dc:language></cp:coreProperties>"
    )
