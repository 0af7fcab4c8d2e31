"""A store that keeps a network in a file of JSON, one line for each unit that wrote something.

What is read is in memory, and comes out of the file when the store is opened: the writes of every
unit that ended well, done again in their order. A unit that raises never gets into the file, and a
line that was cut off when the machine fell is left out whole.
"""

import json
import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from typing import Any, TypeVar, cast

from connectcore import (
    Activity,
    Comment,
    ConnectionMade,
    InvalidValue,
    JournalEntry,
    Member,
    MemberId,
    MemberJoined,
    MemoryStore,
    PairEvent,
    Post,
    PostCommentedOn,
    PostPublished,
    PostReactedTo,
    ProfileChanged,
    Reacted,
    RecommendationShown,
    Relationship,
    SkillEndorsed,
    from_dict,
    to_dict,
)
from connectcore.registers import Register
from connectcore.storage import REGISTERS, Snapshot, Transaction

T = TypeVar("T")
Write = tuple[str, tuple[Any, ...]]
Line = Sequence[Sequence[Any]]


def as_it_is(value: Any) -> Any:
    """Texts and lists are plain data already."""
    return value


def moment_or_none(text: str | None) -> datetime | None:
    """A moment, as `mute` takes it."""
    return None if text is None else datetime.fromisoformat(text)


def value_of(kind: Any) -> Callable[[Any], Any]:
    """Read a value of connectcore."""
    return lambda plain: from_dict(kind, plain)


WRITES: Mapping[str, tuple[Callable[[Any], Any], ...]] = {
    "put_member": (value_of(Member),),
    "record": (value_of(PairEvent), value_of(Relationship)),
    "mute": (as_it_is, as_it_is, moment_or_none),
    "unmute": (as_it_is, as_it_is),
    "retract": (as_it_is, tuple),
    "put_post": (value_of(Post),),
    "delete_post": (as_it_is,),
    "put_comment": (value_of(Comment),),
    "delete_comment": (as_it_is,),
    "put_reaction": (value_of(Reacted),),
    "delete_reaction": (as_it_is, as_it_is, as_it_is),
    "write_down": (value_of(JournalEntry),),
    "settle": (as_it_is, tuple),
    "forget": (as_it_is,),
}
"""The calls that write, with how each of their arguments is read from JSON.

What an application extends is not among them: registers, and activities.
"""

KINDS: tuple[type[Activity], ...] = (
    *(MemberJoined, ProfileChanged, ConnectionMade, SkillEndorsed, RecommendationShown),
    *(PostPublished, PostReactedTo, PostCommentedOn),
)
"""The kinds of activities that every network has."""


def plain(argument: Any) -> Any:
    """What JSON holds of an argument."""
    if argument is None or isinstance(argument, str):
        return argument
    if isinstance(argument, datetime):
        return argument.isoformat()
    return list(argument) if isinstance(argument, Collection) else to_dict(argument)


class Recorder:
    """A transaction that passes every call on, and remembers those that write."""

    def __init__(self, store: "JsonStore", inner: Transaction) -> None:
        self._store = store
        self._inner = inner
        self.line: list[list[Any]] = []

    def key(self) -> bytes:
        return self._store.secret

    def enter(self, register: Register[T], owner: MemberId, entry: T) -> None:
        self._store.check(register)
        self._inner.enter(register, owner, entry)
        self.line.append(["enter", register.name, owner, to_dict(entry)])

    def strike(self, register: Register[T], owner: MemberId, key: Sequence[str]) -> None:
        self._inner.strike(register, owner, tuple(key))
        self.line.append(["strike", register.name, owner, list(key)])

    def publish(self, activity: Activity) -> None:
        self._store.check_kind(activity)
        self._inner.publish(activity)
        self.line.append(["publish", activity.kind, to_dict(activity)])

    def __getattr__(self, name: str) -> Any:
        call = getattr(self._inner, name)
        if name not in WRITES:
            return call

        def write(*arguments: Any) -> Any:
            given = call(*arguments)
            self.line.append([name, *map(plain, arguments)])
            return given

        return write


class JsonStore:
    """Keeps a network in *folder*, for one process at a time.

    *registers* and *activities* are the kinds that it can read again; what is of another kind is
    refused before it is lost.
    """

    def __init__(
        self,
        folder: Path,
        *,
        registers: Collection[Register[Any]] = REGISTERS,
        activities: Collection[type[Activity]] = (),
    ) -> None:
        self._memory = MemoryStore()
        self._registers = {register.name: register for register in registers}
        self._kinds = {kind.kind: kind for kind in (*KINDS, *activities)}
        self._file = folder / "network.jsonl"
        self.secret = self._own_key(folder / "key")
        for line in self._lines():
            self._memory.write((), lambda transaction, line=line: self._redo(transaction, line))  # type: ignore[misc]

    def read(self, unit: Callable[[Snapshot], T]) -> T:
        """Run *unit* on what is in memory."""
        return self._memory.read(lambda inner: unit(self._recorder(inner)))

    def write(self, members: Collection[MemberId], unit: Callable[[Transaction], T]) -> T:
        """Run *unit*, and end it well only once what it wrote is in the file."""

        def recorded(inner: Transaction) -> T:
            transaction = self._recorder(inner)
            given = unit(transaction)
            self._append(cast("Recorder", transaction).line)
            return given

        return self._memory.write(members, recorded)

    def check(self, register: Register[Any]) -> None:
        """Raise for a kind of entries that could not be read again."""
        if register.name not in self._registers:
            message = f"the register {register.name!r} is not known; name it to JsonStore"
            raise InvalidValue(message)

    def check_kind(self, activity: Activity) -> None:
        """Raise for an activity that could not be read again."""
        if type(activity) is not self._kinds.get(activity.kind):
            message = f"activities of kind {activity.kind!r} are not known; name it to JsonStore"
            raise InvalidValue(message)

    def _recorder(self, inner: Snapshot) -> Transaction:
        return cast("Transaction", Recorder(self, cast("Transaction", inner)))

    def _append(self, line: Line) -> None:
        if line:
            with self._file.open("ab") as file:
                before = file.tell()
                try:
                    file.write(json.dumps(line).encode() + b"\n")
                    file.flush()
                    os.fsync(file.fileno())
                except BaseException:
                    file.truncate(before)
                    raise

    def _lines(self) -> Iterator[Line]:
        if not self._file.exists():
            return
        whole, _, cut_off = self._file.read_bytes().rpartition(b"\n")
        if cut_off:
            self._file.write_bytes(whole + b"\n" if whole else b"")
        yield from map(json.loads, whole.splitlines())

    def _redo(self, transaction: Transaction, line: Line) -> None:
        for name, *arguments in line:
            if name in WRITES:
                readers = WRITES[name]
                call = getattr(transaction, name)
                call(*(read(each) for read, each in zip(readers, arguments, strict=True)))
                continue
            if name == "publish":
                transaction.publish(from_dict(self._kinds[arguments[0]], arguments[1]))
                continue
            register, owner, argument = self._registers[arguments[0]], arguments[1], arguments[2]
            if name == "enter":
                transaction.enter(register, owner, from_dict(register.holds, argument))
            else:
                transaction.strike(register, owner, tuple(argument))

    def _own_key(self, file: Path) -> bytes:
        if not file.exists():
            file.write_text(token_hex(32))
        return bytes.fromhex(file.read_text())
