"""The judges of the demonstration: enough of them, each in the own language, and not of one mind."""

from reviews.choices import Recommendation
from reviews.demo.judges import Words, judgement, judges
from reviews.demo.past_call import endings
from reviews.models.review import HIGHEST, LOWEST
from seminars.models import Criterion

CRITERIA = [Criterion(pk=number, code=f"c{number}") for number in range(1, 7)]


def test_each_agency_has_five_reviewers_and_a_chair() -> None:
    counted = {(judge.agency, judge.chairs): 0 for judge in judges()}
    for judge in judges():
        counted[judge.agency, judge.chairs] += 1
    people = {("inserm", True): 1, ("inserm", False): 5, ("jsps", True): 1, ("jsps", False): 5}
    assert counted == people
    japanese = [judge.person for judge in judges() if judge.agency == "jsps"]
    assert all({"kanji", "kana"} <= person.keys() for person in japanese)


def test_reviewers_differ_and_stay_within_the_scale() -> None:
    words, seen, recommended = Words(), set(), set()
    for place, judge in enumerate(judges()):
        for ending in endings():
            for merit in ending.merit.values():
                entered = judgement(judge, ending.key, merit, CRITERIA, words=words, place=place)
                assert entered.scores.keys() == {criterion.pk for criterion in CRITERIA}
                assert entered.comment_coordinators != entered.comment_panel
                seen |= set(entered.scores.values())
                recommended.add(entered.recommendation)
    assert seen == {0, *range(LOWEST, HIGHEST + 1)}, "cannot judge, and the whole scale"
    assert recommended == set(Recommendation.values)


def test_the_same_reviewer_always_says_the_same() -> None:
    judge, ending = judges()[1], endings()[0]
    one, two = (judgement(judge, ending.key, 3.5, CRITERIA, words=Words(), place=1) for _ in range(2))
    assert one == two
