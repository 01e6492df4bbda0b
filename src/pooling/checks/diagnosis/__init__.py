"""Diagnosis: which mistake a wrong answer holds, and what to say of it.

`messages` has the sentences, `mistakes` what students write in place of each term of a density,
`distributions` the names of what PyMC was given, and `models` finds the mistakes of a model.
"""

from pooling.checks.diagnosis.messages import DIAGNOSES, Diagnosis, explain, told_apart
from pooling.checks.diagnosis.models import Finding, diagnose

__all__ = ["DIAGNOSES", "Diagnosis", "Finding", "diagnose", "explain", "told_apart"]
