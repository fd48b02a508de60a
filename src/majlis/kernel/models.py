"""The audit log, forms that were taken, and jobs."""

from django.db import models

from majlis.kernel.clock import now
from majlis.kernel.codes import CodeField
from majlis.kernel.constraints import one_of
from majlis.kernel.words import Words, verb_tables


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


class JobState(Words):
    """Where a job stands. Only people with access to the server read these words."""

    WAITING = "waiting", "waiting"
    RUNNING = "running", "running"
    DONE = "done", "done"
    FAILED = "failed", "failed"


class Job(models.Model):
    """Long work that was asked for, and how far it is (`kernel.jobs`).

    `subject` is the code of what it is done on, and `key` what it follows from, so that asking
    twice is asking once. `runner` is the process that has claimed it, until `lease_until`. `moves`
    rises with every change. `said` is the kind of the error that ended the last attempt.
    """

    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=60)
    edition = models.CharField(max_length=60)
    key = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=JobState.pairs, default=JobState.WAITING)
    asked_at = models.DateTimeField(default=now)
    due_at = models.DateTimeField(default=now)
    attempts = models.PositiveSmallIntegerField(default=0)
    runner = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    done = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)
    moves = models.PositiveIntegerField(default=1)
    said = models.CharField(max_length=80, blank=True)

    class Privacy:
        public: set[str] = set()
        personal: set[str] = set()
        internal = {
            "kind", "subject", "edition", "key", "state", "asked_at", "due_at", "attempts",
            "runner", "lease_until", "done", "of", "moves", "said",
        }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject", "key"], name="job_asked_once"),
            models.CheckConstraint(name="job_state_known", condition=one_of("state", JobState)),
        ]
        indexes = [models.Index(fields=["state"], name="job_by_state")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.subject}"

    @property
    def is_failed(self) -> bool:
        """Whether it was given up."""
        return self.state == JobState.FAILED

    @property
    def is_unfinished(self) -> bool:
        return self.state in {JobState.WAITING, JobState.RUNNING}
