"""Tasks take ids, are bounded, come back when their worker is killed, and wait for nothing in the broker (SAFETY 9)."""

import inspect
import re
from pathlib import Path

import pytest
from celery import Task
from django.conf import settings

from config.celery import app

app.loader.import_default_modules()
TASKS = {name: task for name, task in app.tasks.items() if not name.startswith("celery.")}
APPS = ("accounts", "config", "reviews", "seminars")


@pytest.mark.parametrize("name", TASKS)
def test_task_is_bounded_and_comes_back_when_its_worker_is_killed(name: str) -> None:
    task: Task = TASKS[name]
    hard, soft = task.time_limit or app.conf.task_time_limit, task.soft_time_limit or app.conf.task_soft_time_limit
    assert 0 < soft <= hard <= 1800
    assert task.acks_late
    assert task.ignore_result


@pytest.mark.parametrize("name", TASKS)
def test_task_takes_ids_and_nothing_else(name: str) -> None:
    taken = inspect.signature(TASKS[name].run).parameters.values()
    assert [one.name for one in taken if one.annotation is not int or not re.fullmatch(r"pk|\w+_id", one.name)] == []


def test_every_sweep_is_a_task_and_is_dropped_when_nobody_takes_it() -> None:
    for sweep in app.conf.beat_schedule.values():
        assert sweep["task"] in TASKS
        assert sweep["options"] == {"expires": 300}
        assert sweep.get("args", ()) == ()


def test_nothing_waits_in_the_broker() -> None:
    sources = [path for name in APPS for path in (Path(settings.BASE_DIR) / name).rglob("*.py")]
    waits = re.compile(r"\b(countdown|eta)=|\.retry\(")
    assert [path for path in sources if waits.search(path.read_text())] == []


def test_worker_takes_one_task_at_a_time_and_tasks_outlive_no_visibility() -> None:
    assert app.conf.worker_prefetch_multiplier == 1
    assert app.conf.task_time_limit < settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]
