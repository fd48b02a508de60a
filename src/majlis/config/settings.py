"""Settings. Each `MAJLIS_…` variable is described in docs/reference/settings.md."""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from majlis.config import env

ROOT = Path(__file__).resolve().parents[3]
VAR = Path(env.text("MAJLIS_VAR") or ROOT / "var")
PUBLIC_URL = env.text("MAJLIS_PUBLIC_URL").rstrip("/")
USES_TLS = PUBLIC_URL.startswith("https://")

SECRET_KEY = env.secret_key(VAR)
DEBUG = env.flag("MAJLIS_DEBUG")
ALLOWED_HOSTS = [h for h in env.text("MAJLIS_ALLOWED_HOSTS", "127.0.0.1,localhost").split(",") if h]
ROOT_URLCONF = "majlis.config.urls"
WSGI_APPLICATION = "majlis.config.wsgi.application"
AUTH_USER_MODEL = "people.Person"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "django_htmx",
    "template_partials",
    "majlis.config",
    "majlis.front",
    "majlis.briefs",
    "majlis.stage",
    "majlis.recommendations",
    "majlis.opinion",
    "majlis.dialogue",
    "majlis.registration",
    "majlis.series",
    "majlis.people",
    "majlis.ui",
    "majlis.kernel",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "majlis.ui.middleware.LanguageChoice",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "majlis.ui.middleware.RuleErrors",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
FORM_RENDERER = "majlis.ui.forms.FormRenderer"

DATABASES = {
    "default": env.database(
        env.text("MAJLIS_DATABASE_URL"),
        VAR,
        synchronous=env.text("MAJLIS_SQLITE_SYNCHRONOUS", "FULL"),
    )
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français"), ("ar", "العربية")]
LOCALE_PATHS = [ROOT / "src" / "majlis" / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "static-built"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if (ROOT / "static-built" / "staticfiles.json").exists()
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not (ROOT / "static-built" / "staticfiles.json").exists()
MEDIA_ROOT = VAR / "files"
MEDIA_URL = "/files/"

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"
DEFAULT_FROM_EMAIL = env.text("MAJLIS_MAIL_FROM", "majlis@localhost")

MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = USES_TLS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "majlis.ui.views.csrf_failure"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = USES_TLS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_NAMES = {"en": _("English"), "fr": _("French"), "ar": _("Arabic")}
