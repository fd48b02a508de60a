"""One spelling of plain values, one digest."""

import pytest

from majlis.kernel.canonical import canonical_json, digest_of


def test_canonical_json_sorts_keys_and_keeps_letters():
    assert canonical_json({"b": [1, None], "a": "سجل"}) == '{"a":"سجل","b":[1,null]}'


def test_digest_of_does_not_depend_on_the_order_of_keys():
    assert digest_of({"a": 1, "b": 2}) == digest_of({"b": 2, "a": 1})


def test_digest_of_is_sha_256_of_the_json():
    assert digest_of({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


def test_canonical_json_refuses_what_has_no_spelling():
    with pytest.raises(ValueError, match="JSON compliant"):
        canonical_json(float("nan"))
