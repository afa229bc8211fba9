"""docker/nginx.conf, on a real nginx before a real gunicorn, each by its exact command."""

import gzip
import http.client
import json
import os
import re
import shutil
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.test import Client
from django.urls import URLResolver, get_resolver

from seminars.actions.attachments import attach
from tests import cast
from tests.composed import SERVICES, becomes_true, environment, running, wanted
from tests.servers import free_port

NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}{os.pathsep}/usr/sbin")
CONFIGURATION = settings.BASE_DIR / "docker" / "nginx.conf"
DATA = b"%PDF-1.7 what a coordinator attached"


def certificate(folder: Path) -> None:
    """Write a certificate for this test, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "seminars.example.org")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(1))
    signed = made.sign(key, hashes.SHA256())
    folder.mkdir()
    (folder / "fullchain.pem").write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    plain = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "privkey.pem").write_bytes(key.private_bytes(*plain))


@dataclass
class Site:
    """nginx and the application behind it."""

    web: ExitStack
    http: int
    https: int
    files: Path
    log: Path

    def ask(self, path: str, *, cookie: str = "", method: str = "GET", body: bytes = b"", **headers: str) -> Any:
        """Return an answer with its ``body`` read."""
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        connection = http.client.HTTPSConnection("127.0.0.1", self.https, context=ssl._create_unverified_context())
        sent = {"Host": "seminars.example.org", "Cookie": cookie, **names}
        connection.request(method, path, body=body or None, headers=sent)
        answer: Any = connection.getresponse()
        answer.body = answer.read()
        connection.close()
        return answer


@pytest.fixture
def site(transactional_db: None, files_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The services web and nginx, healthy; places and ports of containers become those of this test."""
    assert NGINX, "No nginx: apt-get install -y nginx"
    place = tmp_path_factory.mktemp("nginx")
    certificate(place / "tls")
    web, http_port, https_port = free_port(), free_port(), free_port()
    text = CONFIGURATION.read_text()
    for before, after in {
        " /tmp/": f" {place}/",
        "web:8000": f"127.0.0.1:{web}",
        "listen 8080": f"listen 127.0.0.1:{http_port}",
        "listen 8443": f"listen 127.0.0.1:{https_port}",
        "alias /files/": f"alias {files_root}/",
        "/etc/nginx/tls/": f"{place}/tls/",
        "/etc/nginx/pages": f"{CONFIGURATION.parent}/pages",
        "/dev/stdout": f"{place}/access.log",
    }.items():
        assert before in text
        text = text.replace(before, after)
    # Root's workers would be nobody, who may not look into the folders of this test.
    (place / "nginx.conf").write_text(("user root;\n" if os.geteuid() == 0 else "") + text)
    told = str(place / "nginx.conf")
    command = [told if word == "/etc/nginx/nginx.conf" else word for word in SERVICES["nginx"]["command"]]
    asking = [word.replace("8080", str(http_port)) for word in wanted(SERVICES["nginx"]["healthcheck"]["test"][1:])]
    private = SERVICES["web"]["environment"]["FILES_ACCEL_PREFIX"]
    changed = {"MODE": "test", "SECRET_KEY": settings.SECRET_KEY, "TRUSTED_PROXIES": "1"}
    changed |= {"FILES_ROOT": str(files_root), "FILES_ACCEL_PREFIX": private}
    with ExitStack() as serving:
        assert becomes_true(serving.enter_context(running("web", web, **changed)))
        with subprocess.Popen([NGINX, *command[1:]], env=environment()) as nginx:
            try:
                assert becomes_true(lambda: not subprocess.run(asking, capture_output=True).returncode)
                yield Site(serving, http_port, https_port, files_root, place / "access.log")
            finally:
                nginx.terminate()
                assert nginx.wait(20) == 0


def test_the_door(site: Site, client: Client) -> None:
    """One start of the servers serves all questions."""
    # Plain http only leads to https.
    plain = http.client.HTTPConnection("127.0.0.1", site.http)
    plain.request("GET", "/calls/?q=1", headers={"Host": "seminars.example.org"})
    answer = plain.getresponse()
    assert (answer.status, answer.getheader("Location")) == (301, "https://seminars.example.org/calls/?q=1")
    plain.close()

    # A page comes compressed, with each header of the application once, and no word on the server.
    page = site.ask("/account/login/", Accept_Encoding="gzip", X_Request_ID="forged", X_Forwarded_Proto="http")
    assert page.status == 200
    assert b"<h1" in gzip.decompress(page.body)
    for name in ("Strict-Transport-Security", "Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options"):
        assert len(page.headers.get_all(name)) == 1, name
    assert page.getheader("Server") == "nginx"
    assert "no-store" in page.getheader("Cache-Control")

    # An attachment: asked of the application, sent by nginx, and to nobody else.
    record = cast.draft_of(cast.marie())
    kept = attach(record, name="Projet commun.pdf", data=DATA, pages=1, by=record.coordinator, at=cast.BEFORE)
    path = f"/proposals/{record.pk}/attachments/{kept.pk}/"
    client.force_login(cast.marie())
    marie = f"sessionid={client.cookies['sessionid'].value}"
    file = site.ask(path, cookie=marie)
    assert (file.status, file.body) == (200, DATA)
    assert file.getheader("Content-Type") == "application/pdf"
    assert file.getheader("Content-Disposition") == 'attachment; filename="Projet commun.pdf"'
    assert file.getheader("Cache-Control") == "private, no-store"
    assert file.getheader("X-Content-Type-Options") == "nosniff"
    assert file.getheader("Content-Security-Policy") == "sandbox; default-src 'none'"
    assert file.getheader("X-Accel-Redirect") is None
    client.force_login(cast.kenji())
    assert site.ask(path, cookie=f"sessionid={client.cookies['sessionid'].value}").status == 404
    assert site.ask(f"/private/{kept.file.name}", cookie=marie).status == 404
    assert site.ask(f"/private/../private/{kept.file.name}", cookie=marie).status == 404

    # Too much is refused before the application has it; what is for machines inside is not for those outside.
    large = site.ask("/account/login/", method="POST", body=b"x" * (13 * 1024 * 1024 + 1))
    assert (large.status, large.getheader("Retry-After")) == (413, None)
    assert all(word in large.body.decode() for word in ("too large", "volumineux", "大きすぎます"))
    assert_guarded(large)
    (site.files / "large").write_bytes(b"x" * (13 * 1024 * 1024 + 1))
    address = f"https://127.0.0.1:{site.https}/account/login/"
    sent = ["curl", "--http2", "--insecure", "--silent", "--data-binary", f"@{site.files}/large", address]
    assert "volumineux" in subprocess.run(sent, capture_output=True, text=True, check=True).stdout
    assert site.ask("/metrics").status == 404
    assert [site.ask(f"/{page}.html").status for page in ("too-large", "unavailable")] == [404, 404]

    # A name that is not ours is not believed.
    assert site.ask("/account/login/", Host="elsewhere.example.org").status == 400

    # Secrets in addresses, and who asks, are in no log.
    site.ask("/feeds/very-secret-words/seminars.ics?q=words")
    assert becomes_true(lambda: "/feeds/" in site.log.read_text())
    assert json.loads(site.log.read_text().splitlines()[-1])["path"] == "/feeds/"
    assert not re.search(r"very-secret|words|127\.0\.0\.1", site.log.read_text())

    # While the application is replaced, three languages say so.
    site.web.close()
    down = site.ask("/account/login/")
    assert (down.status, down.getheader("Retry-After"), down.getheader("Cache-Control")) == (502, "60", "no-store")
    assert all(word in down.body.decode() for word in ("try again", "réessayer", "お試しください"))
    assert_guarded(down)


def assert_guarded(answer: Any) -> None:
    """A page of nginx's own may do as little as one of the application's, and is kept by nobody."""
    assert "default-src 'none'" in answer.getheader("Content-Security-Policy")
    assert answer.getheader("X-Content-Type-Options") == "nosniff"
    assert answer.getheader("Strict-Transport-Security").startswith("max-age=31536000")
    assert answer.getheader("Cache-Control") == "no-store"


def routes(resolver: URLResolver, before: str = "/") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        here = before + str(pattern.pattern).lstrip("^")
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, here)
        else:
            yield here


def test_every_address_with_a_secret_is_cut_short_in_the_log() -> None:
    [logged] = re.findall(r"~\^\((.+)\) \$1;", CONFIGURATION.read_text())
    secret = [route for route in routes(get_resolver()) if re.search(r"(token|key)>", route)]
    assert len(secret) >= 10
    assert [route for route in secret if not route.startswith(tuple(logged.split("|")))] == []
