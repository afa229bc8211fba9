"""The tests run on the real servers, not on stand-ins."""

import os

import redis
from django.conf import settings
from django.db import connection


def test_database_is_postgresql_15_or_later(db: None) -> None:
    assert connection.vendor == "postgresql"
    assert connection.pg_version >= 150000


def test_broker_speaks_the_redis_protocol() -> None:
    assert settings.CELERY_BROKER_URL == os.environ["REDIS_URL"]
    with redis.Redis.from_url(settings.CELERY_BROKER_URL) as client:
        assert client.ping() is True
