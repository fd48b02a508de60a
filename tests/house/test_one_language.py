"""Words that a person writes in one language keep it, and no page shows them without (ADR 0057)."""

from __future__ import annotations

import re
from pathlib import Path

from django.apps import apps
from django.db import models

SRC = Path(__file__).resolve().parents[2] / "src/majlis"

NOT_SAID = {
    "people.Organisation.name": "a name", "people.Person.name": "a name",
    "registration.Registration.name": "a name", "registration.Invitation.name": "a name",
    "registration.PendingAnswers.name": "a name", "followup.FocalLink.name": "a name",
    "followup.Endorsement.organisation": "a name", "followup.Endorsement.name": "a name",
    "registration.PeopleImport.name": "a name of a file", "series.Question.asked_if": "no words",
    "registration.PendingAnswers.organisation": "a name", "series.Session.room": "a name",
    "briefs.PublicationFile.name": "a name of a file",
    "recommendations.CitedLink.title": "a title, in the language of the work",
    "series.GlossaryTerm.source": "a title, in the language of the work",
    "dialogue.Statement.source_note": "a title, in the language of the work",
    "series.Session.source_note": "a title, in the language of the work",
    "recommendations.Recommendation.cost_note": "an amount",
    "recommendations.Recommendation.indicator_baseline": "an amount",
    "recommendations.Recommendation.indicator_target": "an amount",
    "series.GlossaryTerm.variants": "for editors, shown nowhere",
    "series.GlossaryTerm.definition": "for editors, shown nowhere",
    "series.ProgrammeVersion.note": "for editors, shown nowhere",
    "people.Person.password": "no words", "people.SignInLink.next_path": "no words",
    "people.SignIn.session_data": "no words", "kernel.Press.leads_to": "no words",
    "kernel.Job.said": "of whoever runs the server, in the log as well",
    "mail.MailServer.host": "no words", "mail.MailServer.user": "no words",
    "mail.MailServer.password_locked": "no words", "mail.MailServer.sender_name": "a name",
    "circulars.Circular.template": "no words",
    "series.Readiness.answer": "of the team, for itself",
    "ratings.Rating.rule": "no words",
    "series.SessionFile.title": "a title, in the language of the file",
    "mail.Message.recipient": "no words", "mail.Message.last_answer": "of a mail server",
}  # fmt: skip
"""Columns of text that nobody has to read in another language, and why."""


def columns():
    for model in apps.get_models():
        if model.__module__.startswith("majlis."):
            yield from (
                field
                for field in model._meta.get_fields()
                if isinstance(field, (models.CharField, models.TextField))
                and not isinstance(field, (models.EmailField, models.URLField))
                and not field.choices
                and (isinstance(field, models.TextField) or field.max_length >= 80)
            )


def language_beside(field) -> str:
    names = {other.name for other in field.model._meta.get_fields()}
    return next((n for n in (f"{field.name}_language", "language") if n in names), "")


SAID = [f for f in columns() if f"{f.model._meta.label}.{f.name}" not in NOT_SAID]


def test_every_column_of_words_keeps_their_language():
    assert [str(field) for field in SAID if not language_beside(field)] == []


def test_what_is_excused_is_there():
    there = {f"{field.model._meta.label}.{field.name}" for field in columns()}

    assert set(NOT_SAID) - there == set()


def bare(source: str) -> list[str]:
    """Words of one language that a template writes as they are."""
    names = {f.name for f in SAID if f.model._meta.app_label in ("recommendations", "dialogue")}
    names = (names | {"reason"}) - {"words", "body", "rule"}
    several = "|".join(sorted(names))
    owners = "rec|one|step|decision|review|note|told|registration|contribution|link|line"
    return re.findall(
        rf"\{{\{{ *(?:\w+\.)*(?:{owners})\.(?:{several}) *[|}}]"
        rf"|\{{% words (?:\w+\.)*(?:registration|rec|review|decision)\.(?:{several}) ",
        source,
    )


def test_no_page_writes_them_without_it():
    found = {
        str(path.relative_to(SRC)): said
        for path in sorted(SRC.glob("*/templates/**/*.html"))
        if (said := bare(path.read_text()))
    }

    assert found == {}


def test_the_law_sees_bare_words():
    assert bare("<p>{{ registration.reason }}</p>")
    assert bare("{{ one.review.note|linebreaksbr }}")
    assert not bare("{% words rec.reason|written_in:rec.reason_language %}")
