"""What counts as saying the same, in three languages."""

import pytest

from majlis.dialogue.queries.likeness import Likenesses, likeness, speaks_of, stems


def alike(a, b):
    return likeness(stems(a), stems(b))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Open a public register of clusters.", "We should open one public register for clusters"),
        ("Créer un guichet unique.", "creer un Guichet UNIQUE"),
        ("إنشاء سجل عمومي للعناقيد", "انشاءُ سجلٍّ عموميٍّ للعناقيد"),
        ("دعم المؤسّسات الصغـــرى", "دعم مؤسسات صغرى"),
    ],
)
def test_same_thing_said_otherwise_is_alike(one, other):
    assert alike(one, other) >= 0.5


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Open a public register of clusters.", "Train engineers in small firms."),
        ("Créer un guichet unique.", "Il faut que les banques soient dans le comité."),
        ("إنشاء سجل عمومي للعناقيد", "تمويل البحث التطبيقي في الجامعات"),
        ("", "Anything."),
        ("The and for.", "The and for."),
    ],
)
def test_other_things_are_not_alike(one, other):
    assert alike(one, other) == 0


def test_arabic_letters_are_brought_to_one_form():
    assert stems("أُفُق آفاق إلى مدينة") == stems("افق افاق الى مدينه")


def test_likenesses_rank_the_nearest_first_and_leave_out_the_thing_itself():
    known = Likenesses(
        [
            (1, "Open a public register of clusters."),
            (2, "Open a public register of training bodies in clusters."),
            (3, "Train engineers."),
        ]
    )

    found = known.of("Open a public register of clusters", but=1)

    assert [like.key for like in found] == [2]


def test_search_finds_every_word_in_any_form():
    assert speaks_of("registre PUBLIC", "Un registre public des clusters")
    assert not speaks_of("registre privé", "Un registre public des clusters")
