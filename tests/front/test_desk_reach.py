"""The desk says whether phones can reach the server."""

import pytest
from django.urls import reverse

from tests.conftest import as_person


@pytest.mark.parametrize(("reachable", "shown"), [(True, "/en/reach/"), (False, "HOST=0.0.0.0")])
def test_desk_says_whether_phones_can_reach_the_server(world, settings, reachable, shown):
    settings.PHONES_CAN_REACH = reachable
    other = {"/en/reach/", "HOST=0.0.0.0"} - {shown}

    page = as_person(world.ada).get(reverse("front:desk", kwargs={"edition": world.edition.slug}))

    text = page.content.decode()
    assert shown in text
    assert other.pop() not in text
