"""How hard hypothesis tries: the same few examples each time, or many new ones by night.

`LIFECYCLE_PROPERTIES=night pytest tests/properties` looks for new counterexamples and shrinks
them; without it the examples are fixed, so that a red build is about the change that made it.
"""

import os

from hypothesis import HealthCheck, Phase, settings

QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]

settings.register_profile(
    "day",
    max_examples=2,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=QUIET,
)
settings.register_profile(
    "night", max_examples=300, deadline=None, print_blob=True, suppress_health_check=QUIET
)
settings.load_profile(os.environ.get("LIFECYCLE_PROPERTIES", "day"))
