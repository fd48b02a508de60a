"""What is done to series and editions. Only actions write."""

from majlis.series.actions.checks import answer_readiness, tick_check
from majlis.series.actions.editions import (
    change_edition,
    change_series,
    make_edition,
    make_series,
    set_edition_state,
)
from majlis.series.actions.files import add_file, remove_file
from majlis.series.actions.loading import (
    drop_upload,
    keep_digests,
    keep_rehearsal,
    keep_upload,
    load_pack,
)
from majlis.series.actions.parts import (
    copy_parts,
    forget_speaker,
    give_part,
    move_part,
    remove_part,
    retire_part,
    save_part,
    set_people,
)
from majlis.series.actions.programme import move_session, place_session, publish_programme
from majlis.series.actions.questions import set_usual_questions

__all__ = [
    "add_file",
    "answer_readiness",
    "change_edition",
    "change_series",
    "copy_parts",
    "drop_upload",
    "forget_speaker",
    "give_part",
    "keep_digests",
    "keep_rehearsal",
    "keep_upload",
    "load_pack",
    "make_edition",
    "make_series",
    "move_part",
    "move_session",
    "place_session",
    "publish_programme",
    "remove_file",
    "remove_part",
    "retire_part",
    "save_part",
    "set_edition_state",
    "set_people",
    "set_usual_questions",
    "tick_check",
]
