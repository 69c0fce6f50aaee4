"""What the tests of the lessons share: the builder, and each lesson run once in the real kernel."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "notebooks"))

import build  # noqa: E402

TEXTS = build.texts()


@pytest.fixture(params=TEXTS, ids=lambda text: text.stem)
def text(request):
    return request.param


@pytest.fixture(scope="session")
def ran():
    """Runs a lesson the first time it is asked for; gives the notebook with outputs and the seconds."""
    done = {}

    def run(stem: str):
        if stem not in done:
            done[stem] = build.run(build.HERE / f"{stem}.ipynb")
        return done[stem]

    return run
