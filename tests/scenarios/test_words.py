"""The vocabulary is small and strict: what it does not know fails, and says what it knows."""

import tomllib
from datetime import timedelta

import pytest

from connectcore import MemoryStore, NotFound
from connectcore.testing import WatchedStore
from tests.scenarios.acts import ACTS
from tests.scenarios.expectations import EXPECTATIONS
from tests.scenarios.playing import falsified, play
from tests.scenarios.reading import scenario
from tests.scenarios.stage import Rehearsal
from tests.scenarios.trying import INFINITIVES
from tests.scenarios.words import Misspelt, duration, infinitive
from tests.worlds import world

SOUND = """
promise = "Ada finds Grace."

[given]
members = ["ada", "grace"]
earlier = ["ada publishes a-note"]

[given.limits]
"invitations a week" = 3

[given.settings.grace]
about = "everyone"

[given.profiles.grace]
headline = "Admiral"

[[when]]
ada = "invites grace"
note = "Hello."

[[then]]
ada = "finds grace"

[[then]]
grace = "has invitations from"
are = ["ada"]
"""


def played(text: str) -> None:
    """Play a scenario that is written down."""
    play(scenario(tomllib.loads(text)), MemoryStore())


def test_a_sound_scenario_plays() -> None:
    """What the mistakes below are planted in is in order."""
    played(SOUND)


@pytest.mark.parametrize(
    ("right", "wrong", "named"),
    [
        ("promise =", "premise =", "'premise' is no part of a scenario"),
        ('"Ada finds Grace."', '"ada finds grace"', "a promise is a sentence"),
        ("[given]", "[begun]", "'begun' is no part of a scenario"),
        ("[[when]]", "[[afterwards]]", "'afterwards' is no part of a scenario"),
        ("earlier =", "sooner =", "'sooner' is no word for what is given"),
        ("ada publishes a-note", "ada prints a-note", "'prints a-note' is none of"),
        ("ada publishes a-note", "eve publishes a-note", "'eve' is not among the members"),
        ("invitations a week", "letters a week", "'letters a week' is no limit"),
        ("about =", "story =", "'story' is no part of a profile"),
        ('"everyone"', '"the world"', "'the world' is no Audience"),
        ("headline =", "title =", "'title' is no part of a profile"),
        ("invites grace", "asks grace", "'asks grace' is none of"),
        ("invites grace", "invites eve", "'eve' is not among the members"),
        ("note =", "notice =", "unexpected keyword argument 'notice'"),
        ('note = "Hello."', 'after = "a while"', "'a while' is no duration"),
        ('ada = "invites grace"', 'eve = "invites grace"', "a step is about one of"),
        ('ada = "invites grace"', 'visitor = "invites grace"', "nobody acts as the visitor"),
        ('invites grace"\nnote', 'publishes a-post"\ntext = "A."\nto', "'Hello.' is no Audience"),
        ("finds grace", "meets grace", "'meets grace' is none of"),
        ("finds grace", "finds grace today", "'finds grace today' is none of"),
        ("finds grace", "can greet grace", "'greet grace' is none of"),
        ('ada = "finds grace"', 'ada = "finds grace"\nwhy = "so"', "keyword argument 'why'"),
        ('ada = "finds grace"', 'ada = "finds grace"\nrefused = "so"', 'a sentence with "cannot"'),
        ('are = ["ada"]', "", "argument: 'are'"),
    ],
)
def test_a_word_that_there_is_not_fails(right: str, wrong: str, named: str) -> None:
    """A misspelt scenario is no scenario: the mistake is named, never passed over."""
    assert SOUND.count(right) == 1
    with pytest.raises(Misspelt, match=named):
        played(SOUND.replace(right, wrong))


def test_a_label_is_given_once() -> None:
    """Two posts do not share a name, and what was not written has none."""
    unknown = '[[when]]\nada = "reacts to no-note"\n'
    with pytest.raises(Misspelt, match="nothing called 'no-note' was written; there are: a-note"):
        played(SOUND.replace("[[when]]", f"{unknown}\n[[when]]"))
    second = '[[when]]\nada = "publishes a-note"\n'
    with pytest.raises(Misspelt, match="something called 'a-note' was written already"):
        played(SOUND.replace("[[when]]", f"{second}\n[[when]]"))


@pytest.mark.parametrize("then", ["", '[[then]]\nafter = "1 day"\n'], ids=["nothing", "waiting"])
def test_a_scenario_that_expects_nothing_fails(then: str) -> None:
    """Neither silence nor waiting is an expectation."""
    with pytest.raises(Misspelt, match="a scenario expects something"):
        played(SOUND.partition("[[then]]")[0] + then)


def test_an_expectation_that_is_not_so_fails() -> None:
    """It fails as a test does, and says which expectation it was."""
    with pytest.raises(AssertionError) as failed:
        played(SOUND.replace('are = ["ada"]', 'are = ["grace"]'))

    assert failed.value.__notes__ == ["expected: grace has invitations from (are = ['grace'])"]


def test_an_error_where_something_is_expected_is_a_failure() -> None:
    """Somebody who is expected and not there fails the scenario; it does not break it."""
    with pytest.raises(AssertionError, match="ada finds nobody: There is no such member") as failed:
        played(SOUND.replace("finds grace", "finds nobody"))

    assert isinstance(failed.value.__cause__, NotFound)


@pytest.mark.parametrize("refused", ["withdrawn", "oneself"])
def test_an_act_in_between_is_refused_as_told(refused: str) -> None:
    """An act that is said to be refused has to be, with that code."""
    text = SOUND.replace("invites grace", "invites ada").replace('note = "Hello."', "")
    text = text.replace("[[then]]", f'refused = "{refused}"\n[[then]]', 1).replace('["ada"]', "[]")
    if refused == "oneself":
        played(text)
        return
    with pytest.raises(AssertionError, match=r"ada invites ada: refused with \['oneself'\]"):
        played(text)


def test_every_expectation_can_be_made_wrong() -> None:
    """For each of several expectations there is a scenario in which it alone is wrong."""
    told = scenario(tomllib.loads(SOUND))
    wrong = [(place, str(each.then[place])) for place, each in falsified(told)]

    assert wrong == [
        (0, "ada does not find grace"),
        (1, "grace has invitations from (are = ['ada', 'somebody else'])"),
    ]


def test_what_is_tried_is_undone() -> None:
    """An act that is rehearsed happens to its end and leaves nothing; a refused one is refused."""
    rehearsal = Rehearsal()
    made = world("ada", "grace", store=WatchedStore(MemoryStore(), rehearsal))

    rehearsal.of(lambda: made["ada"].invitations.send("grace"))
    with pytest.raises(NotFound):
        rehearsal.of(lambda: made["ada"].invitations.send("nobody"))

    assert made["ada"].invitations.sent().items == ()
    made["ada"].invitations.send("grace")
    assert len(made["ada"].invitations.sent().items) == 1


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("1 minute", timedelta(minutes=1)),
        ("48 hours", timedelta(hours=48)),
        ("1 day", timedelta(days=1)),
        ("3 weeks", timedelta(weeks=3)),
    ],
)
def test_a_duration_is_a_number_of_something(words: str, expected: timedelta) -> None:
    """Minutes, hours, days and weeks are written out."""
    assert duration(words) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("invites grace", "invite grace"),
        ("publishes a-note", "publish a-note"),
        ("dismisses a-letter", "dismiss a-letter"),
        ("chooses", "choose"),
        ("takes back the reaction to a-note", "take back the reaction to a-note"),
    ],
)
def test_after_can_a_verb_has_no_s(sentence: str, expected: str) -> None:
    """The same act is told in both forms."""
    assert infinitive(sentence) == expected


def test_no_two_sentences_are_alike() -> None:
    """Each act has a form of its own after "can"; no sentence is both an act and an expectation."""
    assert len(INFINITIVES) == len(ACTS)
    assert "follows" in EXPECTATIONS
    assert not ACTS.keys() & EXPECTATIONS.keys()
