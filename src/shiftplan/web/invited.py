"""Links by which people and leads of centers come in: how they are asked for and handed on.

Order of links, tokens -> addresses, a table for mail merge, what opens a message to somebody.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated

from pydantic import AwareDatetime, StringConstraints

from shiftplan.files.csv_text import neutral, to_csv
from shiftplan.present.handouts.links import links_to
from shiftplan.web.bodies import RequestBody
from shiftplan.week.horizon import Horizon, dialled
from shiftplan.week.records import Center, Volunteer

_DAYS_AFTER = 2
"""Days after the week in which links still open something, if not told otherwise."""
Base = Annotated[str, StringConstraints(pattern=r"^(https?://[^\s<>\"'#?\\]{1,1000}/)?$")]
"""Address of the workbench as people reach it, ending with `/`; empty where they do not."""


class LinksOrder(RequestBody):
    """How links are to be made; earlier links of the same people open nothing from then on."""

    base: Base = ""
    """Address at which people reach the workbench."""
    until: AwareDatetime | None = None
    """From when on they open nothing; None for two days after the week."""

    def end(self, horizon: Horizon) -> dt.datetime:
        """From when on they open nothing."""
        last = dt.datetime.combine(horizon.end, dt.time()) + dt.timedelta(days=_DAYS_AFTER)
        return self.until or horizon.utc(last)

    def link(self, token: str) -> str:
        """The link that opens somebody's form."""
        return f"{self.base}f/#{token}"


def links_table(
    key: str,
    known: Mapping[str, Volunteer] | Mapping[str, Center],
    links: Mapping[str, str],
    horizon: Horizon,
    **more: Mapping[str, str],
) -> str:
    """CSV text of links for mail merge: whose they are, and how to reach them.

    `key`: heading of the ids; `known`: id -> person or center; `links`: id -> link; `more`: heading
    -> further column, by id.
    """
    rows = []
    for owner_id, link in links.items():
        of = known[owner_id]
        reach = of.name or owner_id, dialled(of.phone, horizon.country), of.contact
        rows.append([owner_id, *reach, *(column[owner_id] for column in more.values()), link])
    header = [key, "name", "phone", "contact", *more, "link"]
    return to_csv(header, ([neutral(cell) for cell in row] for row in rows))


def link_to_send(to: Volunteer | Center, text: str, subject: str, horizon: Horizon) -> str:
    """A link that opens a text message to somebody, or else what most would use; empty for none."""
    links = links_to(to.phone, to.contact, text, subject=subject, country=horizon.country)
    return links.sms or links.first
