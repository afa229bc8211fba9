"""What runs beside the pages: sending mail, and saying that it runs."""

from time import monotonic

from celery import shared_task
from django.utils import timezone

from accounts.actions import messages, vitals

SENDING_SECONDS = 30
"""How long one task sends: well below the time limit of tasks, which could cut a message off while it is sent, and
short enough for other sweeps to have their turn in time while thousands of messages go out."""


@shared_task(name="accounts.tasks.send_messages")
def send_messages() -> int:
    """Send what is due and return how many were sent; woken by new messages, and every minute by beat."""
    end = monotonic() + SENDING_SECONDS
    total = sent = 0
    while monotonic() < end and (
        sent := messages.send_due_messages(at=timezone.now(), is_over=lambda: monotonic() > end)
    ):
        total += sent
    if sent:
        messages.wake_sender()
    return total


@shared_task(name="accounts.tasks.note_beat")
def note_beat() -> None:
    """Write down that beat is alive, which alone sends this task, every minute."""
    vitals.note_alive(vitals.BEAT, at=timezone.now())
