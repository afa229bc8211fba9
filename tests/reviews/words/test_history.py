"""Every deed of an evaluation has its words, in the three languages."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from seminars.rules.states import SEMINAR
from seminars.words import history

ACTIONS = Path(__file__).parents[3] / "reviews" / "actions"


def constants(node: ast.AST) -> Iterator[str]:
    """Yield the verbs that an expression may be: a word, or one of two."""
    choices = [node.body, node.orelse] if isinstance(node, ast.IfExp) else [node]
    yield from (str(one.value) for one in choices if isinstance(one, ast.Constant))


def verbs_of(tree: ast.Module) -> Iterator[str]:
    """Yield every verb that a module of actions writes to the history, itself or through a function of its own."""
    places = {"record": 1}
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            names = [argument.arg for argument in function.args.args]
            places |= {function.name: names.index("verb")} if "verb" in names else {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (place := places.get(getattr(node.func, "id", ""))) is not None:
            yield from (verb for argument in node.args[place : place + 1] for verb in constants(argument))
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]).startswith("verb"):
            values = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
            yield from (verb for value in values for verb in constants(value))


def deeds() -> list[str]:
    """Return all verbs of evaluation, of the states of a pair too."""
    found = {verb for path in ACTIONS.glob("*.py") for verb in verbs_of(ast.parse(path.read_text()))}
    return sorted(found | {transition.verb for transition in SEMINAR})


def test_all_deeds_are_found() -> None:
    assert len(deeds()) > 45
    assert {"sealed", "panel_unsealed", "withdrawn", "conflict_decided", "change_refused", "select"} < set(deeds())


@pytest.mark.parametrize("language", ["fr", "ja"])
def test_every_deed_is_worded_in_each_language(language: str) -> None:
    assert set(deeds()) - history.DEEDS.keys() == set()
    english = {verb: history.deed(verb) for verb in deeds()}
    with translation.override(language):
        untranslated = [verb for verb, words in english.items() if history.deed(verb) == words]
    assert untranslated == []
