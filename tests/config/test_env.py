"""What the environment may say, and what is said when it says something else."""

import stat

import pytest
from django.core.mail import EmailMessage

from majlis.config import env, kinds
from majlis.config.env import BadSetting


@pytest.fixture
def setting(monkeypatch):
    return monkeypatch.setenv


def test_public_url_prefers_what_is_set_to_what_is_served(setting, tmp_path):
    setting("MAJLIS_PUBLIC_URL", "https://seminar.example/")

    assert env.public_url(tmp_path, host="0.0.0.0", port=8000) == "https://seminar.example"


def test_public_url_of_a_command_beside_the_server_is_the_servers(tmp_path):
    (tmp_path / "address").write_text("http://192.168.1.7:8000")

    assert env.public_url(tmp_path, host="127.0.0.1", port=8000) == "http://192.168.1.7:8000"


def test_database_of_sqlite_waits_its_turn_and_syncs_each_commit(tmp_path):
    assert env.database("", tmp_path, synchronous="FULL") == {
        "ENGINE": "django.db.backends.sqlite3",
        "CONN_MAX_AGE": None,
        "NAME": str(tmp_path / "majlis.sqlite3"),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;",
        },
    }


def test_database_of_postgresql_is_pooled_and_reads_escapes(tmp_path):
    found = env.database(
        "postgres://ada:s%40fe@db.example:5433/seminar?sslmode=require",
        tmp_path,
        synchronous="FULL",
    )

    assert found == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "seminar",
        "USER": "ada",
        "PASSWORD": "s@fe",
        "HOST": "db.example",
        "PORT": "5433",
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "pool": {"min_size": 1, "max_size": 10, "timeout": 10},
            "connect_timeout": 5, "keepalives_idle": 10, "keepalives_interval": 2,
            "keepalives_count": 3, "tcp_user_timeout": 10_000,
            "sslmode": "require",
        },
    }  # fmt: skip


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://mail.example", 25, False, False),
        ("smtp+starttls://ada:pw@mail.example", 587, True, False),
        ("smtps://mail.example:4465", 4465, False, True),
    ],
)
def test_mail_reads_the_server_from_one_address(url, port, tls, ssl):
    found = env.mail(url)

    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == ("mail.example", port)
    assert (found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (tls, ssl)


def test_mail_is_files_when_nothing_is_set():
    assert env.mail("") == {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}


def test_secret_key_is_drawn_once_and_read_by_its_owner_only(tmp_path):
    first = env.secret_key(tmp_path)

    assert env.secret_key(tmp_path) == first
    assert len(first) > 50
    assert [p.name for p in tmp_path.iterdir()] == ["secret_key"]
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


WRONG = {
    "HOST": ["my host", "http://0.0.0.0", "a_b", "-x", "1.2.3.4:80"],
    "PORT": ["0", "65536", "eighty", "-1", "80.0", "٨٠", "1e3"],
    "MAJLIS_PUBLIC_URL": [
        "seminar.example", "ftp://a", "https://a/path", "https://", "https://a:port",
        "https://a:99999", "https://a?x=1", "https://a#x", "https://ada:pw@a", "https://a b",
        "https://[::1", "http://a:0",
    ],
    "MAJLIS_ALLOWED_HOSTS": [",", "https://a.example", "a.example:80", "a b", "*.example", "a/b"],
    "MAJLIS_TRUSTED_PROXIES": [",", "*", "proxy.example", "10.0.0.0/33", "1.2.3", "127.0.0.1;::1"],
    "MAJLIS_STREAMS": ["0", "many", "-5", "9999999999999"],
    "MAJLIS_STREAMS_PER_ADDRESS": ["0", "2,500"],
    "MAJLIS_PROCESSES": ["0", "65", "two", "-1"],
    "MAJLIS_TICK": ["2", "maybe", "nein"],
    "MAJLIS_EMPTY": ["tunis", "2"],
    "MAJLIS_VAR": [__file__],
    "MAJLIS_DATABASE_URL": [
        "mysql://root@localhost/seminar", "postgres://localhost", "postgres://h:port/name",
        "postgres://u:p#w@h/name", "postgres://h/name?sslmod=require", "sqlite://relative.sqlite3",
        "sqlite:////", "seminar", "postgres://[::1/name", "postgres://h/name?x",
    ],
    "MAJLIS_SQLITE_SYNCHRONOUS": ["off", "EXTRA", "1"],
    "MAJLIS_SECRET_KEY": ["short", "a" * 60],
    "MAJLIS_STATIC": ["yes", "collected"],
    "MAJLIS_MAIL_URL": [
        "mail.example", "smtp://", "http://mail.example", "smtp://mail.example:port",
        "smtp://u:p#w@mail.example", "smtp://mail.example/x", "smtp://mail example",
    ],
    "MAJLIS_MAIL_FROM": [
        "seminar", "seminar@", "@example.org", "a@example", "Seminar, Tunis <a@example.org>",
        "a@example.org, b@example.org", "Seminar a@example.org", "a@exa mple.org",
        "a\n@example.org", "<>", "Seminar <a@example.org",
    ],
    "MAJLIS_ORGANISER_EMAIL": [
        "ada", "Ada <ada@example.org>", "a@b@c.org", "ada@example", "a b@c.org",
    ],
    "MAJLIS_LOG": ["journal", "stdout"],
    "MAJLIS_LOG_LEVEL": ["verbose", "5"],
    "MAJLIS_DEBUG": ["perhaps", "-1"],
}  # fmt: skip
RIGHT = {
    "HOST": ["0.0.0.0", "::", "localhost", "seminar.local"],
    "PORT": ["1", "65535"],
    "MAJLIS_PUBLIC_URL": ["https://seminar.example", "http://10.0.0.7:8000/", "https://[::1]:8443"],
    "MAJLIS_ALLOWED_HOSTS": ["a.example, .b.example", "*", "[::1],10.0.0.7", "séminaire.example"],
    "MAJLIS_TRUSTED_PROXIES": ["10.0.0.0/8", "127.0.0.1, ::1"],
    "MAJLIS_TICK": ["0", "Yes", "off"],
    "MAJLIS_DATABASE_URL": [
        "postgres://ada:s%40fe@db.example:5433/seminar?sslmode=require", "postgresql:///seminar",
        "sqlite:////tmp/seminar.sqlite3",
    ],
    "MAJLIS_SQLITE_SYNCHRONOUS": ["normal"],
    "MAJLIS_MAIL_URL": ["smtp://mail.example", "smtps://a%40b.c:p%23w@mail.example:4465/"],
    "MAJLIS_MAIL_FROM": [
        "seminar@example.org", "Séminaire de Tunis <seminar@example.org>", "a@exämple.org",
        '"Seminar, Tunis" <a@example.org>', "ندوة <a@example.org>",
    ],
    "MAJLIS_ORGANISER_EMAIL": ["ada.b+c@example.org", "ada@localhost"],
    "MAJLIS_LOG_LEVEL": ["warning"],
}  # fmt: skip


def test_every_setting_has_wrong_values_to_try():
    assert set(WRONG) == set(env.SETTINGS)


@pytest.mark.parametrize(("name", "value"), [(n, v) for n, vs in WRONG.items() for v in vs])
def test_wrong_setting_is_refused_in_a_sentence_with_what_it_may_be(setting, name, value):
    setting(name, value)

    with pytest.raises(BadSetting) as refused:
        env.value(name)

    says, may_be = str(refused.value), env.SETTINGS[name].may_be
    assert says.startswith(f"{name} is “")
    assert says.endswith(f"”; it must be {may_be}.")
    assert says.isprintable()


@pytest.mark.parametrize(("name", "value"), [(n, v) for n, vs in RIGHT.items() for v in vs])
def test_right_setting_is_taken(setting, name, value):
    setting(name, value)

    env.value(name)


@pytest.mark.parametrize("name", env.SETTINGS)
def test_setting_that_is_empty_is_as_if_it_was_not_set(setting, monkeypatch, name):
    setting(name, "  ")
    empty = env.value(name)
    monkeypatch.delenv(name)

    assert env.value(name) == empty == env.SETTINGS[name].default


@pytest.mark.parametrize("name", ["MAJLIS_DATABASE_URL", "MAJLIS_MAIL_URL", "MAJLIS_SECRET_KEY"])
def test_refusal_shows_no_password(setting, name):
    setting(name, "gopher://ada:hunter2@h/x" if name.endswith("URL") else "hunter2")

    with pytest.raises(BadSetting) as refused:
        env.value(name)

    assert "hunter2" not in str(refused.value)


def test_sender_is_taken_by_the_library_that_sends(setting):
    for value in RIGHT["MAJLIS_MAIL_FROM"]:
        message = EmailMessage("Hello", "Words.", kinds.sender(value), ["ben@example.org"])
        assert b"example.org" in message.message().as_bytes() or "xn--" in str(message.message())


def test_misspelt_setting_is_found(setting):
    misspelt = "MAJLIS_MAIL_FROM".replace("L_F", "LF")
    setting(misspelt, "x")

    assert misspelt in env.unknown_names()


@pytest.mark.once
@pytest.mark.parametrize("name", ["MAJLIS_MAIL_FROM", "PORT"])
def test_start_with_a_wrong_setting_ends_in_one_sentence(install, name):
    here = install(on_sqlite=True, is_bare=True)
    here.settings = {name: "nonsense"}

    done = here.run("serve")

    assert done.returncode == 2
    assert done.stderr.strip() == f"{name} is “nonsense”; it must be {env.SETTINGS[name].may_be}."
