"""Diagnosis: which mistake a wrong answer holds, and what to say of it.

`models` finds the mistakes of a model of the right `structure`: in its `priors` and `likelihoods`
where these show what they were given (`arguments`, `distributions`), and else by what students
write in place of each term of a density (`mistakes`), up to rounding (`agreement`). What it finds
is a `finding`; `messages` has the sentences.
"""

from pooling.checks.diagnosis.finding import Finding
from pooling.checks.diagnosis.messages import DIAGNOSES, Diagnosis, explain, told_apart
from pooling.checks.diagnosis.models import diagnose

__all__ = ["DIAGNOSES", "Diagnosis", "Finding", "diagnose", "explain", "told_apart"]
