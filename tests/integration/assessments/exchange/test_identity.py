"""A server's keys are made once, and it trusts whom it was told to."""

import stat
from pathlib import Path

import pytest
from pytest_django import Settings

from assessments.exchange.keys import Identity, Public
from assessments.models import Partner
from tests.integration.assessments.exchange.conftest import World


@pytest.fixture
def keyless(world: World, settings: Settings, tmp_path: Path) -> World:
    """Without EXCHANGE_KEY, with a folder of its own."""
    settings.EXCHANGE_KEY = ""
    settings.VAR_DIR = tmp_path
    return world


def test_keys_are_made_once_and_for_the_owner_only(keyless: World) -> None:
    first, again = keyless.run("exchange_identity"), keyless.run("exchange_identity")
    assert first == again
    file = keyless.stick / "exchange.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert Identity.parse(file.read_text()).public == Public.parse(first)


def test_keys_of_the_environment_come_first(keyless: World, settings: Settings) -> None:
    settings.EXCHANGE_KEY = keyless.site.text
    assert keyless.run("exchange_identity").strip() == keyless.site.public.text
    assert not (keyless.stick / "exchange.key").exists()


def test_damaged_keys_are_never_made_anew(keyless: World) -> None:
    (keyless.stick / "exchange.key").write_text("elx1-private-half")
    assert "backup" in keyless.fails("exchange_identity")
    assert (keyless.stick / "exchange.key").read_text() == "elx1-private-half"


def test_a_server_without_keys_says_how_to_make_them(keyless: World) -> None:
    keyless.settings.EXCHANGE_KEY = keyless.site.text
    keyless.answers(1)
    keyless.settings.EXCHANGE_KEY = ""
    said = keyless.fails("export_log", keyless.file(), "--to", "centre")
    assert "exchange_identity" in said


def test_trusting_twice_changes_nothing(world: World) -> None:
    Partner.objects.filter(name="centre").update(received=7)
    world.run("exchange_trust", "centre", world.centre.public.text)
    partner = Partner.objects.get(name="centre")
    assert (partner.received, partner.above) == (7, True)


def test_new_keys_under_an_old_name_want_to_be_meant(world: World) -> None:
    new = Identity.generate().public
    Partner.objects.filter(name="centre").update(received=7)
    assert "--replace" in world.fails("exchange_trust", "centre", new.text)
    world.run("exchange_trust", "centre", new.text, "--replace")
    partner = Partner.objects.get(name="centre")
    assert (partner.pk, partner.received, partner.above) == (new.id, 0, False)


def test_keys_have_one_name(world: World) -> None:
    said = world.fails("exchange_trust", "Rome", world.centre.public.text)
    assert "another name" in said
    assert not Partner.objects.filter(name="Rome").exists()


def test_the_own_line_is_refused(world: World) -> None:
    assert "this server" in world.fails("exchange_trust", "me", world.site.public.text)


def test_a_line_copied_wrong_is_refused(world: World) -> None:
    assert "Copy the whole line" in world.fails("exchange_trust", "Rome", "elx1-public-AAAA")
    assert "--remove" in world.fails("exchange_trust", "Rome")
