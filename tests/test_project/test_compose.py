"""docker-compose.yml: what each service may do, and that its exact command works."""

import re
import subprocess
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.conf import settings

from tests.composed import COMPOSE, SERVICES, becomes_true, environment, running, wanted
from tests.servers import NOTHING_KEPT, free_port

TEXT = (settings.BASE_DIR / "docker-compose.yml").read_text()
DOCKERFILE = (settings.BASE_DIR / "Dockerfile").read_text()
OURS = ("backup", "beat", "migrate", "web", "worker")
ONCE = ("backup", "migrate")


def test_services_are_the_ones_production_needs() -> None:
    others = ["clamav", "nginx", "postgres", "redis"]
    assert sorted(SERVICES) == sorted([*OURS, *others])
    assert {SERVICES[name]["user"] for name in OURS} == {"10001:10001"}


@pytest.mark.parametrize("name", SERVICES)
def test_services_are_confined_and_bounded(name: str) -> None:
    service = SERVICES[name]
    assert int(service["user"].partition(":")[0]) > 0
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in service
    assert set(service["deploy"]["resources"]["limits"]) == {"cpus", "memory", "pids"}
    assert service["logging"]["options"]["max-size"]


def test_there_is_one_beat_and_backups_are_asked_for() -> None:
    assert SERVICES["beat"]["deploy"]["replicas"] == 1
    assert SERVICES["backup"]["profiles"] == ["backup"]
    assert {name for name, service in SERVICES.items() if "profiles" in service} == {"backup"}


def test_what_is_to_stay_is_in_named_volumes() -> None:
    mounted = {mount.partition(":")[0] for service in SERVICES.values() for mount in service.get("volumes", [])}
    assert {mount for mount in mounted if mount[0] not in "./$"} == set(COMPOSE["volumes"])
    assert all(mount.endswith(":ro") for mount in SERVICES["nginx"]["volumes"])


@pytest.mark.parametrize("name", [name for name in SERVICES if name not in ONCE])
def test_lasting_services_are_watched_and_restarted(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}
    assert SERVICES[name]["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", ["beat", "web", "worker"])
def test_service_waits_for_the_migrations(name: str) -> None:
    assert SERVICES[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}


def test_only_nginx_is_reachable_and_the_data_reach_nobody() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["nginx"]
    assert not {"inside"} & set(SERVICES["nginx"]["networks"])
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    assert {tuple(SERVICES[name]["networks"]) for name in ("postgres", "redis", "beat")} == {("inside",)}


def test_servers_are_recent_enough() -> None:
    versions = {name: int(SERVICES[name]["image"].partition(":")[2]) for name in ("postgres", "redis")}
    assert versions["postgres"] >= 15
    assert versions["redis"] >= 7


def test_the_image_can_back_up_the_server_it_runs_with() -> None:
    server = SERVICES["postgres"]["image"].partition(":")[2]
    assert f"postgresql-client-{server} " in DOCKERFILE


def test_secrets_come_from_outside_and_are_described() -> None:
    asked = set(re.findall(r"\$\{(\w+)", TEXT))
    described = re.findall(r"^(\w+)=", (settings.BASE_DIR / "docker" / "env.example").read_text(), re.MULTILINE)
    assert asked == set(described)
    for secret in ("SECRET_KEY", "POSTGRES_PASSWORD", "EMAIL_URL", "SITE_URL"):
        assert re.search(rf"\$\{{{secret}:\?", TEXT), f"{secret} must have no default"


def test_image_runs_as_nobody_special_and_takes_no_secret_along() -> None:
    assert re.findall(r"^USER (.+)$", DOCKERFILE, re.MULTILINE) == ["10001:10001"]
    assert {".env", ".git", "var"} <= set((settings.BASE_DIR / ".dockerignore").read_text().split())


@pytest.mark.django_db(transaction=True)
def test_migrate_command_works() -> None:
    subprocess.run(wanted(SERVICES["migrate"]["command"]), env=environment(), cwd=settings.BASE_DIR, check=True)


@pytest.mark.django_db(transaction=True)
def test_backup_command_works(tmp_path: Path) -> None:
    command = [word.replace("/backups", str(tmp_path)) for word in SERVICES["backup"]["command"]]
    subprocess.run(command, env=environment(), cwd=settings.BASE_DIR, check=True)
    assert sorted(path.name for path in next(tmp_path.iterdir()).iterdir())[0] == "database.dump"


def test_redis_runs_as_in_all_tests_and_answers_its_network() -> None:
    # Redis's own images are built without this protection; those of others refuse all but their own container.
    assert SERVICES["redis"]["command"] == ["redis-server", *NOTHING_KEPT, "--protected-mode", "no"]


@pytest.mark.django_db(transaction=True)
def test_commands_start_become_healthy_and_stop() -> None:
    names = ("beat", "web", "worker")
    with ExitStack() as stack:
        # Side by side, as in production: one's start is another's wait.
        checks = {name: stack.enter_context(running(name, free_port())) for name in names}
        assert [name for name in names if not becomes_true(checks[name])] == []
