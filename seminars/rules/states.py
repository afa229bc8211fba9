"""What may become what: the one table of transitions, drawn into the documentation."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Transition:
    """A deed that moves a record from any of ``sources`` to ``target``; ``open_only`` while the call is open."""

    verb: str
    sources: tuple[str, ...]
    target: str
    open_only: bool = True


PROPOSAL = (
    Transition("send_to_institution", ("draft",), "awaiting"),
    Transition("return_for_correction", ("awaiting",), "draft"),
    Transition("approve", ("awaiting",), "submitted"),
    Transition("submit", ("draft",), "submitted"),
    Transition("reopen", ("awaiting", "submitted"), "draft"),
    Transition("withdraw", ("draft", "awaiting", "submitted"), "withdrawn"),
    Transition("lapse", ("draft", "awaiting"), "lapsed", open_only=False),
    Transition("admit_late", ("lapsed",), "draft", open_only=False),
)
SEMINAR = (
    Transition("confirm_pair", ("forming",), "paired", open_only=False),
    Transition("confirm_match", ("forming",), "paired", open_only=False),
    Transition("find_eligible", ("paired",), "eligible", open_only=False),
    Transition("find_ineligible", ("paired",), "ineligible", open_only=False),
    Transition("reopen_eligibility", ("eligible", "ineligible"), "paired", open_only=False),
    Transition("begin_review", ("eligible",), "in_review", open_only=False),
    Transition("select", ("in_review", "reserve"), "selected", open_only=False),
    Transition("put_in_reserve", ("in_review",), "reserve", open_only=False),
    Transition("not_select", ("in_review", "reserve"), "not_selected", open_only=False),
    Transition("confirm_seminar", ("selected",), "confirmed", open_only=False),
    Transition("cancel", ("selected", "reserve", "confirmed"), "cancelled", open_only=False),
)
REPORT = (
    Transition("hand_in_report", ("draft", "returned"), "submitted", open_only=False),
    Transition("return_report", ("submitted",), "returned", open_only=False),
    Transition("accept_report", ("submitted",), "accepted", open_only=False),
    Transition("reopen_report", ("accepted",), "returned", open_only=False),
)


def allowed(table: tuple[Transition, ...], verb: str, state: str) -> bool:
    """Say whether the deed ``verb`` is possible from ``state``."""
    return any(transition.verb == verb and state in transition.sources for transition in table)


def target(table: tuple[Transition, ...], verb: str) -> str:
    """Return the state that ``verb`` leads to; KeyError for an unknown verb."""
    return {transition.verb: transition.target for transition in table}[verb]


def diagram(table: tuple[Transition, ...]) -> str:
    """Return the table as a Mermaid state diagram; records begin where its first transition starts."""
    arrows = [
        f"    {source} --> {transition.target}: {transition.verb}"
        for transition in table
        for source in transition.sources
    ]
    return "\n".join(["stateDiagram-v2", f"    [*] --> {table[0].sources[0]}", *arrows])


def document() -> str:
    """Return the page of the documentation that draws every table, in Markdown."""
    parts = ["# States", "Drawn from `seminars/rules/states.py` by `manage.py draw_states`."]
    for title, table in (("Proposal", PROPOSAL), ("Seminar", SEMINAR), ("Final report", REPORT)):
        rows = [
            f"| {move.verb} | {', '.join(move.sources)} | {move.target} | {'yes' if move.open_only else 'no'} |"
            for move in table
        ]
        head = ["| Deed | From | To | Only while the call is open |", "|---|---|---|---|"]
        parts += [f"## {title}", f"```mermaid\n{diagram(table)}\n```", "\n".join([*head, *rows])]
    return "\n\n".join(parts) + "\n"
