"""Settings of the tests: the product's, with a folder and a database of their own.

`MAJLIS_TEST_DATABASE_URL` names a PostgreSQL; without it, SQLite in memory. pytest makes the
database and takes it away; each worker has its own.
"""

import atexit
import os
import shutil
import tempfile

_VAR = tempfile.mkdtemp(prefix="majlis-test-")
atexit.register(shutil.rmtree, _VAR, ignore_errors=True)

for _name in [name for name in os.environ if name.startswith("MAJLIS_")]:
    if not _name.startswith(("MAJLIS_TEST_", "MAJLIS_SHARED", "MAJLIS_CHROMIUM", "MAJLIS_REQUIRE")):
        del os.environ[_name]  # the tests do not depend on how this shell is set
for _name in ("HOST", "PORT"):
    os.environ.pop(_name, None)
os.environ["MAJLIS_VAR"] = _VAR
os.environ["MAJLIS_STATIC"] = "source"
os.environ["MAJLIS_DATABASE_URL"] = os.environ.get("MAJLIS_TEST_DATABASE_URL", "")

from majlis.config.settings import *  # noqa: E402, F403
from majlis.config.settings import ALLOWED_HOSTS, DATABASES  # noqa: E402

ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver"]
if DATABASES["default"]["NAME"].startswith("test_"):
    DATABASES["default"]["TEST"] = {"NAME": DATABASES["default"]["NAME"]}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": f"{_VAR}/test.sqlite3"}  # a file: races need threads
    DATABASES["default"]["OPTIONS"]["init_command"] += (
        "PRAGMA synchronous=OFF;"  # no power cut here
    )
else:
    DATABASES["default"]["OPTIONS"]["options"] = "-c synchronous_commit=off"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSED_OVER_BY_LOT = 0  # what is shown follows from the votes alone
