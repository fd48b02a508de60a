"""Persons and the organisations they speak for. Nothing here is about one edition."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _

from majlis.kernel.clock import now
from majlis.kernel.codes import CodeField
from majlis.kernel.constraints import one_of
from majlis.kernel.errors import RuleBroken
from majlis.kernel.words import Language
from majlis.mail.addresses import normal_address
from majlis.people.states import Constituency

if TYPE_CHECKING:
    from majlis.people.sessions import SessionStore

MOST_WRONG_CODES = 5


class Organisation(models.Model):
    """A body that persons speak for, with its constituency and its country."""

    code = CodeField()
    name = models.CharField(_("name"), max_length=200)
    constituency = models.CharField(
        _("stakeholder group"), max_length=20, choices=Constituency.pairs
    )
    country = models.CharField(_("country"), max_length=2)

    class Privacy:
        public: set[str] = {"code", "name", "constituency", "country"}
        personal: set[str] = set()
        internal: set[str] = set()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "country"], name="organisation_once_per_country"
            ),
            models.CheckConstraint(
                name="organisation_constituency_known",
                condition=one_of("constituency", Constituency),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PersonManager(BaseUserManager["Person"]):
    """Persons by their e-mail address, however it is spelled."""

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(email=normal_address(username or ""))


class Person(AbstractBaseUser):
    """Somebody with an address here: the user model. Nobody has a password."""

    code = CodeField()
    email = models.EmailField(_("email address"), unique=True, null=True, blank=True)
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(
        _("language of emails"), max_length=2, choices=Language.pairs, default=Language.EN
    )
    created_at = models.DateTimeField(default=now)
    erased_at = models.DateTimeField(null=True, blank=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    objects: ClassVar[PersonManager] = PersonManager()

    class Privacy:
        public: set[str] = set()
        personal = {"email", "name", "language"}
        internal = {"code", "password", "last_login", "created_at", "erased_at", "is_active"}

    def __str__(self) -> str:
        return self.name

    @property
    def doer(self) -> str:
        return f"person:{self.code}"

    @property
    def is_erased(self) -> bool:
        return self.erased_at is not None

    def erase(self, *, at: datetime) -> None:
        """Leave only the code, so that the audit log still tells one doer from another."""
        self.name, self.email, self.is_active = "", None, False
        self.erased_at = at

    def save(self, *args: object, **kwargs: object) -> None:
        self.email = normal_address(self.email) if self.email else None
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class SignInRefused(RuleBroken):
    """The link or the code does not open anything, or not any more."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This link or code has already been used, has expired or is incorrect. You are "
                "not signed in. Ask for a new one: it will arrive by email within a minute."
            )
        )


class SignInLink(models.Model):
    """A way in that works once, by its link or by its short code; only their digests are kept."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="sign_in_links")
    token_digest = models.CharField(max_length=64, unique=True)
    code_digest = models.CharField(max_length=64, blank=True)
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    next_path = models.CharField(max_length=200, blank=True)

    class Privacy:
        public: set[str] = set()
        personal: set[str] = set()
        internal = {
            "person", "token_digest", "code_digest", "wrong_codes", "made_at", "expires_at",
            "used_at", "next_path",
        }  # fmt: skip

    def __str__(self) -> str:
        return f"sign-in link of {self.person.code}"

    def is_usable(self, *, at: datetime) -> bool:
        return self.used_at is None and at < self.expires_at

    def takes_code(self, *, at: datetime) -> bool:
        """Whether the short code may still be tried: it is short, so only a few times."""
        return (
            bool(self.code_digest) and self.wrong_codes < MOST_WRONG_CODES and self.is_usable(at=at)
        )

    def use(self, *, at: datetime) -> None:
        if not self.is_usable(at=at):
            raise SignInRefused
        self.used_at = at


class SignIn(AbstractBaseSession):
    """A browser and whoever is signed in there, if anybody: what Django calls a session.

    `session_key` is the digest of the key in the cookie.
    """

    session_key = models.CharField(primary_key=True, max_length=64)
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="sign_ins")
    device = models.CharField(_("browser"), max_length=60, blank=True)
    since = models.DateTimeField(_("since"), null=True, blank=True)

    class Privacy:
        public: set[str] = set()
        personal = {"device", "since"}
        internal = {"person", "session_data", "expire_date"}

    @classmethod
    def get_session_store_class(cls) -> type[SessionStore]:
        from majlis.people.sessions import SessionStore

        return SessionStore

    @property
    def code(self) -> str:
        """What addresses call it; it opens nothing."""
        return self.session_key[:16]
