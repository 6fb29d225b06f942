"""Where a document lies: what the parameters of a request say it belongs to."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet

from assessments.models import Document, Kind, Scope
from assessments.rules.keys import agent_key
from assessments.statements import asked
from assessments.xapi.resource import Call


@dataclass(frozen=True)
class Shelf:
    """One of the resources that hold documents: its parameters, and the one that names a document."""

    kind: Kind
    belongs_to: tuple[str, ...]
    name: str
    # Whether a request without a name deletes all that belongs together (2.3.s5).
    deletes_many: bool = False

    def place(self, call: Call, everything: Scope, own: Scope) -> "Place":
        """Raises Forbidden (403) when the client may not do this there, Refused (400)."""
        call.client.require(everything, own)
        activity = ""
        if "activityId" in self.belongs_to:
            asked.iri(call, "activityId")
            activity = asked.text(call, "activityId")
        agent = None
        if "agent" in self.belongs_to:
            agent = agent_key(asked.person(call), settings.XAPI_HOME_PAGE)
        call.client.require_for(agent, everything, own)
        registration = "registration" in call.params and asked.uuid(call, "registration")
        return Place(self.kind, activity, str(agent or ""), str(registration or ""))


STATE = Shelf(Kind.STATE, ("activityId", "agent", "registration"), "stateId", deletes_many=True)
AGENT_PROFILE = Shelf(Kind.AGENT_PROFILE, ("agent",), "profileId")
ACTIVITY_PROFILE = Shelf(Kind.ACTIVITY_PROFILE, ("activityId",), "profileId")


@dataclass(frozen=True)
class Place:
    """As the fields of Document have it; empty is what the kind or the request has not."""

    kind: Kind
    activity: str
    agent: str
    registration: str

    def document(self, name: str) -> Document:
        """A new one, not stored, with nothing in it."""
        return Document(**self._fields(), registration=self.registration, name=name)

    def one(self, name: str) -> QuerySet[Document]:
        """The document of this name; without a registration, the one that has none."""
        return self.all().filter(registration=self.registration, name=name)

    def all(self) -> QuerySet[Document]:
        """All documents here; without a registration, those of every registration."""
        found = Document.objects.filter(**self._fields())
        return found.filter(registration=self.registration) if self.registration else found

    def _fields(self) -> dict[str, str]:
        return {"kind": self.kind, "activity": self.activity, "agent": self.agent}
