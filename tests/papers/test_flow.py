"""Items flow onto pages: what belongs together stays together, tables repeat their header."""

from inspector_app.papers.flow import Item, Placed, gap, kept, paginate
from inspector_app.papers.fonts import FontSet
from inspector_app.papers.grid import PAD, Cell, RowStyle, row


def item(height: float, **how: object) -> Item:
    return Item(height, lambda pen, top: None, **how)  # type: ignore[arg-type]  # names of Item


def heights(pages: list[list[Placed]]) -> list[list[float]]:
    return [[placed.item.height for placed in page] for page in pages]


def test_items_fill_a_page_before_the_next_begins() -> None:
    assert heights(paginate([item(40), item(60), item(10)], 100)) == [[40, 60], [10]]


def test_an_item_goes_to_the_page_of_the_one_it_keeps_with() -> None:
    pages = paginate([item(50), item(30, keep=True), item(30)], 100)
    assert heights(pages) == [[50], [30, 30]]


def test_a_chain_longer_than_a_page_is_broken_where_the_page_ends() -> None:
    pages = paginate([item(10), *kept([item(40)] * 3), item(1)], 100)
    assert heights(pages) == [[10, 40, 40], [40, 1]]


def test_white_space_vanishes_at_the_top_of_a_page() -> None:
    assert heights(paginate([gap(5), item(98), gap(5), item(10)], 100)) == [[98], [10]]


def test_the_receipt_stands_at_the_foot_of_its_page() -> None:
    placed = paginate([item(20), item(30, foot=True)], 100)[0]
    assert [one.top for one in placed] == [0, 70]


def test_a_table_repeats_its_header_on_every_page() -> None:
    header = item(10)
    rows = [item(30, head=(header,)) for _ in range(5)]
    assert heights(paginate([header, *rows], 100)) == [[10, 30, 30, 30], [10, 30, 30]]


def test_an_item_higher_than_a_page_stands_alone_when_it_cannot_be_cut() -> None:
    assert heights(paginate([item(10), item(300), item(10)], 100)) == [[10], [300], [10]]


def test_a_row_of_one_long_cell_is_cut_at_the_end_of_each_page(fonts: FontSet) -> None:
    style = RowStyle(10, 1.5)
    header = row([Cell("项目")], [100], fonts, style)
    long = row([Cell("拖欠工资的事实" * 60)], [100], fonts, style, (header,))
    pages = paginate([header, long], 200)
    assert len(pages) > 3
    assert all(sum(one.item.height for one in page) <= 200 for page in pages)
    assert all(page[0].item.height == header.height for page in pages)


def test_what_is_signed_stays_with_the_last_lines_of_its_cell(fonts: FontSet) -> None:
    style = RowStyle(10, 1.5)
    opinion = row([Cell("一\n二\n三\n四", foot=("签名：",))], [100], fonts, style)
    assert opinion.height == 5 * 15 + 2 * PAD
    assert opinion.cut is not None
    parts = opinion.cut(opinion.height - 1)
    assert parts is not None
    assert [round(part.height) for part in parts] == [3 * 15 + 7, 2 * 15 + 7]


def test_a_row_is_not_cut_for_a_single_line(fonts: FontSet) -> None:
    short = row([Cell("一\n二\n三")], [100], fonts, RowStyle(10, 1.5))
    assert short.cut is not None
    assert short.cut(15 + 2 * PAD) is None
    assert short.cut(200) is None


def test_a_number_too_wide_for_its_cell_is_set_smaller_not_split(fonts: FontSet) -> None:
    style = RowStyle(10, 1.5)
    wide = row([Cell("123,456,789.00")], [100], fonts, style)
    narrow = row([Cell("123,456,789.00")], [60], fonts, style)
    assert wide.height == narrow.height


def test_a_low_row_goes_whole_to_the_next_page(fonts: FontSet) -> None:
    low = row([Cell("一\n二\n三\n四")], [100], fonts, RowStyle(10, 1.5))
    assert heights(paginate([item(150), low], 200)) == [[150], [low.height]]
