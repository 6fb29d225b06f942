from assessments.models.page import AssessmentPage
from assessments.models.progress import Cursor, Progress, State
from assessments.models.statement import Statement

__all__ = ["AssessmentPage", "Cursor", "Progress", "State", "Statement"]
