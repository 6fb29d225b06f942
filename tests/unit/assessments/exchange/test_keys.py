"""Keys travel as one line, and a line that was copied wrong is refused."""

import pytest

from assessments.exchange.keys import BadKey, Identity, Public


def test_a_public_line_gives_the_same_server() -> None:
    public = Identity.generate().public
    assert Public.parse(f" {public.text}\n") == public
    assert Public.parse(public.text).id == public.id


def test_a_private_line_gives_the_same_keys() -> None:
    identity = Identity.generate()
    assert Identity.parse(identity.text) == identity


def test_two_servers_have_two_names() -> None:
    assert Identity.generate().public.id != Identity.generate().public.id


def test_every_letter_copied_wrong_is_found() -> None:
    text = Identity.generate().public.text
    for place, letter in enumerate(text):
        wrong = "A" if letter != "A" else "B"
        with pytest.raises(BadKey):
            Public.parse(text[:place] + wrong + text[place + 1 :])


def test_a_line_that_lacks_its_end_is_found() -> None:
    text = Identity.generate().public.text
    for size in range(len(text)):
        with pytest.raises(BadKey):
            Public.parse(text[:size])


def test_a_private_line_is_no_public_one() -> None:
    with pytest.raises(BadKey):
        Public.parse(Identity.generate().text)


def test_private_keys_do_not_show_in_a_trace() -> None:
    identity = Identity.generate()
    assert repr(identity) == "Identity()"
