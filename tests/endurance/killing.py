"""Workers that are killed again and again while messages go out, with two beats."""

import random
import time
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Message, MessageState
from tests.endurance.staff import Sink, Staff, judge, wait_until

TEXT = "Bonjour,\n\nvotre dossier est reçu. 申請を受け付けました。\n" * 10


def written(number: int) -> dict[str, str]:
    """Write messages that are due; return their Message-IDs by recipient."""
    at = timezone.now() - timedelta(seconds=1)
    rows = [
        Message(
            kind="endurance",
            key=f"endurance:{place}",
            address=f"person{place}@lab.example",
            name="田中 健二",
            language="ja" if place % 2 else "fr",
            subject=f"Réception du dossier · 申請受付 {place}",
            text=TEXT,
            html=f"<p>{TEXT}</p>",
            message_id=f"<{place}.endurance@seminars.example>",
            queued_at=at,
            due_at=at,
        )
        for place in range(number)
    ]
    Message.objects.bulk_create(rows, batch_size=500)
    return {row.address: row.message_id for row in rows}


def run(staff: Staff, sink: Sink, *, workers: int, beats: int, messages: int, kills: int) -> dict[str, Any]:
    """Kill one of ``workers`` after each part of ``messages`` that went out, ``kills`` times; return what happened."""
    chance = random.Random(workers)
    working = [staff.worker() for _ in range(workers)]
    for _ in range(beats):
        staff.beat()
    expected = written(messages)
    start = time.monotonic()
    for kill in range(1, kills + 1):
        goal = kill * messages // (kills + 1)
        wait_until(lambda goal=goal: sink.size >= goal)
        time.sleep(chance.uniform(0, 0.02))
        victim = working.pop(chance.randrange(workers))
        staff.kill(victim)
        working.append(staff.worker())
    wait_until(lambda: not Message.objects.filter(state=MessageState.QUEUED).exists())
    return {"workers": workers, "beats": beats, "kills": kills, **judge(sink, expected)} | {
        "seconds": round(time.monotonic() - start),
        "marked sent": Message.objects.filter(state=MessageState.SENT).count(),
    }
