"""Settings. Each `MAJLIS_…` variable is described in docs/reference/settings.md."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from majlis.config import env, network, private
from majlis.config.edge.bodies import MOST_OF_KNOWN
from majlis.config.logs import logging_config
from majlis.kernel.hosts import is_loopback

os.umask(private.UMASK)  # before the first file is made, by whatever starts this
ROOT = Path(__file__).resolve().parents[3]
VAR = env.value("MAJLIS_VAR") or (ROOT / "var").resolve()
DEBUG = env.value("MAJLIS_DEBUG")
SECRET_KEY = env.secret_key(VAR)

# Where the server listens, and the address that letters, QR codes and screens give.
HOST = env.value("HOST")
PORT = env.value("PORT")
PUBLIC_URL = env.public_url(VAR, host=HOST, port=PORT)
PUBLIC_HOST = urlsplit(PUBLIC_URL).hostname or ""
USES_TLS = PUBLIC_URL.startswith("https://")
PHONES_CAN_REACH = not is_loopback(PUBLIC_HOST)
_NAMES = env.value("MAJLIS_ALLOWED_HOSTS")
KNOWN_AS = next((n for n in _NAMES if not (n.startswith((".", "*")) or is_loopback(n))), "")
ALLOWED_HOSTS = list(dict.fromkeys([*network.answered_hosts(HOST), PUBLIC_HOST, *_NAMES]))
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if USES_TLS else []
TRUSTED_PROXIES = env.value("MAJLIS_TRUSTED_PROXIES")
STREAMS = env.value("MAJLIS_STREAMS")
STREAMS_PER_ADDRESS = env.value("MAJLIS_STREAMS_PER_ADDRESS")
PROCESSES = env.value("MAJLIS_PROCESSES")
TICK_IN_SERVER = env.value("MAJLIS_TICK")

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
    "majlis.config",
    "majlis.circulars",
    "majlis.planning",
    "majlis.welcome",
    "majlis.front",
    "majlis.briefs",
    "majlis.stage",
    "majlis.followup",
    "majlis.recommendations",
    "majlis.ratings",
    "majlis.opinion",
    "majlis.dialogue",
    "majlis.evaluation",
    "majlis.registration",
    "majlis.series",
    "majlis.people",
    "majlis.mail",
    "majlis.ui",
    "majlis.kernel",
]

MIDDLEWARE = [
    "majlis.config.middleware.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "majlis.config.gate.Gate",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "majlis.ui.middleware.NothingKept",
    "csp.middleware.CSPMiddleware",
    "majlis.ui.middleware.HeadAsGet",
    "majlis.ui.once.FormsOnce",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "majlis.ui.middleware.LanguageChoice",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "majlis.ui.middleware.RuleErrors",
    "majlis.config.middleware.EditionClock",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            # Partials as their app sets them up, without its import of Django's admin at the start.
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            ["django.template.loaders.app_directories.Loader"],
                        )
                    ],
                )
            ],
            "libraries": {"partials": "template_partials.templatetags.partials"},
            "builtins": ["majlis.ui.templatetags.form_key"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "majlis.config.context.shell",
            ],
        },
    }
]
FORM_RENDERER = "majlis.ui.forms.FormRenderer"

DATABASES = {
    "default": env.database(
        env.value("MAJLIS_DATABASE_URL"),
        VAR,
        synchronous=env.value("MAJLIS_SQLITE_SYNCHRONOUS"),
    )
}
IS_SQLITE = DATABASES["default"]["ENGINE"].endswith("sqlite3")

# One time in so many, by lot, a statement is shown in less detail than it might be, so that what is
# not shown of groups tells nothing (ADR 0036); 0 for never.
PASSED_OVER_BY_LOT = 20

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français"), ("ar", "العربية")]
LOCALE_PATHS = [ROOT / "src" / "majlis" / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

# Static files, named by their content and kept for ever by browsers once `make` collected them
# into static-built; straight from the sources where it has not (tests, a worktree).
STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "static-built"
STATIC_IS_BUILT = env.static_is_built(STATIC_ROOT)
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "staticfiles": {
        "BACKEND": "majlis.config.storage.BuiltStatic"
        if STATIC_IS_BUILT
        else "django.contrib.staticfiles.storage.StaticFilesStorage",
        "OPTIONS": {"file_permissions_mode": 0o644, "directory_permissions_mode": 0o755},
    },
}
WHITENOISE_USE_FINDERS = not STATIC_IS_BUILT
WHITENOISE_AUTOREFRESH = not STATIC_IS_BUILT
WHITENOISE_ALLOW_ALL_ORIGINS = False  # nobody else's page needs them
MEDIA_ROOT = VAR / "files"
MEDIA_URL = "/files/"
# What is sent stays in memory, whose size the edge bounds; nothing of a stranger reaches the disk.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = MOST_OF_KNOWN

# Messages stay in the database, or go to the mail server that MAJLIS_MAIL_URL names.
_MAIL = env.mail(env.value("MAJLIS_MAIL_URL"))
EMAIL_BACKEND = _MAIL["EMAIL_BACKEND"]
EMAIL_HOST = _MAIL.get("EMAIL_HOST", "localhost")
EMAIL_PORT = _MAIL.get("EMAIL_PORT", 25)
EMAIL_HOST_USER = _MAIL.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = _MAIL.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = _MAIL.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _MAIL.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = env.value("MAJLIS_MAIL_FROM") or f"majlis@{PUBLIC_HOST or 'localhost'}"
STARTS_EMPTY = env.value("MAJLIS_EMPTY")
ORGANISER_EMAIL = env.value("MAJLIS_ORGANISER_EMAIL")

LOGIN_URL = "people:sign-in"
LOGIN_REDIRECT_URL = "front:desk-home"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
SESSION_ENGINE = "majlis.people.sessions"
SESSION_COOKIE_NAME = "__Host-sessionid" if USES_TLS else "sessionid"
SESSION_COOKIE_AGE = 12 * 3600  # used or not, for who signed in
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = USES_TLS
CSRF_COOKIE_NAME = "__Host-csrftoken" if USES_TLS else "csrftoken"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "majlis.ui.views.csrf_failure"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = USES_TLS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if USES_TLS else 0
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin" if USES_TLS else None
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

LOGGING = logging_config(
    level=env.value("MAJLIS_LOG_LEVEL"),
    file=env.log_file(VAR),
    outspoken=DEBUG,
)
