"""Styles, settings and the page of a Word document after GB/T 9704: margins and 28 × 22 grid."""

from inspector_app.papers.fonts import Role
from inspector_app.papers.geometry import MM, TITLE_PITCH, TITLE_SIZE, Measure
from inspector_app.papers.word.package import W
from inspector_app.papers.word.xml import (
    PLAIN_LINES,
    fonts_of,
    pitch_of,
    size_of,
    tracking_of,
    twips,
)

NORMAL = "Normal"
TITLE, NUMBER, ADDRESSEE, BODY = "GwTitle", "GwNumber", "GwAddressee", "GwBody"
HEADING, SUBHEADING, IN_TABLE, SMALL = "GwHeading", "GwSubheading", "GwTable", "GwSmall"

_CHAR_SPACE_UNITS = 4096  # of a point, in which the character grid tells its space
EDGES = (("top", 37.0), ("right", 26.0), ("bottom", 35.0), ("left", 28.0))
_MS = "http://schemas.microsoft.com/office/word"


_Text = tuple[Role, float, float, float]  # role, size, line pitch, tracking


def styles_xml(measure: Measure) -> str:
    """The styles of running text at a measure; an editor finds them by their Chinese names."""
    body = (Role.BODY, measure.size, measure.line_pitch, measure.tracking)
    named = (
        _style(TITLE, "公文标题", (Role.TITLE, TITLE_SIZE, TITLE_PITCH, 0.0), "center"),
        _style(NUMBER, "发文字号", body, "right"),
        _style(ADDRESSEE, "主送机关", body, "left"),
        _style(BODY, "公文正文", body, "both", first=2),
        _style(HEADING, "一级标题", (Role.HEI, *body[1:]), "both", first=2),
        _style(SUBHEADING, "二级标题", (Role.KAI, *body[1:]), "both", first=2),
        _style(IN_TABLE, "表格文字", (Role.BODY, 12.0, 18.0, 0.0), "left"),
        _style(SMALL, "公文小字", (Role.BODY, 12.0, 17.0, 0.0), "left"),
    )
    return (
        f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>{fonts_of(Role.BODY)}'
        f"{size_of(measure.size)}"
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        f'<w:style w:type="paragraph" w:default="1" w:styleId="{NORMAL}"><w:name w:val="Normal"/>'
        f"<w:qFormat/>{_props(body, 'left')}</w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr>'
        '<w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
        f"{''.join(named)}</w:styles>"
    )


def _style(style_id: str, name: str, text: _Text, align: str, first: int = 0) -> str:
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{style_id}">'
        f'<w:name w:val="{name}"/><w:basedOn w:val="{NORMAL}"/><w:qFormat/>'
        f"{_props(text, align, first)}</w:style>"
    )


def _props(text: _Text, align: str, first: int = 0) -> str:
    role, size, pitch, tracking = text
    indent = f'<w:ind w:firstLineChars="{first * 100}" w:firstLine="{twips(first * size)}"/>'
    return (
        f"<w:pPr><w:widowControl/><w:kinsoku/>{PLAIN_LINES}"
        f'<w:spacing w:line="{pitch_of(pitch)}" w:lineRule="exact"/>'
        f'{indent if first else ""}<w:jc w:val="{align}"/></w:pPr>'
        f"<w:rPr>{fonts_of(role)}{tracking_of(tracking)}{size_of(size)}</w:rPr>"
    )


def settings_xml(*, even_and_odd: bool) -> str:
    """What Chinese Word writes itself; without mode 15 it would open as an old document."""
    odd = "<w:evenAndOddHeaders/>" if even_and_odd else ""
    return (
        f'<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/>'
        "<w:bordersDoNotSurroundHeader/><w:bordersDoNotSurroundFooter/>"
        f'<w:defaultTabStop w:val="420"/>{odd}'
        '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat>'
        "<w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/>"
        "<w:ulTrailSpace/><w:doNotExpandShiftReturn/><w:useFELayout/>"
        f'<w:compatSetting w:name="compatibilityMode" w:uri="{_MS}" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def page_xml(measure: Measure, header: float, footer: float) -> str:
    """Size, margins and grid of the page, without the tags of the section around them."""
    space = round(measure.tracking * _CHAR_SPACE_UNITS)
    edges = " ".join(f'w:{edge}="{twips(width * MM)}"' for edge, width in EDGES)
    return (
        f'<w:pgSz w:w="{twips(210 * MM)}" w:h="{twips(297 * MM)}"/>'
        f'<w:pgMar {edges} w:header="{twips(header)}" w:footer="{twips(footer)}" w:gutter="0"/>'
        '<w:cols w:space="425"/>'
        f'<w:docGrid w:type="linesAndChars" w:linePitch="{pitch_of(measure.line_pitch)}" '
        f'w:charSpace="{space}"/>'
    )
