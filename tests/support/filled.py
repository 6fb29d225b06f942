"""A demo site whose first cohort has taken tests of every kind; run by manage.py shell in browser tests."""

import uuid
from datetime import timedelta

from django.utils import timezone

from assessments.models import Scope
from assessments.statements import services as statements
from assessments.xapi.clients import Client, person_account
from courses import services
from courses.models import Cohort
from elearning.users import device_keys
from elearning.users.models import User
from elearning.users.roles import Role
from elearning.users.services import give_role
from tests.support import taken as made
from tests.support.attempts import Seal, Sitter

OBJECTIVES = [
    "Name the three elements of trafficking in persons and the three of migrant smuggling.",
    "Secure a scene without destroying evidence.",
]
TEXTS = [
    "A driver crosses the border with six people who paid him. What do you look for first?",
    "Which document shows consent?",
    "Who informs the embassy?",
    "What is done before the vehicle is moved?",
]


def fill() -> None:
    """Fourteen officers: pre-test, post-test, a graded test of every kind with flags, a second mark."""
    cohort = Cohort.objects.order_by("name").first()
    assert cohort is not None
    trainer = cohort.trainers.first()
    assert trainer is not None
    colleague = User.objects.create(username="colleague1", first_name="Bala", last_name="Trainer")
    give_role(colleague, Role.TRAINER)
    cohort.trainers.add(colleague)
    officers = _officers(cohort, trainer)
    assignment = cohort.assignments.first()
    assert assignment is not None
    module = assignment.module
    items = [
        made.single(
            text, "The needs of the people", "The number plate", "Nobody would choose this",
            objective=made.name(OBJECTIVES[place % 2]), confidence=True,
        )
        for place, text in enumerate(TEXTS)
    ]  # fmt: skip
    kinds = made.every_kind()
    made.keep(*items, *(item for item, _response in kinds))
    every = [item for item, _response in kinds]
    parts = [
        made.part("Before you begin", "pre", items),
        made.part("What you have learned", "post", items),
        made.part("Final test", "graded", every),
    ]
    made.publish(module, *parts, objectives=OBJECTIVES)
    start = timezone.now() - timedelta(days=9)
    for number, officer in enumerate(officers):
        sure = 1 + number % 3
        # One in five has the same questions twice.
        form, other = ("A", "B") if number % 5 else ("A", "A")
        more = {"begun": start, "confidence": sure, "assignment": assignment.pk}
        _took(officer, module, "Before you begin", "pre", items, number % 3, form=form, **more)
        _took(
            officer,
            module,
            "What you have learned",
            "post",
            items,
            2 + number % 3,
            form=other,
            **more,
        )
    for officer, sealed in zip(officers[:3], (True, False, True), strict=True):
        _hands_in(officer, module, parts[-1], kinds, began=start + timedelta(days=7), sealed=sealed)
    loner = User.objects.create(username="loner", first_name="Officer", last_name="of no cohort")
    give_role(loner, Role.OFFICER)
    _hands_in(loner, module, parts[-1], kinds, began=start + timedelta(days=8), sealed=True)


def _officers(cohort: Cohort, trainer: User) -> list[User]:
    names = []
    for number in range(60, 70):
        officer = User.objects.create(
            username=f"officer{number}", first_name="Officer", last_name=str(number)
        )
        give_role(officer, Role.OFFICER)
        names.append(officer.username)
    services.add_officers(by=trainer, cohort_id=cohort.pk, names="\n".join(names))
    members = cohort.memberships.filter(left=None).select_related("officer")
    return [each.officer for each in members.order_by("officer__username")]


def _hands_in(officer, module, test, given, *, began, sealed) -> None:
    """Through the log, as from a tablet: a mark that a person gives is written into it."""
    device, seal = uuid.uuid4(), Seal()
    if sealed:
        device_keys.keep(device=device, public=seal.public)
    own = person_account(officer.pk)
    client = Client(device, officer.pk, own, frozenset({Scope.WRITE_OWN}), tablet=True)
    sitter = Sitter(officer.pk, test, module, device, seal=seal if sealed else None, began=began)
    said = [sitter.begins()]
    said += [sitter.answers(item["id"], response, confidence=2) for item, response in given]
    statements.store(client=client, statements=[*said, sitter.hands_in()])


def _took(officer, module, test, purpose, items, count, *, confidence, **more) -> None:
    """`count` of the items right; the second is got right by the weak."""
    answers = [
        made.right(item) if (place < count) != (place == 1) else made.wrong(item)
        for place, item in enumerate(items)
    ]
    spent = 20_000 + 900 * confidence
    made.attempt(
        officer, module, test, purpose, answers, confidence=confidence, spent=spent, **more
    )
