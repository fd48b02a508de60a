"""Factories of the series room."""

from datetime import date, time

import factory

from majlis.kernel.texts import Text
from majlis.series.models import Challenge, Edition, Series, Session, Theme
from majlis.series.states import SessionType


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
    code = factory.Sequence(lambda n: f"T{n}")
    title = Text.of("en", en="Finance", fr="Finance", ar="التمويل")


class ChallengeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Challenge

    edition = factory.SubFactory(EditionFactory)
    code = factory.Sequence(lambda n: f"C{n}")
    title = Text.of("en", en="Recognition", fr="Reconnaissance", ar="الاعتراف")


class SessionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Session

    edition = factory.SubFactory(EditionFactory)
    code = factory.Sequence(lambda n: f"A{n:02}")
    on_date = date(2026, 3, 25)
    starts = time(11, 35)
    ends = time(12, 50)
    kind = SessionType.THEME_TABLE
    title = Text.of("en", en="Table 1", fr="Table 1", ar="الطاولة 1")
