"""Long answers, marked by people on a rubric: docs/trainer.md says how it looks from their side."""
