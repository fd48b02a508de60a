"""What groups are called, and in which order they stand."""

from functools import partial

from django.utils import translation

from majlis.dialogue.views.labels import cell_label, cell_order


def in_order(level, keys):
    return [cell_label(level, key) for key in sorted(keys, key=partial(cell_order, level))]


def test_groups_stand_as_declared_and_unknown_ones_last():
    with translation.override("en"):
        assert in_order("family", ["", "finance", "firms", "authorities"])[-1] == "Group not known"
        assert in_order("constituency", ["sme", "ministry"])[0].startswith("Ministry")


def test_countries_stand_in_the_order_of_the_reader():
    with translation.override("fr"):
        assert in_order("country", ["", "DE", "EG", "DZ", "AL"])[:4] == [
            "Albanie", "Algérie", "Allemagne", "Égypte",
        ]  # fmt: skip
