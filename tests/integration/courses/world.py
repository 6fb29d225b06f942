"""People, modules and learning, made the way the site makes them."""

import json
import re
import uuid
from datetime import date, timedelta
from html.parser import HTMLParser
from typing import Any

from django.contrib.auth.models import Group
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from courses import services
from courses.models import Cohort
from elearning.users import tokens
from elearning.users.models import Grant, User
from elearning.users.roles import Role
from elearning.users.services import give_role
from modules.loading import ensure_catalogue
from modules.models import Edition, ModulePage
from tests.integration.assessments.systems import passes_on
from tests.support.statements import by_server, statement


def person(username: str, *roles: Role, **fields: Any) -> User:
    made = User.objects.create(username=username, **fields)
    for role in roles:
        give_role(made, role)
    return made


def officers(count: int, start: int = 1) -> list[User]:
    """Officer 1 … in the way of the demo, in three queries."""
    made = User.objects.bulk_create(
        User(username=f"officer{number}", first_name="Officer", last_name=str(number))
        for number in range(start, start + count)
    )
    group, _created = Group.objects.get_or_create(name=Role.OFFICER)
    User.groups.through.objects.bulk_create(
        User.groups.through(user_id=each.pk, group_id=group.pk) for each in made
    )
    return made


def module(heading: str = "Introduction", *, lessons: int = 6, languages: str = "en") -> uuid.UUID:
    """A published module with a current edition in each of these languages."""
    slug = re.sub(r"[^a-z0-9]+", "-", heading.lower())
    page = ModulePage(heading_en=heading, summary_en="What it is.", slug=slug, live=True)
    page.offered_languages = languages.split()
    ensure_catalogue().add_child(instance=page)
    for language in languages.split():
        Edition.objects.create(
            module=page.uuid,
            language=language,
            version=1,
            digest="0",
            manifest="{}",
            heading=heading,
            summary="What it is.",
            minutes=90,
            lessons=lessons,
            files=8,
            size=1000,
            current=True,
            published=timezone.now(),
        )
    return page.uuid


def cohort(trainer: User, name: str, members: list[User], *modules: uuid.UUID) -> Cohort:
    made = services.create_cohort(by=trainer, name=name)
    if members:
        names = "\n".join(each.username for each in members)
        services.add_officers(by=trainer, cohort_id=made.pk, names=names)
    for each in modules:
        services.assign_module(by=trainer, cohort_id=made.pk, module=each, due=None)
    return made


def overdue(made: Cohort, due: date) -> None:
    """Due dates in the past come with time, not through the service."""
    made.assignments.update(due=due)


def web(user: User | None, language: str = "en") -> Client:
    client = Client(headers={"Accept-Language": language})
    if user is not None:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def grant(user: User) -> tuple[str, str]:
    """A write token and a session token of a new tablet."""
    write, session = tokens.new_token(), tokens.new_token()
    Grant.objects.create(
        user=user,
        device=uuid.uuid4(),
        write_digest=tokens.digest(write),
        session_digest=tokens.digest(session),
        session_expires=timezone.now() + timedelta(days=1),
    )
    return write, session


def learns(user: User, module: uuid.UUID, verb: str = "answered", **more: Any) -> None:
    """The officer's tablet sends one statement; who has passed or failed, a server says."""
    made = statement(user.pk, verb, module=module, **more)
    if verb in ("passed", "failed"):
        passes_on(by_server(made))
        return
    headers = {"Authorization": f"Bearer {grant(user)[0]}", "X-Experience-API-Version": "1.0.3"}
    body = json.dumps([made])
    answer = Client().post(
        "/xapi/statements", body, content_type="application/json", headers=headers
    )
    assert answer.status_code == 200, answer.content


class _Tables(HTMLParser):
    """Rows of cells of every table; the value of a <data> or <time> where there is one."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.value: str | None = None
        self.text: list[str] | None = None
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.text, self.value = [], None
        elif tag in ("data", "time") and self.text is not None:
            self.value = found.get("value", found.get("datetime"))
        elif tag == "span" and ("aria-hidden" in found or found.get("class") == "visually-hidden"):
            self.hidden += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self.text is not None:
            text = " ".join("".join(self.text).split())
            self.rows[-1].append(self.value if self.value is not None else text)
            self.text = None
        elif tag == "span" and self.hidden:
            self.hidden -= 1

    def handle_data(self, data: str) -> None:
        if self.text is not None and not self.hidden:
            self.text.append(data)


def table(response: HttpResponse, name: str) -> list[list[str]]:
    """The cells of the table with data-table=`name`, headings first; what is hidden is left out."""
    page = response.content.decode()
    (found,) = re.findall(rf'<table [^>]*data-table="{name}".*?</table>', page, re.DOTALL)
    parser = _Tables()
    parser.feed(found)
    return parser.rows
