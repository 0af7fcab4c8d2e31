"""Every promise that is told as a scenario holds, in every store; and none is told in vain."""

from pathlib import Path

import pytest

from connectcore import MemoryStore
from connectcore.storage import Store
from tests.conftest import a_share
from tests.scenarios.acts import ACTS
from tests.scenarios.expectations import EXPECTATIONS
from tests.scenarios.playing import falsified, play
from tests.scenarios.reading import FILES, read
from tests.scenarios.trying import INFINITIVES
from tests.scenarios.words import matching
from tests.stores.databases import WHOLE_KINDS, marks_of, tried_in


@pytest.mark.parametrize(
    ("path", "store"),
    [
        pytest.param(path, kind, id=f"{path.stem}-{kind}", marks=marks_of(kind))
        for kind in WHOLE_KINDS
        for path in tried_in(kind, FILES)
    ],
    indirect=["store"],
)
def test_a_scenario_goes_as_it_is_told(path: Path, store: Store) -> None:
    """What is given and done leads to what is expected."""
    play(read(path), store)


@pytest.mark.parametrize("path", a_share(FILES), ids=lambda path: path.stem)
def test_a_scenario_that_expects_something_else_fails(path: Path) -> None:
    """With any one of its expectations made wrong, the same scenario fails."""
    scenario = read(path)
    expectations = {place for place, step in enumerate(scenario.then) if step.sentence}
    made_wrong = set()
    for place, wrong in falsified(scenario):
        made_wrong.add(place)
        with pytest.raises(AssertionError):
            play(wrong, MemoryStore())

    assert made_wrong == expectations


def test_no_promise_is_told_twice() -> None:
    """Each file promises something of its own."""
    promises = [read(path).promise for path in FILES]

    assert sorted(set(promises)) == sorted(promises)


def test_every_sentence_of_the_vocabulary_is_told() -> None:
    """A sentence that no scenario uses is not in the vocabulary."""
    scenarios = [read(path) for path in FILES]
    acts = [step.sentence for each in scenarios for step in each.when if step.sentence]
    seen = [step.sentence for each in scenarios for step in each.then if step.sentence]
    tried = [rest for each in seen for word in ("can ", "cannot ") if (rest := after(word, each))]
    earlier = [
        told.partition(" ")[2] for each in scenarios for told in each.given.get("earlier", ())
    ]

    assert {matching(sentence, EXPECTATIONS)[0] for sentence in seen} == EXPECTATIONS.keys()
    assert {matching(sentence, ACTS)[0] for sentence in (*acts, *earlier)} | {
        INFINITIVES[matching(sentence, INFINITIVES)[0]] for sentence in tried
    } == ACTS.keys()


def after(word: str, sentence: str) -> str:
    """What follows *word* at the beginning of a sentence."""
    return sentence.removeprefix(word) if sentence.startswith(word) else ""
