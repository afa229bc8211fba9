"""What runs beside the pages: sending mail."""

from celery import shared_task
from django.utils import timezone

from accounts.actions import messages


@shared_task(name="accounts.tasks.send_messages")
def send_messages() -> int:
    """Send what is due and return how many were sent; woken by new messages, and every minute by beat."""
    total = 0
    while sent := messages.send_due_messages(at=timezone.now()):
        total += sent
    return total
