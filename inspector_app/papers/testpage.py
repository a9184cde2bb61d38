"""A page to try a printer with: the type area, a ruler, and every font at the sizes papers use."""

from io import BytesIO

from inspector_app.papers.binding import blank_canvas
from inspector_app.papers.fonts import FontSet, Role
from inspector_app.papers.geometry import (
    BOTTOM,
    HEIGHT,
    LEFT,
    MM,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    TOP,
    WIDTH,
)
from inspector_app.papers.pen import Pen, Style

SAMPLES = (
    (Role.TITLE, 22, "打印测试页"),
    (Role.BODY, 16, "三号仿宋：责令限期改正，足额支付农民工工资。"),
    (Role.HEI, 16, "三号黑体：一、查明的事实"),
    (Role.KAI, 16, "三号楷体：（一）拖欠工资的人员和金额"),
    (Role.BODY, 12, "小四仿宋：人名用字 𬱖、喆、堃、祎、䶮、㛃"),
    (Role.LATIN, 14, "— 1 —　0123456789　〔2026〕"),
)


def trial_page(fonts: FontSet) -> bytes:
    """One page as PDF: its frame is the type area of GB/T 9704, 156 by 225 mm."""
    out = BytesIO()
    canvas = blank_canvas(out, fonts)
    canvas.setTitle("打印测试页")
    pen = Pen(canvas, fonts)
    pen.frame(LEFT, BOTTOM + HEIGHT, WIDTH, HEIGHT, 0.5)
    y = PAGE_HEIGHT - TOP - 40
    for role, size, text in SAMPLES:
        pen.text(LEFT + 12, y, text, Style(role, size))
        y -= 40
    small = Style(Role.BODY, 10.5)
    pen.text(LEFT + 12, y, "外框应距上边 37 毫米、左边 28 毫米，宽 156 毫米、高 225 毫米。", small)
    _ruler(pen, LEFT + 12, y - 40)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _ruler(pen: Pen, x: float, y: float) -> None:
    """100 mm with a mark each 10 mm: what is printed smaller than it is shows here."""
    for tick in range(11):
        at = x + tick * 10 * MM
        pen.canvas.line(at, y, at, y + (10 if tick % 5 == 0 else 6))
        if tick % 5 == 0:
            pen.text(at - 6, y - 14, f"{tick * 10}", Style(Role.LATIN, 10.5))
    pen.canvas.line(x, y, x + 100 * MM, y)
    pen.text(min(x + 104 * MM, PAGE_WIDTH - 60), y, "毫米", Style(Role.BODY, 10.5))
