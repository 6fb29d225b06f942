"""The credentials of other systems, for administrators."""

from dataclasses import dataclass

from django.db.models import F

from assessments.models import Credential, Scope


@dataclass(frozen=True)
class CredentialRow:
    credential: Credential

    @property
    def scopes(self) -> list[str]:
        """What it may do, in words."""
        return [str(scope.label) for scope in Scope if scope in self.credential.scopes]


def credentials() -> list[CredentialRow]:
    """Those that are good first, then the newest."""
    good_first = F("revoked").desc(nulls_first=True)
    found = Credential.objects.select_related("created_by").order_by(good_first, "-created")
    return [CredentialRow(credential) for credential in found]
