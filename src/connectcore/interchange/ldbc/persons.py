"""Persons: a row of their own, and what further tables tell of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from operator import attrgetter
from typing import TypeAlias, TypeVar, final

from connectcore.interchange.ldbc.fields import (
    first_day,
    listed,
    moment,
    named,
    number,
    pair,
    plain,
)
from connectcore.interchange.ldbc.tables import Fields, Row, Tables
from connectcore.members import Member
from connectcore.profiles import ContactDetails, Education, Name, Position, Profile

__all__ = ["PERSON", "PERSON_TABLES", "Persons"]

T = TypeVar("T")
Details: TypeAlias = Mapping[str, Sequence[tuple[Row, T]]]

PERSON = ("id", "firstName", "lastName", "birthday", "creationDate", "place")

_PLACES = "static/place"
_ORGANISATIONS = "static/organisation"
_PERSONS = "dynamic/person"
_EMAILS = "dynamic/person_email_emailaddress"
_WORK = "dynamic/person_workAt_organisation"
_STUDY = "dynamic/person_studyAt_organisation"

PERSON_TABLES = (_PLACES, _ORGANISATIONS, _PERSONS, _EMAILS, _WORK, _STUDY)


@final
class Persons:
    """The persons of a folder, as members."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def rows(self) -> Iterator[tuple[Row, Fields]]:
        """The rows of all persons in the snapshot."""
        return self._tables.rows(_PERSONS, PERSON)

    def member(self, fields: Fields) -> Member[Profile]:
        """A person of the snapshot, of whom further tables tell more."""
        person = fields[0]
        return self._member(
            fields,
            emails=[email for _, email in self._emails.get(person, ())],
            positions=[position for _, position in self._positions.get(person, ())],
            education=[education for _, education in self._education.get(person, ())],
        )

    def newcomer(self, fields: Fields) -> Member[Profile]:
        """A person of the updates, of whom one row tells everything."""
        *person, emails, studies, works = fields
        return self._member(
            person,
            emails=listed(emails),
            positions=[self._position(pair(work)) for work in listed(works)],
            education=[self._time_of_study(pair(study)) for study in listed(studies)],
        )

    def report_others(self, known: set[str]) -> None:
        """Report every row of a further table that is about nobody *known*."""
        for details in (self._emails, self._positions, self._education):
            for person, found in details.items():
                if person not in known:
                    for row, _ in found:
                        self._tables.report(row, f"there is no person {person!r}")

    def _member(
        self,
        fields: Fields,
        emails: Sequence[str],
        positions: Sequence[Position],
        education: Sequence[Education],
    ) -> Member[Profile]:
        person, given, family, birthday, joined, place = fields
        profile = Profile(
            name=Name(given, family),
            place=named(self._places, "place", place),
            positions=tuple(sorted(positions, key=attrgetter("started"), reverse=True)),
            education=tuple(sorted(education, key=attrgetter("ended"), reverse=True)),
            contact=ContactDetails(emails=tuple(emails)),
            birthday=moment(birthday).date(),
        )
        return Member(number(person), profile, joined_at=moment(joined))

    @cached_property
    def _emails(self) -> Details[str]:
        return self._details(_EMAILS, ("email",), lambda fields: fields[0])

    @cached_property
    def _positions(self) -> Details[Position]:
        return self._details(_WORK, ("Organisation.id", "workFrom"), self._position)

    @cached_property
    def _education(self) -> Details[Education]:
        return self._details(_STUDY, ("Organisation.id", "classYear"), self._time_of_study)

    def _details(self, table: str, columns: Fields, make: Callable[[Fields], T]) -> Details[T]:
        """What each row of a table says about a person, by the person's id."""
        details: dict[str, list[tuple[Row, T]]] = {}
        for row, (person, *fields) in self._tables.rows(table, ("Person.id", *columns)):
            detail = self._tables.read(make, row, fields)
            if detail is not None:
                details.setdefault(person, []).append((row, detail))
        return details

    def _position(self, fields: Fields) -> Position:
        """A job; all have the same title, since LDBC does not know as what somebody works."""
        organisation, year = fields
        company = named(self._organisations, "organisation", organisation)
        return Position(title="Employee", company=company, started=first_day(year))

    def _time_of_study(self, fields: Fields) -> Education:
        organisation, year = fields
        school = named(self._organisations, "organisation", organisation)
        return Education(school=school, ended=first_day(year))

    @cached_property
    def _organisations(self) -> Mapping[str, str]:
        rows = self._tables.rows(_ORGANISATIONS, ("id", "name"))
        return {organisation: plain(name) for _, (organisation, name) in rows}

    @cached_property
    def _places(self) -> Mapping[str, str]:
        """The names of places, a city's with that of its country."""
        rows = list(self._tables.rows(_PLACES, ("id", "name", "type", "isPartOf")))
        names = {place: plain(name) for _, (place, name, *_) in rows}

        def label(fields: Fields) -> str:
            place, _, kind, country = fields
            if kind == "city":
                return f"{names[place]}, {named(names, 'country', country)}"
            return names[place]

        labels = ((fields[0], self._tables.read(label, row, fields)) for row, fields in rows)
        return {place: found for place, found in labels if found is not None}
