from dataclasses import dataclass

import numpy as np
import pytest

from opinionspace import canonical_json, digest


@dataclass(frozen=True)
class Pair:
    name: str
    values: np.ndarray


def test_canonical_json_has_one_spelling():
    assert canonical_json({"b": 1 / 3, "a": (True, None, -0.0, 2.0, np.float64("inf"))}) == (
        '{"a":[true,null,0,2,null],"b":0.333333333}'
    )


def test_digest_ignores_the_last_bits_and_sees_the_ninth_digit():
    value = {"x": np.array([0.1, 0.2, 1e300])}

    assert digest({"x": value["x"] * (1 + 1e-15)}) == digest(value)
    assert digest({"x": value["x"] * (1 + 1e-8)}) != digest(value)


def test_digest_reads_dataclasses():
    assert digest(Pair("a", np.array([1]))) == digest({"values": [1], "name": "a"})


def test_canonical_json_refuses_what_has_no_form():
    with pytest.raises(TypeError, match="object has no canonical form"):
        canonical_json({"x": object()})
