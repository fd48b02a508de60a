"""HEAD answers as GET does, at every address."""

from __future__ import annotations

import pytest
from django.urls import reverse

from majlis.config.asgi import OUTSIDE
from tests.house.test_access import ADDRESSES, client_of

VARYING = {"Set-Cookie", "Vary", "ETag", "Content-Length"}


@pytest.mark.parametrize("name", sorted({*ADDRESSES} - {*OUTSIDE}))
def test_head_answers_as_get_does(world, name):
    client = client_of(world, "ada")
    path = reverse(name, kwargs=ADDRESSES[name].kwargs(world))

    got, head = client.get(path), client.head(path)

    assert (head.status_code, b"".join(head)) == (got.status_code, b"")
    assert {k: v for k, v in head.items() if k not in VARYING} == {
        k: v for k, v in got.items() if k not in VARYING
    }
