"""Who may write and read what (xAPI 1.0.3, part three, 4)."""

import base64
import hashlib
import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from assessments.credentials import revoke_credential
from assessments.models import Attachment, Credential, Scope, Statement
from assessments.statements import multipart
from elearning.users import tokens
from tests.integration.assessments.conftest import Tablet
from tests.integration.assessments.systems import System, make_system, reference, said, voiding


def test_a_credential_writes_and_reads_what_its_scopes_allow(system: System) -> None:
    (name,) = system.stores(said())
    assert system.finds() == [name]


@pytest.mark.parametrize(
    ("scope", "writes", "reads"),
    [
        (Scope.WRITE, 200, 403),
        (Scope.READ, 403, 200),
        (Scope.FORWARD, 200, 403),
        (Scope.ROSTER, 403, 403),
        (Scope.READ_OWN, 403, 200),
        (Scope.WRITE_OWN, 403, 403),
    ],
)
def test_each_scope_allows_its_own_and_nothing_else(
    scope: Scope, writes: int, reads: int, db: None
) -> None:
    one = make_system(scope)
    assert one.posts([said()]).status_code == writes
    assert one.asks().status_code == reads


def test_a_credential_of_a_person_writes_and_reads_that_person_only(
    tablet: Tablet, other_tablet: Tablet, system: System
) -> None:
    own = make_system(Scope.WRITE_OWN, Scope.READ_OWN, person=tablet.officer.id)
    mine = tablet.says()
    (foreign,) = system.stores(other_tablet.says())
    assert own.posts([other_tablet.says()]).status_code == 403
    assert own.posts([mine]).status_code == 200
    assert own.finds() == [mine["id"]]
    assert own.asks(statementId=foreign).status_code == 404


def test_what_others_say_of_a_person_is_not_that_persons_own(
    tablet: Tablet, system: System
) -> None:
    """Neither alone nor in the list, by whichever way it mentions the person."""
    mine = tablet.says()
    tablet.posts([mine])
    officer = mine["actor"]
    group = {"objectType": "Group", "member": [officer]}
    others = system.stores(
        said(object=officer), said(actor=group), said(object=reference(mine["id"]))
    )
    own = make_system(Scope.READ_OWN, person=tablet.officer.id)
    for more in ({}, {"related_agents": "true", "agent": json.dumps(officer)}, {"limit": "1"}):
        assert own.finds(**more) == [mine["id"]]
    assert [own.asks(statementId=name).status_code for name in others] == [404, 404, 404]
    assert len(system.finds(agent=json.dumps(officer))) == 4


def test_a_credential_without_a_person_has_statements_of_its_own(db: None) -> None:
    one, other = make_system(Scope.WRITE_OWN), make_system(Scope.WRITE_OWN)
    account = {
        "homePage": "http://127.0.0.1:8000",
        "name": str(one.made.credential.pk),
    }
    statement = said(actor={"account": account})
    assert other.posts([statement]).status_code == 403
    assert one.posts([statement]).status_code == 200


def test_an_officers_session_reads_the_own_statements_and_writes_none(
    tablet: Tablet, other_tablet: Tablet
) -> None:
    token = tokens.new_token()
    tablet.grant.session_digest = tokens.digest(token)
    tablet.grant.session_expires = timezone.now() + timedelta(days=1)
    tablet.grant.save()
    mine = tablet.says()
    tablet.posts([mine])
    other_tablet.posts([other_tablet.says()])
    headers = {"Authorization": f"Bearer {token}", "X-Experience-API-Version": "1.0.3"}
    found = Client().get("/xapi/statements", headers=headers).json()["statements"]
    assert [each["id"] for each in found] == [mine["id"]]
    assert tablet.posts([tablet.says()], Authorization=f"Bearer {token}").status_code == 403


def test_a_revoked_credential_is_unknown(system: System) -> None:
    assert revoke_credential(credential=system.made.credential.pk)
    assert system.posts([said()]).status_code == 401
    assert not revoke_credential(credential=system.made.credential.pk)


@pytest.mark.parametrize(
    "pair",
    [
        "",
        "no colon",
        "{name}:wrong",
        "3f1f6e0e-2f0b-4ad3-9a9c-3a4c6a2b1c11:{secret}",
        "not a uuid:{secret}",
        "\u00e9:x",
    ],
)
def test_a_wrong_name_or_secret_is_answered_401(system: System, pair: str) -> None:
    said_pair = pair.format(name=system.made.credential.pk, secret=system.made.secret)
    packed = base64.b64encode(said_pair.encode()).decode()
    assert system.posts([said()], Authorization=f"Basic {packed}").status_code == 401


@pytest.mark.parametrize("header", ["", "Basic", "Basic ***", "Basic /w==", "Digest x"])
def test_what_is_no_credential_is_answered_401(system: System, header: str) -> None:
    assert system.posts([said()], Authorization=header).status_code == 401


def test_the_secret_is_kept_as_a_sum_only(system: System) -> None:
    kept = Credential.objects.get()
    assert kept.digest == tokens.digest(system.made.secret)
    assert system.made.secret not in str(Credential.objects.values().get())


def test_the_last_use_is_written_down_and_not_at_every_request(system: System) -> None:
    assert Credential.objects.get().last_used is None
    system.asks()
    first = Credential.objects.get().last_used
    assert first is not None
    system.asks()
    assert Credential.objects.get().last_used == first


def test_authority_is_whoever_wrote_unless_another_servers_log_is_passed_on(system: System) -> None:
    claimed = {"objectType": "Agent", "account": {"homePage": "https://site.example", "name": "7"}}
    system.stores(said(authority=claimed))
    make_system(Scope.FORWARD).stores(said(authority=claimed))
    own, forwarded = (
        each["authority"]["account"]["name"]
        for each in system.asks(ascending="true").json()["statements"]
    )
    assert own == str(system.made.credential.pk)
    assert forwarded == "7"


def test_the_row_names_the_credential_that_wrote_it(system: System) -> None:
    system.stores(said())
    assert Statement.objects.get().source == system.made.credential.pk


def test_an_own_credential_cannot_take_away_what_others_said(
    tablet: Tablet, system: System
) -> None:
    made = tablet.says("passed")
    tablet.posts([made])
    own = make_system(Scope.WRITE_OWN, Scope.READ)
    account = {"homePage": "http://127.0.0.1:8000", "name": str(own.made.credential.pk)}
    assert own.posts([voiding(made["id"]) | {"actor": {"account": account}}]).status_code == 403
    assert own.finds() == [made["id"]]


def test_a_group_with_an_officers_account_is_not_credited_to_the_officer(
    tablet: Tablet, system: System
) -> None:
    passed = tablet.says("passed")
    passed["actor"] = passed["actor"] | {"objectType": "Group"}
    system.stores(passed)
    assert Statement.objects.get().actor != tablet.officer.id


def test_a_tablet_attaches_no_files(tablet: Tablet) -> None:
    content = b"photo"
    digest = hashlib.sha256(content).hexdigest()
    attached = {"contentType": "image/png", "length": 5, "sha2": digest}
    attached |= {"usageType": "http://a.example/photo", "display": {"en": "Photo"}}
    made = tablet.says() | {"attachments": [attached]}
    content_type, body = multipart.write([made], [(digest, "image/png", content)])
    response = tablet.posts_bytes(body, **{"Content-Type": content_type})
    assert response.status_code == 400
    assert not Attachment.objects.exists()


def test_an_account_name_that_cannot_be_stored_is_refused(system: System) -> None:
    made = said()
    made["actor"]["account"]["name"] = "BAD"
    body = json.dumps([made]).replace('"BAD"', '"\\ud800"')
    response = system.posts_bytes(body.encode(), "application/json")
    assert response.status_code == 400
    assert response.json()["error"] == "bad-text"
