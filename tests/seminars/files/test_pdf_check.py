"""Files that are what they say, and files that are not (SAFETY 11)."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from seminars.files import pdf_check
from tests import pdfs


@pytest.mark.parametrize("pages", [1, 1000])
def test_ordinary_pdf_is_counted(pages: int) -> None:
    assert pdf_check.pages_of(pdfs.plain(pages)) == pages


@pytest.mark.parametrize(("make", "code", "kind"), pdfs.UNACCEPTED, ids=lambda value: getattr(value, "__name__", None))
def test_other_file_is_refused_with_its_reason(make: Callable[[], bytes], code: str, kind: str) -> None:
    with pytest.raises(pdf_check.NotAccepted) as refused:
        pdf_check.pages_of(make())
    assert (refused.value.code, refused.value.kind) == (code, kind)


def test_more_than_a_thousand_pages_are_refused() -> None:
    with pytest.raises(pdf_check.NotAccepted, match="many_pages"):
        pdf_check.pages_of(pdfs.plain(1001))


def test_bomb_of_objects_is_refused_within_its_memory() -> None:
    with pytest.raises(pdf_check.NotAccepted) as refused:
        pdf_check.pages_of(pdfs.with_bomb_of_objects())
    assert refused.value.code in {"damaged", "heavy"}


@pytest.mark.parametrize("cut", [5, 9, 200, 400, -20])
def test_beginning_of_a_pdf_is_damaged(cut: int) -> None:
    with pytest.raises(pdf_check.NotAccepted, match="damaged"):
        pdf_check.pages_of(pdfs.plain(2)[:cut])


def test_child_knows_only_codes_that_have_words() -> None:
    words = (pdf_check.CHILD).read_text()
    assert {code for code in pdf_check.REFUSALS if f'"{code}"' in words} == pdf_check.REFUSALS


def test_child_that_takes_too_long_makes_the_file_too_heavy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_check, "SECONDS", 0.01)
    with pytest.raises(pdf_check.NotAccepted, match="heavy"):
        pdf_check.pages_of(pdfs.plain())


def test_child_that_is_ended_by_a_limit_makes_the_file_too_heavy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = tmp_path / "child.py"
    child.write_text("import resource\nresource.setrlimit(resource.RLIMIT_CPU, (1, 1))\nwhile True: pass\n")
    monkeypatch.setattr(pdf_check, "CHILD", child)
    with pytest.raises(pdf_check.NotAccepted, match="heavy"):
        pdf_check.pages_of(pdfs.plain())


def test_child_that_fails_is_no_fault_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    child = tmp_path / "child.py"
    child.write_text("raise SystemExit('no parser here')\n")
    monkeypatch.setattr(pdf_check, "CHILD", child)
    with pytest.raises(pdf_check.NotAccepted, match="unchecked"):
        pdf_check.pages_of(pdfs.plain())
    assert caplog.messages == ["The PDF check failed: no parser here\n"]


def test_child_may_not_write_files() -> None:
    script = (
        "import runpy, resource, sys\n"
        f"child = runpy.run_path({str(pdf_check.CHILD)!r})\n"
        "child['main']()\n"
        "try:\n    open('/tmp/written-by-the-child', 'wb').write(b'x' * 10_000)\nexcept OSError as error:\n"
        "    sys.stdout.write(' ' + str(error.errno))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n" + script],
        input=pdfs.plain(),
        capture_output=True,
        check=True,
    )
    assert done.stdout == b'{"pages": 1} 27'
