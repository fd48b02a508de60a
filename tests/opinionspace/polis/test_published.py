"""The groups Polis published with its open data, against our map of the same votes.

An export carries the votes of the day it was made and the groups of some day before. Who is
in a group tells whether the two belong together: the recipe groups whoever has min(7, m)
votes, and the first fifteen; it groups nobody else. A published state that groups others is
called stale, whether an earlier moment or another version of the recipe made it.

None of these four exports has a column for meta statements, which the maths of Polis treats
as moderated out. `META` holds what their texts and groups say about them.
"""

import numpy as np
import pytest

from opinionspace import polis
from opinionspace.export import read_export
from tests.opinionspace.rand import adjusted_rand

CURRENT = {
    "15-per-hour-seattle": True,
    "brexit-consensus": False,  # groups six people with three to six votes
    "london.youth.policing": True,
    "scoop-hivemind.ubi": False,  # groups everybody, 40 people with a single vote among them
}
META = {
    # age, gender, language and ethnicity of the speaker: all that its organiser asked
    "london.youth.policing": [1, *range(4, 15)],
    # "I can speak a European language."
    "brexit-consensus": [15],
}


class Published:
    """A published conversation with the meta marks that its export lacks."""

    def __init__(self, folder):
        self.name = folder.name
        export = read_export(folder)
        self.as_exported = export.votes()
        self.votes = self.as_exported.with_marks(is_meta=dict.fromkeys(META.get(self.name, ()), 1))
        self.group = export.groups(self.votes)

    def is_current(self):
        """Whether the people in groups are those whom the recipe groups, on these votes."""
        grouped = self.group >= 0
        enough = np.diff(self.votes.indptr) >= min(7, self.votes.n_statements)
        return bool(not (grouped & ~polis.included(self.votes)).any() and grouped[enough].all())

    def disagreeing(self, votes):
        """Count the people who lie nearer to the middle of another published group."""
        grouped = self.group >= 0
        places, group = polis.axes(votes).projections[grouped], self.group[grouped]
        middles = np.array([places[group == one].mean(axis=0) for one in range(group.max() + 1)])
        nearest = ((places[:, None] - middles) ** 2).sum(axis=2).argmin(axis=1)
        return int(np.count_nonzero(nearest != group))


@pytest.fixture
def published(open_data):
    return Published(open_data)


def test_who_is_in_a_group_tells_whether_a_published_state_is_current(published):
    assert published.is_current() == CURRENT[published.name]


@pytest.mark.parametrize("name", [name for name, current in CURRENT.items() if current])
def test_current_groups_are_where_our_map_has_them(shared, name):
    published = Published(shared("openData", name))

    assert published.disagreeing(published.votes) <= 0.03 * np.count_nonzero(published.group >= 0)


@pytest.mark.parametrize(
    ("name", "as_exported", "marked"),
    [
        ("15-per-hour-seattle", 1, 1),
        ("brexit-consensus", 6, 0),
        ("london.youth.policing", 5, 0),
        ("scoop-hivemind.ubi", 100, 100),
    ],
)
def test_people_nearer_to_another_group_are_as_many_as_documented(
    shared, name, as_exported, marked
):
    published = Published(shared("openData", name))

    assert published.disagreeing(published.as_exported) == as_exported
    assert published.disagreeing(published.votes) == marked


def test_one_meta_statement_explains_brexit_and_no_other_could(shared):
    published = Published(shared("openData", "brexit-consensus"))
    ids = published.votes.statement_ids.tolist()

    left = {
        one: published.disagreeing(published.as_exported.with_marks(is_meta={one: 1}))
        for one in ids
    }

    assert [one for one in ids if left[one] < 5] == META[published.name]


def test_london_comes_out_from_its_votes_alone(shared):
    published = Published(shared("openData", "london.youth.policing"))

    result = polis.analyse(published.votes)

    grouped = published.group >= 0
    assert result.k == 3
    assert adjusted_rand(result.group_of_voice[grouped], published.group[grouped]) == 1.0
