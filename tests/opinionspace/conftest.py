"""Real conversations, read where they lie; tests are skipped where they do not."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from opinionspace import Votes
from opinionspace.export import read_export

SHARED = Path(os.environ.get("MAJLIS_SHARED", Path(__file__).resolve().parents[3] / "shared"))
OPINION = SHARED / "data" / "opinion"
MATH = (
    "150ptpt-3gp-no-strict-no-meta",
    "25ptpt-3gp-no-strict-with-meta",
    "below-100-ptpts",
)
OPEN_DATA = (
    "15-per-hour-seattle",
    "brexit-consensus",
    "london.youth.policing",
    "scoop-hivemind.ubi",
)


@dataclass(frozen=True)
class Oracle:
    """A conversation with the state that Polis itself stored for it."""

    votes: Votes
    math: dict

    def column(self, statement_id):
        return int(np.searchsorted(self.votes.statement_ids, statement_id))

    def row(self, voice_id):
        return int(np.searchsorted(self.votes.voice_ids, voice_id))

    def stored_groups(self):
        """Return the stored group of every voice, -1 outside the conversation."""
        bases = self.math["base-clusters"]
        members = dict(zip(bases["id"], bases["members"], strict=True))
        group = np.full(self.votes.n_voices, -1)
        for number, one in enumerate(self.math["group-clusters"]):
            for base in one["members"]:
                for voice in members[base]:
                    group[self.row(voice)] = number
        return group


def _shared(*parts):
    path = OPINION.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"needs the shared conversation {path}, or MAJLIS_SHARED set to where it is")
    return path


def _oracle(name):
    folder = _shared("polis-math", name)
    return Oracle(read_export(folder).votes(), json.loads((folder / "math-pca2.json").read_text()))


@pytest.fixture(params=MATH)
def oracle(request):
    return _oracle(request.param)


@pytest.fixture
def oracles():
    return [_oracle(name) for name in MATH]


@pytest.fixture(params=OPEN_DATA)
def open_data(request):
    """Folder of a published conversation."""
    return _shared("openData", request.param)


@pytest.fixture
def shared():
    """Function from parts of a path under the shared opinion data to that path, or a skip."""
    return _shared


@pytest.fixture
def shared_case():
    """The folder of a small case, by name."""

    def case(name):
        folder = SHARED / "cases" / "opinion" / name
        if not folder.is_dir():
            pytest.skip(f"{folder} is not there")
        return folder

    return case
