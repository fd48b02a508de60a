"""Factories of series."""

from datetime import date, time

import factory

from majlis.kernel.ledger import CLOCK
from majlis.kernel.texts import Text
from majlis.series.actions import publish_programme
from majlis.series.models import (
    Challenge,
    Edition,
    EditionLink,
    GlossaryTerm,
    Partner,
    PublicText,
    Series,
    Session,
    Speaker,
    Theme,
)
from majlis.series.states import LinkDirection, PartnerRole, SessionType, TextKind


class SeriesFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Series

    slug = factory.Sequence(lambda n: f"series-{n}")
    title = Text.of("en", en="Policy Seminar", fr="Séminaire", ar="ندوة")


class EditionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Edition

    series = factory.SubFactory(SeriesFactory)
    slug = factory.Sequence(lambda n: f"edition-{n}")
    title = Text.of("en", en="Maghreb Edition", fr="Édition Maghreb", ar="دورة المغرب العربي")
    place = Text.of("en", en="Tunis", fr="Tunis", ar="تونس")
    country = "TN"
    starts_on = date(2026, 3, 25)
    ends_on = date(2026, 3, 25)
    time_zone = "Africa/Tunis"


class ThemeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Theme

    edition = factory.SubFactory(EditionFactory)
    code = factory.Sequence(lambda n: f"T{n + 100}")
    title = Text.of("en", en="Finance", fr="Finance", ar="التمويل")


class ChallengeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Challenge

    edition = factory.SubFactory(EditionFactory)
    code = factory.Sequence(lambda n: f"C{n + 100}")
    title = Text.of("en", en="Recognition", fr="Reconnaissance", ar="الاعتراف")


class SessionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Session
        skip_postgeneration_save = True

    edition = factory.SubFactory(EditionFactory)
    code = factory.Sequence(lambda n: f"S{n:03}")
    on_date = date(2026, 3, 25)
    starts = time(11, 35)
    ends = time(12, 50)
    kind = SessionType.THEME_TABLE
    title = Text.of("en", en="Table 1", fr="Table 1", ar="الطاولة 1")

    @factory.post_generation
    def published(self, create, extracted, **kwargs):
        """The programme is published with it, unless `published=False` is asked for."""
        if create and extracted is not False:
            publish_programme(self.edition, by=CLOCK)


class SpeakerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Speaker

    edition = factory.SubFactory(EditionFactory)
    code = factory.Sequence(lambda n: f"P{n}")
    name = Text.of("en", en="Lina Example", ar="لينا مثال")
    function = Text.of("en", en="Director", fr="Directrice", ar="مديرة")
    organisation = Text.of("en", en="Example Institute")
    has_agreed = True
    photo_agreed = True


class PublicTextFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PublicText

    edition = factory.SubFactory(EditionFactory)
    kind = TextKind.ABOUT
    code = factory.Sequence(lambda n: f"text-{n}")
    title = Text.of("en", en="About", fr="À propos", ar="عن الندوة")
    body = Text.of("en", en="A working day.", fr="Une journée de travail.", ar="يوم عمل.")


def fund(edition):
    """Give an edition the statement and the disclaimer that it needs before it is public."""
    for kind in (TextKind.FUNDING, TextKind.DISCLAIMER):
        if not edition.texts.filter(kind=kind).exists():
            PublicTextFactory(edition=edition, kind=kind, code=str(kind))


class PartnerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Partner

    edition = factory.SubFactory(EditionFactory)
    code = factory.Sequence(lambda n: f"partner-{n}")
    name = Text.of("en", en="FEMISE", fr="FEMISE", ar="FEMISE")
    role = PartnerRole.ORGANISER


class EditionLinkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EditionLink

    edition = factory.SubFactory(EditionFactory)
    code = factory.Sequence(lambda n: f"link-{n}")
    direction = LinkDirection.FED_BY
    title = Text.of("en", en="Regional meeting", fr="Rencontre régionale", ar="لقاء إقليمي")


class GlossaryTermFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = GlossaryTerm

    edition = factory.SubFactory(EditionFactory)
    code = factory.Sequence(lambda n: f"G{n:03}")
    category = "event"
    term = Text.of("en", en="seminar", fr="séminaire", ar="ندوة")
