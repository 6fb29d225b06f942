from assessments.models.credential import Credential, Scope
from assessments.models.document import Document, Kind
from assessments.models.forwarding import Forwarding
from assessments.models.page import AssessmentPage
from assessments.models.partner import Partner
from assessments.models.progress import Cursor, Progress, State
from assessments.models.statement import Attachment, Mention, SetAside, Statement

__all__ = [
    "AssessmentPage",
    "Attachment",
    "Credential",
    "Cursor",
    "Document",
    "Forwarding",
    "Kind",
    "Mention",
    "Partner",
    "Progress",
    "Scope",
    "SetAside",
    "State",
    "Statement",
]
