"""LibreOffice opens what we write, prints it within the page, and its own formats are read back."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader

from inspector_app.library.office import office_dir
from inspector_app.sheets.fields import Kind
from inspector_app.sheets.importing import ImportRead, read_rows
from inspector_app.sheets.ledger_out import write_case_ledger, write_claims
from inspector_app.sheets.lines_out import ClaimsHead
from inspector_app.sheets.mapping import guess
from inspector_app.sheets.read import read_workbook
from tests.sheets.builders import TODAY, case_line, claim_line, clue_row, clue_workbook, head

pytestmark = pytest.mark.long
POINTS_A3, POINTS_A4 = (1191, 842), (842, 595)


def convert(path: Path, to: str) -> Path:
    """What LibreOffice makes of the file, with the program's own fonts: a machine may have none."""
    office = shutil.which("soffice")
    assert office, "the long tier needs LibreOffice: apt-get install libreoffice-calc"
    profile, fonts = path.parent / "profile", path.parent / "fonts.conf"
    fonts.write_text(
        f"<fontconfig><dir>{office_dir() / 'resources/fonts'}</dir>"
        f"<cachedir>{path.parent / 'fonts'}</cachedir></fontconfig>"
    )
    command = [office, f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", to]
    subprocess.run(
        [*command, "--outdir", str(path.parent), str(path)],
        check=True,
        capture_output=True,
        timeout=180,
        env={**os.environ, "FONTCONFIG_FILE": str(fonts)},
    )
    return path.with_suffix(f".{to}")


def page_sizes(pdf: PdfReader) -> set[tuple[int, int]]:
    return {(round(page.mediabox.width), round(page.mediabox.height)) for page in pdf.pages}


def test_the_ledger_prints_within_the_width_of_a3_pages(tmp_path: Path) -> None:
    path = tmp_path / "ledger.xlsx"
    write_case_ledger(path, [case_line(n) for n in range(1, 41)], head(), masked=False)
    pdf = PdfReader(convert(path, "pdf"))
    pages = [page.extract_text() for page in pdf.pages]
    assert page_sizes(pdf) == {POINTS_A3, POINTS_A4}
    ledger_pages = [text for text in pages if "欠薪责任主体" in text]
    # One page wide: the first and the last column's headings stand on every page of the ledger.
    assert len(ledger_pages) == 2
    assert all("案件号" in text and "备注" in text for text in ledger_pages)
    assert "#" not in "".join(pages)
    total = sum(case_line(n).amount_fen or 0 for n in range(1, 41)) / 100
    assert f"{total:,.2f}" in ledger_pages[-1]
    assert all(f"第{n}页 共{len(pages)}页" in text for n, text in enumerate(pages, start=1))


def test_the_wage_list_prints_on_a4(tmp_path: Path) -> None:
    path = tmp_path / "claims.xlsx"
    lines = [claim_line(n, settled_fen=100) for n in range(1, 21)]
    write_claims(path, lines, head(), ClaimsHead("案1", "甲公司", "项目乙"), masked=False)
    pdf = PdfReader(convert(path, "pdf"))
    assert page_sizes(pdf) == {POINTS_A4}
    text = "".join(page.extract_text() for page in pdf.pages)
    assert claim_line(7).id_number in text
    assert f"{sum(line.owing_fen for line in lines) / 100:,.2f}" in text


def imported(path: Path) -> ImportRead:
    sheet = read_workbook(path)[0]
    return read_rows(sheet, guess(sheet, Kind.CLUES), today=TODAY)


@pytest.mark.parametrize("to", ["xls", "ods"])
def test_the_same_list_in_another_format_imports_the_same(tmp_path: Path, to: str) -> None:
    rows = [clue_row(1, "134.66万元"), clue_row(2, 17.06), clue_row(3, 5, employer=None)]
    path = clue_workbook(tmp_path / "a.xlsx", rows, unit="万元")
    first, again = imported(path), imported(convert(path, to))
    assert [row.values for row in again.accepted] == [row.values for row in first.accepted]
    assert [row.import_key for row in again.accepted] == [row.import_key for row in first.accepted]
    assert again.data_rows == first.data_rows == 3
