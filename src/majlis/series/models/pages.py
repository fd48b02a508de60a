"""What the public pages of an edition say."""

from __future__ import annotations

from pathlib import PurePosixPath

from django.db import models

from majlis.kernel.constraints import one_of
from majlis.kernel.texts import TextField
from majlis.series.models.editions import Edition
from majlis.series.states import LinkDirection, PartnerRole, TextKind


class PublicText(models.Model):
    """One public text of an edition; several of a kind stand in order of position."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="texts")
    kind = models.CharField(max_length=16, choices=TextKind.pairs)
    code = models.CharField(max_length=24)
    title = TextField()
    body = TextField()
    position = models.PositiveSmallIntegerField(default=0)
    is_confirmed = models.BooleanField(default=True)

    class Privacy:
        public: set[str] = {
            "edition", "kind", "code", "title", "body", "position", "is_confirmed",
        }  # fmt: skip
        personal: set[str] = set()
        internal: set[str] = set()

    class Meta:
        ordering = ["kind", "position", "code"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="text_code_once_per_edition")
        ]

    def __str__(self) -> str:
        return str(self.title)


class PictureSlot(models.Model):
    """Something with a picture, the field `picture_field`: a slot that may be empty."""

    picture_field: str
    code: models.CharField[str, str]

    class Meta:
        abstract = True

    @property
    def picture_name(self) -> str:
        """What the picture's file is called in a pack: the code and the ending.

        Nothing while the slot is empty, and when the file was lost.
        """
        picture = getattr(self, self.picture_field)
        if not picture or not picture.storage.exists(picture.name):
            return ""
        return f"{self.code}{PurePosixPath(picture.name).suffix}"


class Partner(PictureSlot):
    """A body behind an edition. Its emblem is a slot: files are never shipped.

    Where `is_confirmed` is false the row itself is a slot: it says that there are such bodies and
    that they are not known yet.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="partners")
    code = models.CharField(max_length=24)
    name = TextField()
    about = TextField()
    role = models.CharField(max_length=12, choices=PartnerRole.pairs)
    website = models.URLField(max_length=400, blank=True)
    emblem = models.FileField(upload_to="emblems/", blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_confirmed = models.BooleanField(default=True)

    picture_field = "emblem"

    class Privacy:
        public: set[str] = {
            "edition", "code", "name", "about", "role", "website", "emblem", "position",
            "is_confirmed",
        }  # fmt: skip
        personal: set[str] = set()
        internal: set[str] = set()

    class Meta:
        ordering = ["position", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "code"], name="partner_code_once_per_edition"
            ),
            models.CheckConstraint(
                name="partner_role_known", condition=one_of("role", PartnerRole)
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def emblem_name(self) -> str:
        """What the emblem's file is called in a pack; nothing while the slot is empty."""
        return self.picture_name

    @emblem_name.setter
    def emblem_name(self, name: str) -> None:
        """Empty the slot; to fill it is to save a file, which an action does."""
        if not name:
            self.emblem = ""


class EditionLink(models.Model):
    """What fed an edition, or what it feeds: a meeting elsewhere, a dialogue, another edition."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="links")
    code = models.CharField(max_length=24)
    direction = models.CharField(max_length=8, choices=LinkDirection.pairs)
    title = TextField()
    about = TextField()
    website = models.URLField(max_length=400, blank=True)
    other = models.ForeignKey(
        Edition, models.SET_NULL, null=True, blank=True, related_name="links_from_others"
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Privacy:
        public: set[str] = {
            "edition", "code", "direction", "title", "about", "website", "other", "position",
        }  # fmt: skip
        personal: set[str] = set()
        internal: set[str] = set()

    class Meta:
        ordering = ["direction", "position", "code"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="link_code_once_per_edition"),
            models.CheckConstraint(
                name="link_direction_known", condition=one_of("direction", LinkDirection)
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)


class GlossaryTerm(models.Model):
    """A term of the field in the languages of an edition, with where it was read and how sure."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="glossary")
    code = models.CharField(max_length=12)
    category = models.CharField(max_length=24)
    term = TextField()
    variants = models.TextField(blank=True)
    definition = models.TextField(blank=True)
    source = models.CharField(max_length=400, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Privacy:
        public: set[str] = {
            "edition", "code", "category", "term", "variants", "definition", "source", "position",
        }  # fmt: skip
        personal: set[str] = set()
        internal: set[str] = set()

    class Meta:
        ordering = ["position", "code"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="term_code_once_per_edition")
        ]

    def __str__(self) -> str:
        return str(self.term)
