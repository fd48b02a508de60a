"""Tests that issue documents, each with a folder of its own for their files."""

import shutil
import tempfile

from django.test import override_settings
from hypothesis.extra.django import TestCase


class WithOwnFiles(TestCase):
    def setUp(self):
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        held = override_settings(MEDIA_ROOT=folder)
        held.enable()
        self.addCleanup(held.disable)
