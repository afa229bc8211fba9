"""The load: one locust user walks a plan in rounds, so that a slow minute of the machine hits every item alike.

``python -m tests.bench.load plan.json`` prints the response times in ms, as JSON, by the names of the items.
"""

from locust import HttpUser, constant, events, task  # isort: skip  (it patches the standard library first)
import json
import sys
from pathlib import Path
from typing import Any

from locust.env import Environment

from tests.bench import WARM_UP


def run(plan: dict[str, Any]) -> dict[str, list[float]]:
    """Send every item of the plan once a round; return the times of the rounds after the warm-up.

    Raises RuntimeError when an answer has another status than the plan says.
    """
    times: dict[str, list[float]] = {item["name"]: [] for item in plan["items"]}
    wrong: list[str] = []

    class Walker(HttpUser):
        host = plan["items"][0]["host"]
        wait_time = constant(0)

        @task
        def walk(self) -> None:
            for number in range(plan["rounds"] + WARM_UP):
                for item in plan["items"]:
                    self.send(item, number)
            self.environment.runner.quit()

        def send(self, item: dict[str, Any], number: int) -> None:
            variant = item["variants"][number % len(item["variants"])]
            data = {name: str(value).replace("{round}", str(number)) for name, value in variant.get("data", {}).items()}
            self.client.cookies.clear()
            with self.client.request(
                item["method"],
                item["host"] + variant["path"],
                name=item["name"],
                data=data or None,
                headers=item["headers"] | variant.get("headers", {}),
                allow_redirects=False,
                catch_response=True,
            ) as answer:
                if answer.status_code != item["status"]:
                    wrong.append(f"{item['name']}: {answer.status_code}, not {item['status']}: {answer.text[:300]}")
                answer.success()
            if number >= WARM_UP:
                times[item["name"]].append(answer.request_meta["response_time"])

    environment = Environment(user_classes=[Walker], events=events)
    runner = environment.create_local_runner()
    runner.start(1, spawn_rate=1)
    runner.greenlet.join()
    if wrong:
        raise RuntimeError("\n".join(wrong[:5]))
    return times


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(json.loads(Path(sys.argv[1]).read_text()))) + "\n")
