"""The keys of this server, and the servers that it trusts."""

import uuid
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction

from assessments.exchange.errors import ExchangeError
from assessments.exchange.keys import BadKey, Identity, Public
from assessments.models import Partner
from elearning.whole import written_whole


def own() -> Identity:
    """From EXCHANGE_KEY, else from VAR_DIR/exchange.key; raises ExchangeError and OSError."""
    found = _found()
    if found is None:
        raise ExchangeError("This server has no keys yet. Run exchange_identity first.")
    return found


def own_or_new() -> Identity:
    found = _found()
    if found is None:
        found = Identity.generate()
        with written_whole(_path(), mode=0o600) as file:
            file.write(f"{found.text}\n".encode())
    return found


def partner_called(name: str) -> Partner:
    """Raises ExchangeError."""
    found = Partner.objects.filter(name=name).first()
    if found is None:
        known = ", ".join(Partner.objects.order_by("name").values_list("name", flat=True))
        raise ExchangeError(
            f"There is no server called {name} here (known: {known or 'none'})."
            " Run exchange_trust first."
        )
    return found


def keys_of(server: uuid.UUID) -> Public | None:
    found = Partner.objects.filter(pk=server).first()
    return found.keys if found else None


def trust(name: str, public: str, *, above: bool = False, replace: bool = False) -> Partner:
    """Know a server by its public line from now on; the same again changes nothing.

    One that is `above` may send bundles, and stays so. With `replace` the keys that the name had are trusted no more, and what was known of how far that
    server has our log is forgotten: the next export begins anew. Raises ExchangeError.
    """
    keys = _foreign(public)
    with transaction.atomic():
        known = Partner.objects.filter(name=name).first()
        if known and known.pk == keys.id:
            known.above |= above
            known.save(update_fields=["above"])
            return known
        if known and not replace:
            raise ExchangeError(
                f"{name} has other keys. Use another name, or --replace if that server has new keys."
            )
        if known:
            known.delete()
        return _new(name, keys, above=above)


def distrust(name: str) -> None:
    """Raises ExchangeError."""
    partner_called(name).delete()


def _foreign(public: str) -> Public:
    keys = Public.parse(public)
    mine = _found()
    if mine and mine.public == keys:
        raise BadKey("This is the public line of this server. Take that of the other one.")
    return keys


def _new(name: str, keys: Public, *, above: bool) -> Partner:
    try:
        with transaction.atomic():
            return Partner.objects.create(pk=keys.id, name=name, public=keys.text, above=above)
    except IntegrityError as error:
        raise ExchangeError(
            "These keys are known under another name. Remove that one first"
            " (exchange_trust NAME --remove)."
        ) from error


def _found() -> Identity | None:
    if settings.EXCHANGE_KEY:
        return Identity.parse(settings.EXCHANGE_KEY)
    path = _path()
    return Identity.parse(path.read_text()) if path.exists() else None


def _path() -> Path:
    return Path(settings.VAR_DIR) / "exchange.key"
