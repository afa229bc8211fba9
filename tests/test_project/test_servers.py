"""The tests run on the real servers, not on stand-ins."""

import os

import redis
from django.conf import settings
from django.db import connection


def test_database_is_postgresql_15_or_later(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        assert int(cursor.fetchone()[0]) >= 150000


def test_broker_speaks_the_redis_protocol() -> None:
    assert os.environ["REDIS_URL"] == settings.CELERY_BROKER_URL
    with redis.Redis.from_url(settings.CELERY_BROKER_URL) as client:
        assert client.ping() is True
