"""A broker that is frozen or gone costs a request a second at most, and fails nothing (SAFETY 10)."""

import signal
import time
from collections.abc import Iterator

import pytest
from kombu import pools

from accounts.actions.messages import wake_sender
from config.celery import app, sweep_at_once
from tests.servers import Servers


@pytest.fixture
def broker() -> Iterator[Servers]:
    """A server of this test's own, which the application talks to meanwhile."""
    servers = Servers()
    usual = app.conf.broker_url
    try:
        app.conf.broker_url = app.conf.broker_write_url = app.conf.broker_read_url = servers.start_valkey()
        forget_connections()
        yield servers
    finally:
        app.conf.broker_url = app.conf.broker_write_url = app.conf.broker_read_url = usual
        forget_connections()
        servers.stop()


def forget_connections() -> None:
    """Leave the application as a new process would have it."""
    pools.reset()
    app._after_fork()


def seconds_to_wake(caplog: pytest.LogCaptureFixture, said: str) -> float:
    caplog.clear()
    start = time.monotonic()
    wake_sender()
    seconds = time.monotonic() - start
    assert said in caplog.text
    return seconds


def queued(broker: Servers) -> int:
    with app.connection_for_read() as connection:
        return connection.default_channel.client.llen(app.conf.task_default_queue)


def test_waking_publishes(broker: Servers) -> None:
    wake_sender()
    assert queued(broker) == 1


@pytest.mark.parametrize("connected", [True, False], ids=["connected before", "never connected"])
def test_frozen_broker_costs_a_second_at_most(
    broker: Servers, caplog: pytest.LogCaptureFixture, connected: bool
) -> None:
    if connected:
        wake_sender()
    broker.processes[0].send_signal(signal.SIGSTOP)
    assert [seconds_to_wake(caplog, "Timeout") < 1 for _ in range(3)] == [True, True, True]


def test_beat_orders_every_sweep_when_it_starts(broker: Servers, caplog: pytest.LogCaptureFixture) -> None:
    sweep_at_once()
    assert queued(broker) == len(app.conf.beat_schedule)
    broker.processes[0].terminate()
    broker.processes[0].wait()
    start = time.monotonic()
    sweep_at_once()
    assert time.monotonic() - start < 1
    assert "could not be ordered" in caplog.text


@pytest.mark.parametrize("connected", [True, False], ids=["connected before", "never connected"])
def test_stopped_broker_costs_a_second_at_most(
    broker: Servers, caplog: pytest.LogCaptureFixture, connected: bool
) -> None:
    if connected:
        wake_sender()
    broker.processes[0].terminate()
    broker.processes[0].wait()
    assert [seconds_to_wake(caplog, "could not be woken") < 1 for _ in range(3)] == [True, True, True]


def test_thawed_broker_is_used_again(broker: Servers) -> None:
    wake_sender()
    broker.processes[0].send_signal(signal.SIGSTOP)
    wake_sender()
    broker.processes[0].send_signal(signal.SIGCONT)
    before = queued(broker)
    wake_sender()
    assert queued(broker) == before + 1
