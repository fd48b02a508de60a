"""What sealing leaves on the disk."""

from __future__ import annotations

import json
import zipfile

import pytest

VOICES = 20
HELD = f"""VOICES = {VOICES}
import json
from majlis.front import packs
from majlis.front.rehearsal import make_rehearsal
from majlis.front.sealing import seal_edition
from majlis.dialogue import actions
from majlis.dialogue.models import Contribution, Round, VoteEvent
from majlis.kernel.ledger import CONSOLE
from majlis.registration.models import Voice
from majlis.series.models import Edition
"""
MADE = (
    HELD
    + """
from pathlib import Path
edition = make_rehearsal(packs.load(Path("editions/tunis-2026")).edition, voices=VOICES, by=CONSOLE)
for round in Round.objects.filter(edition=edition, state="open"):
    actions.show_results(actions.close_round(round, by=CONSOLE), by=CONSOLE)
gone = [*Voice.objects.values_list("code", flat=True)]
gone += [*map(str, Voice.objects.values_list("pk", flat=True))]
gone += [*Contribution.objects.values_list("key", flat=True)]
print(json.dumps(gone))
"""
)
SEALED = (
    HELD
    + """
edition = Edition.objects.get(is_rehearsal=True)
seal_edition(edition, by=CONSOLE)
"""
)
KILLED = (
    HELD
    + """
import os
import majlis.registration.sealing as last
from majlis.series import sealing
last.PART = sealing.SealingPart(seal=lambda _edition: os._exit(9))
seal_edition(Edition.objects.get(is_rehearsal=True), by=CONSOLE)
"""
)
COUNTED = (
    HELD
    + """
edition = Edition.objects.get(is_rehearsal=True)
joined = Voice.objects.filter(registration__isnull=False).count()
print(json.dumps([edition.is_sealed, joined, VoteEvent.objects.exclude(channel="").count()]))
"""
)


@pytest.mark.early
def test_sealing_is_whole_or_not_at_all_and_leaves_nothing_in_the_folder_or_a_backup(install):
    here = install()
    gone = json.loads(here.python(MADE))
    earlier, later = here.var / "backups" / "earlier.zip", here.var.parent / "later.zip"
    earlier.parent.mkdir(exist_ok=True)
    assert here.run("backup", earlier).returncode == 0
    before = here.python(COUNTED)

    with pytest.raises(AssertionError):
        here.python(KILLED)
    assert here.python(COUNTED) == before
    assert json.loads(before)[:2] == [False, VOICES]
    assert earlier.exists()

    here.python(SEALED)
    assert json.loads(here.python(COUNTED)) == [True, 0, 0]
    assert here.run("backup", later).returncode == 0
    assert not earlier.exists()
    with zipfile.ZipFile(later) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    held |= {str(path): path.read_bytes() for path in here.var.rglob("*") if path.is_file()}
    assert [
        (name, one) for name, data in held.items() for one in gone if one.encode() in data
    ] == []
