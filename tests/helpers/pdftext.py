"""The text of a PDF as a reader copies it out."""

import re
import subprocess
from pathlib import Path


def text_of(path: Path) -> str:
    """All text of the file in reading order, blanks and line ends taken out."""
    made = subprocess.run(
        ["pdftotext", "-layout", "-enc", "UTF-8", str(path), "-"], check=True, capture_output=True
    )
    return re.sub(r"\s+", "", made.stdout.decode("utf-8"))
