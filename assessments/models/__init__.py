from assessments.models.attempt import Attempt, AttemptAnswer, Mark, Purpose, Standing
from assessments.models.credential import Credential, Scope
from assessments.models.document import Document, Kind
from assessments.models.forwarding import Forwarding
from assessments.models.item import Difficulty, Item, ItemVersion
from assessments.models.page import AssessmentPage
from assessments.models.partner import Partner
from assessments.models.progress import Cursor, Progress, State
from assessments.models.statement import Attachment, Mention, SetAside, Statement

__all__ = [
    "AssessmentPage",
    "Attachment",
    "Attempt",
    "AttemptAnswer",
    "Credential",
    "Cursor",
    "Difficulty",
    "Document",
    "Forwarding",
    "Item",
    "ItemVersion",
    "Kind",
    "Mark",
    "Mention",
    "Partner",
    "Progress",
    "Purpose",
    "Scope",
    "SetAside",
    "Standing",
    "State",
    "Statement",
]
