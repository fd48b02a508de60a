"""What counts as saying the same, in three languages."""

import pytest

from majlis.kernel.analysis import stems
from majlis.kernel.likeness import Likenesses, likeness


def alike(a, b, lang):
    one, other = stems(a, lang), stems(b, lang)
    return likeness(len(one & other), len(one), len(other))


@pytest.mark.parametrize(
    ("lang", "one", "other"),
    [
        ("en", "Open a public register of clusters.", "Open one public register for clusters"),
        ("fr", "Créer un guichet unique.", "creer un Guichet UNIQUE"),
        ("ar", "إنشاء سجل عمومي للعناقيد", "انشاءُ سجلٍّ عموميٍّ للعناقيد"),
        ("ar", "دعم المؤسّسات الصغـــرى", "دعم مؤسسات صغرى"),
    ],
)
def test_same_thing_said_otherwise_is_alike(lang, one, other):
    assert alike(one, other, lang) >= 0.5


@pytest.mark.parametrize(
    ("lang", "one", "other"),
    [
        ("en", "Open a public register of clusters.", "Train engineers in small firms."),
        ("fr", "Créer un guichet unique.", "Il faut que les banques soient dans le comité."),
        ("ar", "إنشاء سجل عمومي للعناقيد", "تمويل البحث التطبيقي في الجامعات"),
        ("en", "", "Anything."),
        ("en", "The and for.", "The and for."),
    ],
)
def test_other_things_are_not_alike(lang, one, other):
    assert alike(one, other, lang) == 0


def test_likenesses_rank_the_nearest_first_and_leave_out_the_thing_itself():
    known = Likenesses(
        [
            (1, "Open a public register of clusters.", "en"),
            (2, "Open a public register of training bodies in clusters.", "en"),
            (3, "Train engineers.", "en"),
        ]
    )

    found = known.of("Open a public register of clusters", "en", but=1)

    assert [like.key for like in found] == [2]
