"""The audit log: one line for each thing someone did."""

from django.db import models

from majlis.kernel.clock import now
from majlis.kernel.codes import CodeField
from majlis.kernel.words import verb_tables


class Act(models.Model):
    """One thing someone did. Appended, never changed; it holds no foreign keys, so it outlives.

    `doer` is a person's code, an addressee's link, a voice or the clock, never more than the
    attribution rule allows to be read back.
    """

    code = CodeField()
    at = models.DateTimeField(default=now)
    edition = models.CharField(max_length=60, blank=True)
    doer = models.CharField(max_length=40)
    verb = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=40)
    object_code = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)

    class Privacy:
        public: set[str] = set()
        personal = {"doer"}
        internal = {"code", "at", "edition", "verb", "object_kind", "object_code", "facts"}

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["edition", "object_kind", "object_code"], name="act_of")]

    @property
    def done(self) -> str:
        """What was done, in the reader's language; the stored word where no app knows it."""
        known = [table(self.verb) for table in verb_tables() if self.verb in table.values]
        return str(known[0].label) if known else self.verb

    def __str__(self) -> str:
        return f"{self.verb} {self.object_kind}:{self.object_code}"


class Press(models.Model):
    """A form that was taken, and where it led, so that its repeat is led there too.

    `digest` is of the form's random key, its address and its content; `taker` is the request that
    took it. `leads_to` is empty where the answer was no redirect, and None until it is answered.
    `browser` is a digest of what only the browser that sent it knows.
    """

    digest = models.CharField(max_length=64, unique=True)
    taker = models.CharField(max_length=32)
    at = models.DateTimeField(default=now, db_index=True)
    leads_to = models.TextField(null=True, blank=True)
    browser = models.CharField(max_length=64, blank=True)
    cookies = models.JSONField(default=list)

    class Privacy:
        public: set[str] = set()
        personal: set[str] = set()
        internal = {"digest", "taker", "at", "leads_to", "browser", "cookies"}

    def __str__(self) -> str:
        return f"form taken at {self.at}"
