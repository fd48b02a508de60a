"""Behind nginx, as `deploy/nginx.conf` has it."""

from __future__ import annotations

import os
import re
import shutil
import ssl
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from pathlib import Path

import pytest

from tests.config.installation import ROOT, Installation
from tests.config.test_serve import free_port, serving
from tests.waiting import PATIENCE

pytestmark = [pytest.mark.long, pytest.mark.once]
NAME = "seminar.example"
AROUND = """
daemon off; pid {folder}/pid; error_log {folder}/error.log;
events {{ }}
http {{
  access_log off;
  client_body_temp_path {folder}/bodies; proxy_temp_path {folder}/proxied;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  include {folder}/site.conf;
}}
"""


@dataclass
class Proxy:
    plain: int
    tls: int
    here: Installation

    def ask(
        self, path: str, *, source: str = "127.0.0.1", method: str = "GET",
        body: bytes | None = None, **headers: str,
    ) -> HTTPResponse:  # fmt: skip
        """A request as a browser sends it, from an address of this machine; unread."""
        trusting = ssl.create_default_context()
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        line = HTTPSConnection(
            "127.0.0.1", self.tls, timeout=PATIENCE, context=trusting, source_address=(source, 0)
        )
        line.request(method, path, body, {"Host": NAME, **headers})
        return line.getresponse()


@pytest.fixture(scope="module")
def proxy(install_once, tmp_path_factory) -> Iterator[Proxy]:
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if nginx is None:
        pytest.skip("nginx is not here")
    folder = tmp_path_factory.mktemp("nginx")
    here = install_once(on_sqlite=True)
    here.settings = {
        "HOST": "127.0.0.1", "PORT": str(free_port()), "MAJLIS_PUBLIC_URL": f"https://{NAME}",
        "MAJLIS_STREAMS_PER_ADDRESS": "1",
    }  # fmt: skip
    made = Proxy(free_port(), free_port(), here)
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={NAME}",
         "-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    site = (ROOT / "deploy" / "nginx.conf").read_text()
    for ours, here_ in (
        ("127.0.0.1:8000", f"127.0.0.1:{here.settings['PORT']}"),
        ("listen 80;", f"listen 127.0.0.1:{made.plain};"),
        ("listen 443 ssl http2;", f"listen 127.0.0.1:{made.tls} ssl http2;"),
        (f"/etc/letsencrypt/live/{NAME}", str(folder)),
    ):
        assert ours in site
        site = site.replace(ours, here_)
    (folder / "site.conf").write_text(re.sub(r"listen \[::\].*\n", "", site))
    user = "user root;" if os.geteuid() == 0 else ""  # who alone may enter the folder
    (folder / "nginx.conf").write_text(user + AROUND.format(folder=folder))
    with serving(here):
        running = subprocess.Popen([nginx, "-p", folder, "-c", folder / "nginx.conf"])
        try:
            wait_for(made.plain, folder)
            yield made
        finally:
            running.terminate()
            running.wait(PATIENCE)


def wait_for(port: int, folder: Path) -> None:
    for _ in range(1200):
        try:
            HTTPConnection("127.0.0.1", port, timeout=PATIENCE).connect()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError((folder / "error.log").read_text())


def test_plain_http_is_sent_to_tls(proxy):
    line = HTTPConnection("127.0.0.1", proxy.plain, timeout=PATIENCE)
    line.request("GET", "/en/", headers={"Host": NAME})
    answer = line.getresponse()

    assert (answer.status, answer.headers["Location"]) == (301, f"https://{NAME}/en/")
    line.close()


def test_majlis_knows_that_readers_come_over_tls(proxy):
    page = proxy.ask("/en/sign-in/")
    cookie = page.headers["Set-Cookie"]
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.read().decode())
    sent = f"csrfmiddlewaretoken={token[1]}&email=ada%40seminar.example".encode()

    answer = proxy.ask(
        "/en/sign-in/", method="POST", body=sent, Origin=f"https://{NAME}",
        Cookie=cookie.partition(";")[0], **{"Content-Type": "application/x-www-form-urlencoded"},
    )  # fmt: skip

    assert cookie.startswith("__Host-csrftoken=")
    assert "Secure" in cookie
    assert answer.status == 303
    assert "max-age" in answer.headers["Strict-Transport-Security"]


def test_stream_arrives_at_once_and_counts_for_the_address_it_comes_from(proxy):
    first = proxy.ask("/live/tunis/")
    said = [first.readline() for _ in range(3)]

    assert said[2].startswith(b"data: revision")
    # Held back by the proxy it would come with the first kilobytes, which is never.
    pretending = proxy.ask("/live/tunis/", **{"X-Forwarded-For": "192.0.2.9"})
    assert pretending.status == 503  # one from each address, whatever it says of itself
    assert proxy.ask("/live/tunis/", source="127.0.0.2").status == 200


def test_nine_megabytes_of_a_colleague_pass_and_eleven_do_not(proxy):
    session = proxy.here.python(
        "from django.test import Client\n"
        "from tests.factories.registration import RoleFactory\n"
        "desk = Client(); desk.force_login(RoleFactory().person)\n"
        "print(next(iter(desk.cookies.values())).value, end='')"
    )
    colleague = {"Cookie": f"__Host-sessionid={session}"}

    def send(size: int, headers: dict[str, str]) -> int:
        return proxy.ask("/en/desk/", method="POST", body=bytes(size), **headers).status

    assert send(9_000_000, colleague) == 403  # read whole; it is no form of ours
    assert send(9_000_000, {}) == 413  # a stranger's
    assert send(11_000_000, colleague) == 413
