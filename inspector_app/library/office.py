"""Where the office's own read-only shelf stands: forms/ and resources/."""

from pathlib import Path

import inspector_app
from inspector_app.errors import OutsideError


def office_dir(package: Path | None = None) -> Path:
    """The folder that holds forms/ and resources/.

    Inside an installed wheel and a frozen bundle both travel in the package as `_office`;
    in a checkout they stand beside the package. `package` is for tests.
    """
    home = package or Path(inspector_app.__file__).resolve().parent
    for place in (home / "_office", home.parent):
        if (place / "forms").is_dir() and (place / "resources").is_dir():
            return place
    raise OutsideError("程序文件不完整，找不到 forms 和 resources 目录，请重新安装", kind="office")


def forms_dir() -> Path:
    """Paper kinds and checklists."""
    return office_dir() / "forms"


def resources_dir() -> Path:
    """Law, calendar, divisions, settings, fonts, icons, theme, help and licences."""
    return office_dir() / "resources"
