"""What the environment may say, and what is said when it says something else."""

import stat

import pytest

from majlis.config import env
from majlis.config.env import BadSetting


@pytest.fixture
def setting(monkeypatch):
    return monkeypatch.setenv


@pytest.mark.parametrize("value", ["0", "65536", "eighty", "-1"])
def test_port_refuses_what_is_no_port(setting, value):
    setting("PORT", value)

    with pytest.raises(BadSetting, match="from 1 to 65535"):
        env.port("PORT", 8000)


def test_public_url_prefers_what_is_set_to_what_is_served(setting, tmp_path):
    setting("MAJLIS_PUBLIC_URL", "https://seminar.example/")

    assert env.public_url(tmp_path, host="0.0.0.0", port=8000) == "https://seminar.example"


@pytest.mark.parametrize("value", ["seminar.example", "ftp://a", "https://a/path", "https://"])
def test_public_url_refuses_what_is_no_origin(setting, tmp_path, value):
    setting("MAJLIS_PUBLIC_URL", value)

    with pytest.raises(BadSetting, match=r"like https://seminar\.example"):
        env.public_url(tmp_path, host="127.0.0.1", port=8000)


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
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 10}, "sslmode": "require"},
    }


def test_database_of_another_kind_is_refused(tmp_path):
    with pytest.raises(BadSetting, match="postgres://user"):
        env.database("mysql://root@localhost/seminar", tmp_path, synchronous="FULL")


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


def test_mail_refuses_what_is_no_mail_server():
    with pytest.raises(BadSetting, match="smtps://"):
        env.mail("mail.example")


def test_secret_key_is_drawn_once_and_read_by_its_owner_only(tmp_path):
    first = env.secret_key(tmp_path)

    assert env.secret_key(tmp_path) == first
    assert len(first) > 50
    assert [p.name for p in tmp_path.iterdir()] == ["secret_key"]
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_synchronous_is_one_of_two_words(setting):
    setting("MAJLIS_SQLITE_SYNCHRONOUS", "off")

    with pytest.raises(BadSetting, match="FULL or NORMAL"):
        env.one_of("MAJLIS_SQLITE_SYNCHRONOUS", "FULL", "NORMAL")
