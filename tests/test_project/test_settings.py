"""Production does not start by halves."""

import os
import runpy
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

SETTINGS = settings.BASE_DIR / "config" / "settings.py"
PRODUCTION = {
    "SECRET_KEY": "s" * 60,
    "SITE_URL": "https://seminars.example.org",
    "DATABASE_URL": "postgres://user:password@postgres/seminars",
    "REDIS_URL": "redis://redis:6379/0",
    "EMAIL_URL": "smtp+tls://user:password@mail:587",
}


def load(monkeypatch: pytest.MonkeyPatch, **environment: str) -> dict[str, Any]:
    others = ("MODE", "DEBUG", "ALLOWED_HOSTS", "TRUSTED_PROXIES", "SENTRY_DSN", "SECRET_KEY_FALLBACKS")
    for name in (*PRODUCTION, *others):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(str(SETTINGS))


def test_production_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = load(monkeypatch, **PRODUCTION)
    assert loaded["PRODUCTION"] is True
    assert loaded["DEMO"] is False
    assert loaded["DEBUG"] is False
    assert set(loaded["ALLOWED_HOSTS"]) == {"seminars.example.org", "127.0.0.1", "localhost", "web"}
    assert loaded["SECURE_SSL_REDIRECT"] is True
    assert loaded["SESSION_COOKIE_SECURE"] is True
    assert loaded["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"
    assert loaded["DATABASES"]["default"]["ENGINE"] == "django.db.backends.postgresql"


@pytest.mark.parametrize("name", PRODUCTION)
@pytest.mark.parametrize("how", ["absent", "empty"])
def test_production_without_one_setting_refuses(monkeypatch: pytest.MonkeyPatch, name: str, how: str) -> None:
    environment = dict(PRODUCTION)
    if how == "absent":
        del environment[name]
    else:
        environment[name] = ""
    with pytest.raises(ImproperlyConfigured, match=f"Set {name}"):
        load(monkeypatch, **environment)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"DEBUG": "1"}, "DEBUG is never on"),
        ({"DEBUG": "on", "MODE": "demo"}, "DEBUG is never on"),
        ({"MODE": "staging"}, "MODE is"),
        ({"SITE_URL": "http://seminars.example.org"}, "must be https"),
        ({"SITE_URL": "seminars.example.org"}, "SITE_URL is an address"),
        ({"SITE_URL": "ftp://seminars.example.org"}, "SITE_URL is an address"),
        ({"DATABASE_URL": "sqlite:////tmp/seminars.sqlite3"}, "PostgreSQL"),
    ],
)
def test_unsafe_setting_refuses(monkeypatch: pytest.MonkeyPatch, changed: dict[str, str], reason: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=reason):
        load(monkeypatch, **{**PRODUCTION, **changed})


def test_further_hosts_come_beside_our_own(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = load(monkeypatch, ALLOWED_HOSTS="seminars.internal", **PRODUCTION)
    assert {"seminars.example.org", "seminars.internal"} <= set(loaded["ALLOWED_HOSTS"])


def test_proxy_headers_are_trusted_only_behind_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "SECURE_PROXY_SSL_HEADER" not in load(monkeypatch, **PRODUCTION)
    behind = load(monkeypatch, TRUSTED_PROXIES="1", **PRODUCTION)
    assert behind["SECURE_PROXY_SSL_HEADER"] == ("HTTP_X_FORWARDED_PROTO", "https")


def test_former_keys_are_believed_and_none_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load(monkeypatch, SECRET_KEY_FALLBACKS="", **PRODUCTION)["SECRET_KEY_FALLBACKS"] == []
    both = load(monkeypatch, SECRET_KEY_FALLBACKS=f"{'a' * 60},{'b' * 60}", **PRODUCTION)
    assert both["SECRET_KEY_FALLBACKS"] == ["a" * 60, "b" * 60]


def test_demo_needs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = load(monkeypatch, MODE="demo")
    assert loaded["DATABASES"]["default"]["ENGINE"] == "django.db.backends.sqlite3"
    assert loaded["CELERY_BROKER_URL"] == "memory://localhost"
    assert set(loaded["ALLOWED_HOSTS"]) == {"127.0.0.1", "localhost"}


def test_tests_run_in_test_mode() -> None:
    assert os.environ["MODE"] == settings.MODE == "test"
