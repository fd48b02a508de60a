"""What the big screen of an edition shows now."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from majlis.dialogue.models import Round
from majlis.kernel.clock import now
from majlis.kernel.words import Language, Words
from majlis.series.models import Edition


class Scene(Words):
    """What the stage can show."""

    BLANK = "blank", _("blank")
    NOW_NEXT = "now_next", _("now and up next")
    JOIN = "join", _("how to join")
    TURNOUT = "turnout", _("turnout")
    RESULTS = "results", _("results of a vote")
    EARLIER = "earlier", _("what became of the last recommendations")


WITH_ROUND = frozenset({Scene.TURNOUT, Scene.RESULTS})


class Stage(models.Model):
    """The screen of one edition: its key, its scene, its language."""

    edition = models.OneToOneField(Edition, models.CASCADE, related_name="stage")
    key_serial = models.PositiveIntegerField(default=1)
    scene = models.CharField(max_length=12, choices=Scene.pairs, default=Scene.BLANK)
    language = models.CharField(max_length=2, choices=Language.pairs, default=Language.EN)
    round = models.ForeignKey(Round, models.SET_NULL, null=True, blank=True, related_name="+")
    page = models.PositiveSmallIntegerField(default=1)
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=now)

    class Privacy:
        public: set[str] = {"edition", "scene", "language", "round", "page", "revision"}
        personal: set[str] = set()
        internal = {"key_serial", "changed_at"}

    def __str__(self) -> str:
        return f"stage of {self.edition.slug}"
