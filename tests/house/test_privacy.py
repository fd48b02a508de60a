"""Every model says of each field whether it is public, personal or internal."""

import pytest
from django.apps import apps

from majlis.kernel.privacy import forgotten

MODELS = [m for m in apps.get_models() if m.__module__.startswith("majlis.")]


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_model_marks_every_field(model):
    assert forgotten(model) == set()
