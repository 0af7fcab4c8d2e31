"""Playing a scenario: let happen what is given and done, and hold what is seen to what is expected."""

import inspect
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any

from attrs import evolve

from connectcore import ConnectcoreError
from connectcore.storage import Store
from tests.scenarios.acts import ACTS
from tests.scenarios.expectations import EXPECTATIONS
from tests.scenarios.given import begin
from tests.scenarios.reading import Scenario, Step
from tests.scenarios.stage import OPERATOR, VISITOR, Stage
from tests.scenarios.trying import refusals_of
from tests.scenarios.words import Misspelt, matching

__all__ = ["falsified", "play", "staged"]

A_MINUTE = timedelta(minutes=1)

OPPOSITES = (
    ("does not see", "sees"),
    ("does not find", "finds"),
    ("does not read", "reads"),
    ("is not cautioned", "is cautioned"),
    ("finds no way", "finds a way"),
    ("takes along nothing of", "takes along something of"),
    ("cannot", "can"),
)
"""How sentences begin that say the contrary of each other; the first is the one in the negative."""


def play(scenario: Scenario, store: Store) -> None:
    """Play a scenario in a store; raise `AssertionError` where it expects what is not so."""
    stage = staged(scenario, store)
    for step in scenario.then:
        if not step.sentence:
            stage.wait(step.after or timedelta())
            continue
        with stage.later(step.after or timedelta()):
            _expect(stage, step)


def staged(scenario: Scenario, store: Store) -> Stage:
    """The stage after everything that a scenario lets happen."""
    stage = begin(scenario.given, store, _earlier)
    for step in scenario.when:
        stage.wait(step.after or A_MINUTE)
        if step.sentence:
            _do(stage, step)
    return stage


def _earlier(stage: Stage, sentence: str) -> None:
    who, _, rest = sentence.partition(" ")
    _call(ACTS, stage, Step(who=stage.named(who), sentence=rest, details={}))()


def _do(stage: Stage, step: Step) -> None:
    if step.who in {VISITOR, OPERATOR}:
        message = f"nobody acts as the {step.who}: {step}"
        raise Misspelt(message)
    act = _call(ACTS, stage, step)
    if step.refused is None:
        act()
        return
    codes = [refusal.code for refusal in refusals_of(act).refusals]
    assert codes == [step.refused], f"{step}: refused with {codes}"


def _expect(stage: Stage, step: Step) -> None:
    if step.refused is not None:
        message = f'what is expected is refused by a sentence with "cannot": {step}'
        raise Misspelt(message)
    check = _call(EXPECTATIONS, stage, step)
    try:
        check()
    except AssertionError as error:
        error.add_note(f"expected: {step}")
        raise
    except ConnectcoreError as error:
        message = f"{step}: {error}"
        raise AssertionError(message) from error


def _call(
    vocabulary: Mapping[str, Callable[..., object]], stage: Stage, step: Step
) -> Callable[[], object]:
    """What a step stands for, ready to be done; raise `Misspelt` for a detail that it has not."""
    template, places = matching(step.sentence, vocabulary)
    call, arguments = vocabulary[template], (stage, step.who, *places.values())
    try:
        inspect.signature(call).bind(*arguments, **step.details)
    except TypeError as wrong:
        message = f"{step}: {wrong}"
        raise Misspelt(message) from None
    return lambda: call(*arguments, **step.details)


# ── What must fail ──────────────────────────────────────────────────────────────────────────────


def falsified(scenario: Scenario) -> Iterator[tuple[int, Scenario]]:
    """The scenario with one expectation at a time made wrong, in each way it can be, and which."""
    for place, step in enumerate(scenario.then):
        for wrong in _wrong(step):
            then = (*scenario.then[:place], wrong, *scenario.then[place + 1 :])
            yield place, evolve(scenario, then=then)


def _wrong(step: Step) -> Iterator[Step]:
    for name, value in step.details.items():
        if name in EXPECTED or step.sentence.startswith(COUNTED):
            yield evolve(step, details={**step.details, name: _other(value)})
    for one, other in (*OPPOSITES, *((other, one) for one, other in OPPOSITES)):
        sentence = f"{step.sentence} ".replace(f"{one} ", f"{other} ", 1).strip()
        if step.sentence.startswith(one) and _is_expectation(sentence):
            kept = {name: value for name, value in step.details.items() if name not in EXPECTED}
            wanted = {name: "another" for start, name in WANTED if sentence.startswith(start)}
            yield evolve(step, sentence=sentence, details={**kept, **wanted})


def _is_expectation(sentence: str) -> bool:
    try:
        matching(sentence, EXPECTATIONS)
    except Misspelt:
        return False
    return True


WANTED = (("cannot", "because"), ("finds a way", "through"), ("is cautioned", "about"))
"""What has to be said in sentences of which the contrary says nothing more."""

COUNTED = ("has left", "counts ")
"""How sentences begin of which every detail says what is seen."""

EXPECTED = {
    "about", "are", "because", "comments", "lines", "noting", "number", "reactions", "reading",
    "texts", "through", "until",
}  # fmt: skip
"""The details that say what is seen; the others say what is done."""


def _other(value: Any) -> Any:
    match value:
        case str() if value[:1].isdigit():
            return f"1{value}"
        case str():
            return f"{value} not"
        case int():
            return value + 1
        case list():
            return [*value, "somebody else"]
        case _:
            message = f"{value!r} is no text, number or list"
            raise Misspelt(message)
