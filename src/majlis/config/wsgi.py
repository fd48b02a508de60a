"""Django as a WSGI callable; `asgi` wraps it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "majlis.config.settings")
application = get_wsgi_application()
