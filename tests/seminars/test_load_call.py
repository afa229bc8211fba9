"""manage.py load_call."""

from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from seminars.models import Call

pytestmark = pytest.mark.django_db
TEXT = Path("seminars/data/inserm-jsps-2026.toml").read_text(encoding="utf-8")


def load(*arguments: str) -> str:
    out, errors = StringIO(), StringIO()
    call_command("load_call", *arguments, stdout=out, stderr=errors, no_color=True)
    return out.getvalue() + errors.getvalue()


def test_without_arguments_all_real_calls_are_loaded() -> None:
    assert load() == "inserm-jsps-2026: created\n"
    assert load() == "inserm-jsps-2026: up to date\n"


def test_in_the_demonstration_the_open_call_is_loaded_too(settings: LazySettings) -> None:
    settings.DEMO = True
    assert load() == "inserm-jsps-2026: created\ndemonstration: created\n"


def test_demonstration_alone_and_again_when_it_is_over() -> None:
    with time_machine.travel("2026-11-20T18:00:00Z"):
        assert load("--demonstration") == "demonstration: created\n"
        assert load("--demonstration") == "demonstration: up to date\n"
    with time_machine.travel("2027-02-01T18:00:00Z"):
        assert load("--demonstration").startswith("demonstration: changed: ")
        assert Call.objects.get().sides.first().deadline_on.isoformat() == "2027-03-18"


def test_named_file_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "call.toml"
    path.write_text(TEXT.replace("report_days = 60", "report_days = 90"), encoding="utf-8")
    assert load() == "inserm-jsps-2026: created\n"
    assert load(str(path)) == "inserm-jsps-2026: changed: report_days\n"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("min_days = 2", "minimum_days = 2", "minimum_days: this key is unknown."),
        ("deadline_on = 2026-09-03", "deadline_on = 2026-09-31", "call.toml: "),
        ('deadline_zone = "Europe/Paris"', 'deadline_zone = "Paris"', "sides.inserm.deadline_zone: "),
    ],
)
def test_wrong_file_ends_with_a_clear_error(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = tmp_path / "call.toml"
    path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CommandError) as error:
        load(str(path))
    assert message in str(error.value)
    assert not Call.objects.exists()


def test_missing_file_ends_with_a_clear_error() -> None:
    with pytest.raises(CommandError, match="No such file"):
        load("nothing.toml")
