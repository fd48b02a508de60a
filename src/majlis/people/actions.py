"""What is done to persons and their ways in. Only actions write."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from majlis.kernel import ledger
from majlis.kernel.clock import now
from majlis.kernel.ledger import Doer
from majlis.kernel.seal import digest_of
from majlis.mail.actions import forget_messages, strike_used
from majlis.mail.addresses import normal_address
from majlis.people import letters, queries
from majlis.people.models import Organisation, Person, SignIn, SignInLink, SignInRefused
from majlis.people.states import Verb

LINK_LIVES = timedelta(hours=24)
MAILED_LINK_LIVES = timedelta(hours=1)


def _digest_of_code(person: Person, code: str) -> str:
    """What is kept of a short code: without the server's key nobody can try all of them."""
    return salted_hmac("sign-in code", f"{person.code} {code}").hexdigest()


@transaction.atomic
def make_sign_in_link(
    person: Person,
    *,
    by: Doer,
    next_path: str = "",
    code: str = "",
    lives: timedelta = LINK_LIVES,
) -> str:
    """Make a way in that works once within `lives`, and return its secret, which is kept nowhere.

    With a `code`, the same way in opens to its six digits too.
    """
    token = secrets.token_urlsafe(24)
    at = now()
    SignInLink.objects.create(
        person=person,
        token_digest=digest_of(token),
        code_digest=_digest_of_code(person, code) if code else "",
        made_at=at,
        expires_at=at + lives,
        next_path=next_path,
    )
    ledger.record(Verb.MADE_LINK, person, by=by)
    return token


@transaction.atomic
def ask_sign_in(email: str, *, next_path: str = "", language: str) -> str:
    """Mail a link and a code to whoever has this address; nobody learns whether somebody has.

    Return what the browser that asks needs, beside the code, to come in by it: a stranger who asks
    for the same address guesses at a code of their own.
    """
    person = queries.person_by_email(email)
    if person is None:
        return digest_of(secrets.token_urlsafe(24))
    code = f"{secrets.randbelow(10**6):06}"
    token = make_sign_in_link(
        person, by=person, next_path=next_path, code=code, lives=MAILED_LINK_LIVES
    )
    letters.sign_in_letter(
        person, token=token, code=code, language=language, lives=MAILED_LINK_LIVES
    )
    return digest_of(token)


@transaction.atomic
def use_sign_in_link(token: str) -> SignInLink:
    """Spend a link. Raises `SignInRefused` when it opens nothing, or not any more."""
    link = (
        SignInLink.objects.select_for_update(of=("self",))
        .select_related("person")
        .filter(token_digest=digest_of(token), person__is_active=True)
        .first()
    )
    if link is None:
        raise SignInRefused
    return _spend(link, secret=token)


def use_sign_in_code(asks: Sequence[str], code: str) -> SignInLink:
    """Spend a way in by its short code; `asks` are those of this browser (`ask_sign_in`).

    Not one transaction: a wrong code is counted on each of them although it is refused, so that
    guessing ends after a few.
    """
    digits = "".join(c for c in code if c.isdecimal())
    with transaction.atomic():
        open_links = [
            link
            for link in SignInLink.objects.select_for_update(of=("self",))
            .select_related("person")
            .filter(token_digest__in=asks, used_at__isnull=True, person__is_active=True)
            if link.takes_code(at=now())
        ]
        for link in open_links:
            if secrets.compare_digest(link.code_digest, _digest_of_code(link.person, digits)):
                return _spend(link, secret=letters.spoken(digits))
        for link in open_links:
            link.wrong_codes += 1
            link.save(update_fields=["wrong_codes"])
    raise SignInRefused


def _spend(link: SignInLink, *, secret: str) -> SignInLink:
    link.use(at=now())
    link.save(update_fields=["used_at"])
    strike_used(secret, to=link.person.email or "")
    ledger.record(Verb.SIGNED_IN, link.person, by=link.person)
    return link


def end_sign_ins(person: Person) -> None:
    """Sign the person out of every browser; those who still may come in ask for a new way in."""
    person.sign_ins.all().delete()


@transaction.atomic
def sign_out_of(sign_ins: QuerySet[SignIn], *, by: Person) -> int:
    """End some of one's own sign-ins, and return how many there were."""
    n, _kinds = sign_ins.filter(person=by).delete()
    if n:
        ledger.record(Verb.SIGNED_OUT, by, by=by, n=n)
    return n


def forget_ended_sign_ins() -> None:
    """Delete those whose time is over; for the tick."""
    SignIn.objects.filter(expire_date__lt=now()).delete()


@transaction.atomic
def welcome_person(email: str, *, name: str, by: Doer, language: str = "en") -> Person:
    """Return the person with this address, made if there is none."""
    person, is_new = Person.objects.get_or_create(
        email=normal_address(email), defaults={"name": name, "language": language}
    )
    if is_new:
        ledger.record(Verb.WELCOMED, person, by=by)
    return person


@transaction.atomic
def add_person(*, name: str, by: Doer, language: str = "en") -> Person:
    """Somebody without an address, as comes to the desk on the day."""
    person = Person.objects.create(name=name, email=None, language=language)
    ledger.record(Verb.WELCOMED, person, by=by)
    return person


@transaction.atomic
def correct_person(
    person: Person, *, by: Doer, name: str | None = None, email: str | None = None,
    language: str | None = None,
) -> Person:  # fmt: skip
    """Change what is known of a person; what is None stays. The line names fields, not words."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    former = person.email
    if email is not None:
        email = normal_address(email)
    wanted = {"name": name, "email": email, "language": language}
    changed = [
        f for f, value in wanted.items() if value is not None and getattr(person, f) != value
    ]
    for field in changed:
        setattr(person, field, wanted[field] or (None if field == "email" else ""))
    if changed:
        person.save(update_fields=changed)
        ledger.record(Verb.CORRECTED, person, by=by, fields=sorted(changed))
    if "email" in changed:
        person.sign_in_links.all().delete()  # they went to the old address
        end_sign_ins(person)
        if former:
            forget_messages(to=former)
    return person


@transaction.atomic
def organisation_named(
    name: str, *, constituency: str, country: str, among: QuerySet[Organisation], by: Doer
) -> Organisation | None:
    """The organisation of this name in this country, made if there is none.

    One of `among` is also found when its capitals or accents differ.
    """
    name = " ".join(name.split())
    if not name:
        return None
    found = queries.organisation_like(name, country, among=among)
    if found is not None:
        return found
    made, is_new = Organisation.objects.get_or_create(
        name=name, country=country, defaults={"constituency": constituency}
    )
    if is_new:
        ledger.record(Verb.ADDED_ORGANISATION, made, by=by)
    return made


@transaction.atomic
def erase_person(person: Person, *, by: Doer) -> Person:
    """Forget who somebody is. What names the person elsewhere is cut by the apps before."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.email:
        forget_messages(to=person.email)
    person.sign_in_links.all().delete()
    end_sign_ins(person)
    person.erase(at=now())
    person.save(update_fields=["name", "email", "is_active", "erased_at"])
    ledger.record(Verb.ERASED, person, by=by)
    return person
