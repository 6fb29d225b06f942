"""manage.py exchange_identity: the public line of this server, made at the first call."""

from typing import Any

from django.core.management.base import BaseCommand

from assessments.exchange import identity
from assessments.exchange.console import one_line


class Command(BaseCommand):
    help = (
        "Prints the public line of this server for exchange_trust on another one. The private keys"
        " are made once and lie in exchange.key (or EXCHANGE_KEY): keep them in the backup."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        with one_line():
            public = identity.own_or_new().public
        self.stdout.write(public.text)
        # Not into what a shell catches: for the two who compare it by telephone.
        self.stderr.write(f"this is server {public.id}", lambda text: text)
