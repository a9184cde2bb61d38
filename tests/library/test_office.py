"""Where the read-only shelf is found."""

from pathlib import Path

import pytest

from inspector_app.errors import OutsideError
from inspector_app.library.office import forms_dir, office_dir, resources_dir


def test_a_checkout_keeps_forms_and_resources_beside_the_package() -> None:
    assert forms_dir() == office_dir() / "forms"
    assert (forms_dir() / "checklists" / "construction.toml").is_file()
    assert (resources_dir() / "law" / "terms.toml").is_file()


def test_an_installed_package_carries_them_inside(tmp_path: Path) -> None:
    package = tmp_path / "inspector_app"
    for part in ("forms", "resources"):
        (package / "_office" / part).mkdir(parents=True)
        (tmp_path / part).mkdir()
    assert office_dir(package) == package / "_office"


def test_half_a_shelf_is_no_shelf(tmp_path: Path) -> None:
    package = tmp_path / "inspector_app"
    (package / "_office" / "forms").mkdir(parents=True)
    with pytest.raises(OutsideError, match="请重新安装"):
        office_dir(package)
