"""What every answer carries, and what cookies are like."""

import pytest
from django.urls import reverse

from tests.config.installation import Installation

pytestmark = pytest.mark.django_db


@pytest.fixture
def answer(client):
    return client.get(reverse("config:reach"))


def policy(answer) -> dict[str, str]:
    parts = answer["Content-Security-Policy"].split(";")
    return dict(part.strip().partition(" ")[::2] for part in parts)


def test_content_security_policy_allows_our_own_files_only(answer):
    assert policy(answer) == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "worker-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }


def test_answers_refuse_sniffing_framing_and_telling_others_where_one_was(answer):
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"


def test_errors_carry_the_policy_too(client):
    answer = client.get("/en/nowhere/")

    assert answer.status_code == 404
    assert policy(answer)["default-src"] == "'none'"


@pytest.mark.parametrize("name", ["session", "csrf"])
def test_cookies_are_for_the_server_and_this_site_only(settings, name):
    assert getattr(settings, f"{name.upper()}_COOKIE_HTTPONLY") is True
    assert getattr(settings, f"{name.upper()}_COOKIE_SAMESITE") == "Lax"


SETTINGS_UNDER = """
from django.conf import settings
print(settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.SECURE_HSTS_SECONDS > 0,
      settings.CSRF_TRUSTED_ORIGINS, "seminar.example" in settings.ALLOWED_HOSTS)
"""


def test_tls_makes_cookies_secure_and_browsers_stay(tmp_path):
    plain, tls = Installation(tmp_path / "a"), Installation(tmp_path / "b")
    plain.settings = {"MAJLIS_PUBLIC_URL": "http://seminar.example"}
    tls.settings = {"MAJLIS_PUBLIC_URL": "https://seminar.example"}

    assert plain.python(SETTINGS_UNDER) == "False False False [] True\n"
    assert tls.python(SETTINGS_UNDER) == "True True True ['https://seminar.example'] True\n"
