"""The pages of the lists: steps, remarks in three languages, who sees what, undo and sharing with confirmation."""

import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from seminars.actions.list_import import order_import, run_import
from seminars.choices import ListState
from seminars.models import ApplicationList, ListedApplication
from seminars.queries.list_preview import seen_choices
from tests import cast, lists, spreadsheets
from tests.clamd import EICAR, Serve, clamd
from tests.sessions import sign_in
from tests.spreadsheets import HEADINGS, SATO, TANAKA, csv

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files_root")]
CODE = "inserm-jsps-2026"


def officer() -> User:
    return cast.in_english(cast.jsps_officer())


@pytest.fixture
def client(client: Client) -> Client:
    cast.call_2026()
    return sign_in(client, officer())


def post(client: Client, name: str, *args: Any, **data: Any) -> Any:
    """Post a form; of a step, as its page shows the choices at this moment."""
    if name in ("application_list_columns", "application_list_preview"):
        data.setdefault("seen", seen_choices(ApplicationList.objects.get(pk=args[0])))
    return client.post(reverse(name, args=args), data)


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def send(client: Client, data: bytes, name: str = "list.csv", **values: Any) -> Any:
    return post(client, "application_list_upload", CODE, side="jsps", file=SimpleUploadedFile(name, data), **values)


def test_a_list_goes_through_all_steps(client: Client) -> None:
    empty = text(client.get(reverse("application_lists", args=[CODE])))
    assert "No list was imported yet" in empty
    assert "Whose applications does the list name?" in text(client.get(reverse("application_list_upload", args=[CODE])))
    answer = send(client, spreadsheets.jsps_csv())
    listed = ApplicationList.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, reverse("application_list_columns", args=[listed.pk]))
    columns = text(client.get(answer["Location"]))
    assert "TANAKA Kenji" in columns
    assert '<option value="name_kanji" selected>' in columns
    chosen = {f"column-{at}": listed.mapping.get(heading, "") for at, heading in enumerate(listed.headers)}
    answer = post(client, "application_list_columns", listed.pk, **chosen)
    preview = text(client.get(answer["Location"]))
    assert "<b>2</b> rows are added" in preview
    assert "14–16 June 2027" in preview
    answer = post(client, "application_list_preview", listed.pk, known="update", **{"row-3": "skip"})
    assert answer.status_code == 303
    assert "Import 1 row" in text(client.get(answer["Location"]))
    answer = post(client, "application_list_preview", listed.pk, **{"import": 1, "known": "update", "row-3": "skip"})
    assert (answer.status_code, answer["Location"]) == (303, reverse("application_list", args=[listed.pk]))
    shown = text(client.get(answer["Location"]))
    for said in ("<b>1</b> rows were added", "JP-001", "Row 2 as received", "2027年6月14日～16日", "Uploaded the list"):
        assert said in shown
    assert "JP-002" not in shown
    assert "list.csv" in text(client.get(reverse("application_lists", args=[CODE])))
    for step in ("columns", "preview"):
        assert client.get(reverse(f"application_list_{step}", args=[listed.pk])).status_code == 302


def test_a_file_that_cannot_be_read_is_refused_in_words(client: Client) -> None:
    for name, data, said in (
        ("list.xlsx", spreadsheets.formula(), "Cell B2 holds a formula."),
        ("list.xlsx", spreadsheets.merged_below(), "Cells B2:B3 are merged."),
        ("list.xls", spreadsheets.OLE + b"\0" * 600, "This is a workbook of an old Excel (XLS)."),
        ("list.pdf", b"%PDF-1.7", "Choose an Excel workbook (.xlsx)"),
        ("list.csv", b"x" * (10 * 1024 * 1024 + 1), "This file is too large: 10.1 MB."),
    ):
        answer = send(client, data, name)
        assert answer.status_code == 422
        assert said in text(answer)
    assert not ApplicationList.objects.exists()
    assert "required" in text(post(client, "application_list_upload", CODE))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            (
                "row 2 has the number JP-001 already",
                "“kenji” is not an e-mail address; left empty",
                "names no exact day",
            ),
        ),
        (
            "fr",
            ("la ligne 2 porte déjà le numéro JP-001", "« kenji » n’est pas une adresse électronique", "jour précis"),
        ),
        ("ja", ("2行目に同じ番号 JP-001 があります", "「kenji」はメールアドレスではありません", "日が特定できません")),
    ],
)
def test_remarks_are_said_in_the_readers_language(client: Client, language: str, said: tuple[str, ...]) -> None:
    User.objects.update(language=language)
    wrong = ("JP-001", "佐藤　花", "SATO Hana", "Cells", "2027年7月上旬", "B", "kenji", "")
    listed = lists.uploaded(csv(HEADINGS, TANAKA, wrong))
    shown = text(client.get(reverse("application_list_preview", args=[listed.pk])))
    for words in said:
        assert words in shown.replace("\u00a0", " ").replace("\u202f", " ").replace("&#x27;", "’")


def test_the_preview_shows_what_is_asked_for_and_refuses_what_stands_in_the_way(client: Client) -> None:
    lists.imported(csv(HEADINGS, SATO))
    twice = ("JP-001", "", "", "Twice", "", "", "", "")
    listed = lists.uploaded(csv(HEADINGS, TANAKA, twice, SATO, ("JP-9", "", "", "Nine", "", "", "", "")))
    address = reverse("application_list_preview", args=[listed.pk])
    shown = {show: text(client.get(f"{address}?show={show}")) for show in ("problems", "known", "stopped", "odd")}
    titles = ("Ageing", "Twice", "Cells alone", "Nine")
    assert {show: [title for title in titles if title in page] for show, page in shown.items()} == {
        "problems": ["Twice"],
        "known": ["Cells alone"],
        "stopped": ["Twice"],
        "odd": ["Ageing", "Twice", "Cells alone", "Nine"],
    }
    refused = post(client, "application_list_preview", listed.pk, **{"import": 1, "known": "keep"})
    assert (refused.status_code, "Some rows cannot be imported." in text(refused)) == (409, True)
    assert post(client, "application_list_preview", listed.pk, known="never").status_code == 422
    post(client, "application_list_preview", listed.pk, **{"import": 1, "known": "keep", "leave_out": "on"})
    listed.refresh_from_db()
    assert (listed.added_count, listed.kept_count, listed.skipped_count) == (2, 1, 1)


def test_columns_are_refused_that_say_nothing_or_say_it_twice(client: Client) -> None:
    listed = lists.uploaded()
    twice = post(client, "application_list_columns", listed.pk, **{"column-0": "email", "column-1": "email"})
    assert (twice.status_code, "“受付番号” holds this already" in text(twice)) == (422, True)
    nothing = post(client, "application_list_columns", listed.pk, **{"column-0": "venue_city"})
    assert (nothing.status_code, "Choose a column at least" in text(nothing)) == (422, True)


def test_another_sheet_and_another_encoding_are_read(client: Client) -> None:
    def fill(book: Any) -> None:
        book.active.append(["Title", "City"])
        book.active.append(["Cells", "Kyoto"])
        other = book.create_sheet("Other")
        other.append(["Application number", "Title"])
        other.append(["JP-5", "Genes"])

    listed = lists.uploaded(spreadsheets.workbook(fill), name="list.xlsx")
    assert "This is the sheet “Sheet”" in text(client.get(reverse("application_list_columns", args=[listed.pk])))
    answer = post(client, "application_list_columns", listed.pk, read_again=1, sheet="Other")
    assert "JP-5" in text(client.get(answer["Location"]))
    plain = lists.uploaded(csv(HEADINGS, SATO, encoding="cp932"))
    wrong = post(client, "application_list_columns", plain.pk, read_again=1, encoding="utf-8")
    assert (wrong.status_code, "The letters of this file cannot be read." in text(wrong)) == (422, True)
    assert post(client, "application_list_columns", plain.pk, read_again=1, encoding="cp932").status_code == 303


def test_what_is_hidden_and_assumed_is_said(client: Client) -> None:
    listed = lists.uploaded(spreadsheets.hidden_and_titled(), name="list.xlsx")
    assert "Rows that are hidden in the file: 1." in text(
        client.get(reverse("application_list_columns", args=[listed.pk]))
    )
    doubtful = lists.uploaded(csv(("Title", "Start date"), ("Cells", "04/05/2027")))
    shown = text(client.get(reverse("application_list_preview", args=[doubtful.pk])))
    assert "Column “Start date”: “04/05/2027” is read as 4 May 2027." in shown


def test_a_long_list_is_left_to_a_worker_and_shows_how_far_it_is(client: Client) -> None:
    rows = [(f"JP-{at:03}", *TANAKA[1:]) for at in range(301)]
    listed = lists.uploaded(csv(HEADINGS, *rows))
    post(client, "application_list_preview", listed.pk, **{"import": 1, "known": "update"})
    address = reverse("application_list", args=[listed.pk])
    waiting = text(client.get(address))
    assert "The list is being imported" in waiting
    assert 'max="301" value="0"' in waiting
    run_import(listed.pk, at=cast.BEFORE)
    done = text(client.get(address))
    assert "<b>301</b> rows were added" in done
    assert "hx-trigger" not in done


def test_an_import_is_undone_after_a_question(client: Client) -> None:
    listed = lists.imported()
    question = text(client.get(reverse("application_list_undo", args=[listed.pk])))
    assert "2 rows that it added are removed." in question
    assert ListedApplication.objects.count() == 2
    assert post(client, "application_list_undo", listed.pk).status_code == 303
    assert ListedApplication.objects.count() == 0
    assert "Import undone" in text(client.get(reverse("application_list", args=[listed.pk])))
    again = post(client, "application_list_undo", listed.pk)
    assert (again.status_code, "There is no import to undo." in text(again)) == (409, True)


def test_a_list_is_shared_and_taken_back_after_a_question(client: Client) -> None:
    listed = lists.imported()
    theirs = sign_in(Client(), cast.in_english(cast.inserm_officer()))
    address = reverse("application_list", args=[listed.pk])
    assert theirs.get(address).status_code == 404
    assert "can read every row" in text(client.get(reverse("application_list_share", args=[listed.pk])))
    assert post(client, "application_list_share", listed.pk).status_code == 303
    shown = text(theirs.get(address))
    assert ("JP-001" in shown, "Undo the import" in shown, "Uploaded the list" in shown) == (True, False, False)
    for deed in ("undo", "share", "unshare", "discard", "columns", "preview"):
        assert theirs.get(reverse(f"application_list_{deed}", args=[listed.pk])).status_code == 404
    assert "no longer see" in text(client.get(reverse("application_list_unshare", args=[listed.pk])))
    assert post(client, "application_list_unshare", listed.pk).status_code == 303
    assert theirs.get(address).status_code == 404


def test_a_list_is_thrown_away_after_a_question(client: Client) -> None:
    listed = lists.uploaded()
    assert "Nothing was imported from it." in text(client.get(reverse("application_list_discard", args=[listed.pk])))
    assert post(client, "application_list_discard", listed.pk)["Location"] == reverse("application_lists", args=[CODE])
    assert not ApplicationList.objects.exists()


def test_an_officer_of_both_agencies_says_for_which(client: Client) -> None:
    both = cast.officer_of(cast.inserm(), officer().email)
    client = sign_in(Client(), both)
    assert "For which agency do you import it?" in text(client.get(reverse("application_list_upload", args=[CODE])))
    assert send(client, spreadsheets.jsps_csv(), held_by="inserm").status_code == 303
    assert ApplicationList.objects.get().held_by == cast.inserm()


def test_the_empty_list_has_columns_that_are_all_recognised(client: Client) -> None:
    for language in ("en", "fr", "ja"):
        User.objects.update(language=language)
        answer = client.get(reverse("application_list_template", args=[CODE]))
        assert answer["Content-Disposition"] == f'attachment; filename="{CODE}-list.xlsx"'
        headings = [cell.value for cell in openpyxl.load_workbook(io.BytesIO(answer.content)).active[1]]
        row = ["JP-1" if at == 0 else "" for at in range(len(headings))]
        listed = lists.uploaded(spreadsheets.sheet(headings, row), name="list.xlsx")
        assert len(listed.mapping) == len(headings), [heading for heading in headings if heading not in listed.mapping]


def test_two_officers_order_the_same_import_once(client: Client) -> None:
    listed = lists.uploaded()
    data = {"import": 1, "known": "update"}
    assert post(client, "application_list_preview", listed.pk, **data).status_code == 303
    assert post(client, "application_list_preview", listed.pk, **data).status_code == 302
    assert ListedApplication.objects.count() == 2
    listed.refresh_from_db()
    assert listed.state == ListState.IMPORTED


def seen(client: Client, name: str, pk: int) -> str:
    """Return what a page of a step tells of the choices that it shows."""
    return str(client.get(reverse(name, args=[pk])).context["seen"])


def test_of_two_officers_at_one_preview_the_second_sees_both_choices(client: Client) -> None:
    listed = lists.uploaded()
    shown = seen(client, "application_list_preview", listed.pk)
    post(client, "application_list_preview", listed.pk, known="update", seen=shown, **{"row-2": "skip", "row-3": "add"})
    answer = post(
        client, "application_list_preview", listed.pk, known="update", seen=shown, **{"row-2": "add", "import": 1}
    )
    assert (answer.status_code, "Kept meanwhile: Leave out" in text(answer)) == (409, True)
    assert '<option value="add" selected>' in answer.content.decode()
    assert not ListedApplication.objects.exists()
    again = {"known": "update", "seen": answer.context["seen"], "row-2": "add", "import": 1}
    assert post(client, "application_list_preview", listed.pk, **again).status_code == 303
    assert ListedApplication.objects.count() == 2


def test_of_two_officers_at_the_columns_the_second_sees_both_choices(client: Client) -> None:
    listed = lists.uploaded()
    shown = seen(client, "application_list_columns", listed.pk)
    fields = {f"column-{at}": listed.mapping.get(heading, "") for at, heading in enumerate(listed.headers)}
    post(client, "application_list_columns", listed.pk, **{**fields, "column-7": ""}, seen=shown)
    answer = post(client, "application_list_columns", listed.pk, **fields, seen=shown)
    assert (answer.status_code, text(answer).count("Kept meanwhile: Leave out")) == (409, 1)
    assert ApplicationList.objects.get().mapping == {
        heading: field for heading, field in listed.mapping.items() if heading != listed.headers[7]
    }


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_pages_ask_as_often_however_long_the_list(client: Client, rows: int, django_assert_num_queries: Any) -> None:
    some = [(f"JP-{at:03}", *TANAKA[1:]) for at in range(rows)]
    listed = lists.uploaded(csv(HEADINGS, *some))
    client.get(reverse("application_lists", args=[CODE]))
    with django_assert_num_queries(6):
        client.get(reverse("application_list_preview", args=[listed.pk]))
    order_import(listed, by=officer(), at=cast.BEFORE)
    run_import(listed.pk, at=cast.BEFORE)
    with django_assert_num_queries(9):
        client.get(reverse("application_list", args=[listed.pk]))
    for _more in range(rows):
        lists.uploaded()
    with django_assert_num_queries(7):
        client.get(reverse("application_lists", args=[CODE]))


def test_a_virus_is_refused(client: Client, serve: Serve, settings: Any) -> None:
    settings.CLAMAV_ADDRESS = serve(clamd)
    answer = send(client, b"Title,City\r\n" + EICAR + b",Kyoto\r\n")
    assert (answer.status_code, "A virus was found in this file (Eicar-Test-Signature)." in text(answer)) == (422, True)
    assert not ApplicationList.objects.exists()
