"""People who have a part in the sessions of an edition, as its pages present them."""

from __future__ import annotations

from django.db import models

from majlis.kernel.texts import TextField
from majlis.series.models.editions import Edition
from majlis.series.models.pages import PictureSlot


class Speaker(PictureSlot):
    """Somebody with a part in the programme. Named in public only once they have agreed to it.

    Sessions name speakers by identifier, published versions too, so that whoever is deleted here
    is named nowhere any more. Nothing joins a speaker to a registration but the address.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="speakers")
    code = models.CharField(max_length=12)
    name = TextField()
    function = TextField()
    organisation = TextField()
    biography = TextField()
    photo = models.FileField(upload_to="photos/", blank=True)
    email = models.EmailField(blank=True)
    has_agreed = models.BooleanField(default=False)
    photo_agreed = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    picture_field = "photo"

    class Privacy:
        public: set[str] = {"edition", "code", "position"}
        personal: set[str] = {
            "name", "function", "organisation", "biography", "photo", "email", "has_agreed",
            "photo_agreed",
        }  # fmt: skip
        internal: set[str] = set()

    class Meta:
        ordering = ["position", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "code"], name="speaker_code_once_per_edition"
            )
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def photo_name(self) -> str:
        """What the photo's file is called in a pack; nothing while there is none."""
        return self.picture_name

    @photo_name.setter
    def photo_name(self, name: str) -> None:
        if not name:
            self.photo = ""

    @property
    def shows_photo(self) -> bool:
        return bool(self.photo) and self.photo_agreed

    @property
    def initial(self) -> str:
        """The first letter of the name, for the star that stands where a photo is missing."""
        return str(self.name)[:1]

    def in_other_scripts(self, lang: str) -> list[tuple[str, str]]:
        """The name where it is written otherwise than readers of this language see it."""
        shown = self.name.shown(lang).text
        found: dict[str, str] = {}
        for other in self.name:
            found.setdefault(self.name.words(other), other)
        return [(other, name) for name, other in found.items() if name != shown]
