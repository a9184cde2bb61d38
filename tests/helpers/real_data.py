"""Where the public data beside the project lie; a test that asks for them fails when they do not.

Tests that call this carry `@pytest.mark.real_data`: the README's test command leaves them out,
`.ci/run` always runs them.
"""

import os
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[2]


def shared_data(*parts: str) -> Path:
    """The folder of public data, or a path in it: shared_data("cn_calendar", "x.json")."""
    named = os.environ.get("INSPECTOR_SHARED_DATA", "")
    root = Path(named) if named else REPO.parent / "shared" / "data"
    path = root.joinpath(*parts)
    if not path.exists():
        pytest.fail(
            f"public data not found: {path}; set INSPECTOR_SHARED_DATA to the data folder, "
            'or leave these tests out with -m "not real_data"',
            pytrace=False,
        )
    return path
