"""Documents issued to the world."""

from django.db import models

from majlis.kernel.clock import now
from majlis.kernel.codes import CodeField
from majlis.kernel.words import Language
from majlis.series.models import Edition


class Publication(models.Model):
    """One issued, unchangeable copy of the brief: its content and its files, each with a digest.

    `changes` lists what differs from the publication before it.
    """

    code = CodeField()
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="publications")
    number = models.PositiveIntegerField()
    authoritative_language = models.CharField(max_length=2, choices=Language.pairs)
    content = models.JSONField()
    content_digest = models.CharField(max_length=64)
    changes = models.JSONField(default=list)
    issued_at = models.DateTimeField(default=now)
    issued_by = models.CharField(max_length=40)

    class Privacy:
        public: set[str] = {
            "code", "edition", "number", "authoritative_language", "content", "content_digest",
            "changes", "issued_at",
        }  # fmt: skip
        personal = {"issued_by"}
        internal: set[str] = set()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "number"], name="publication_number_once_per_edition"
            )
        ]

    def __str__(self) -> str:
        return f"brief {self.number} of {self.edition.slug}"


class PublicationFile(models.Model):
    """One file of a publication, kept byte for byte under its SHA-256."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="files")
    language = models.CharField(max_length=2, choices=Language.pairs, blank=True)
    format = models.CharField(max_length=8)
    name = models.CharField(max_length=120)
    file = models.FileField(upload_to="publications/")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()

    class Privacy:
        public: set[str] = {
            "publication", "language", "format", "name", "file", "sha256", "size",
        }  # fmt: skip
        personal: set[str] = set()
        internal: set[str] = set()

    class Meta:
        ordering = ["format", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "name"], name="publication_file_once_per_name"
            )
        ]

    def __str__(self) -> str:
        return self.name
