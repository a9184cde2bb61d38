"""The shipped library, read once for all tests of this folder."""

from pathlib import Path

import pytest

from inspector_app.library.loading import Library, load_library
from inspector_app.library.office import office_dir
from tests.library.shelf import copied_office


@pytest.fixture(scope="session")
def library() -> Library:
    return load_library(office_dir())


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return copied_office(tmp_path / "office")
