import json
from pathlib import Path

import pytest

ORACLES = Path(__file__).parents[1] / "goldens" / "deciding_oracles.json"


@pytest.fixture(scope="session")
def peers():
    """What other programs made of the same ratings (bench/deciding_oracles.py)."""
    return json.loads(ORACLES.read_text(encoding="utf-8"))
