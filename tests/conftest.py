"""How the tests run: hypothesis with few and always the same examples, unless asked for more
(``HYPOTHESIS_PROFILE=long make test``)."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile(
    "ci", max_examples=60, derandomize=True, deadline=None, suppress_health_check=_SLOW
)
settings.register_profile("dev", max_examples=60, deadline=None, suppress_health_check=_SLOW)
settings.register_profile("long", max_examples=3000, deadline=None, suppress_health_check=_SLOW)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))


@pytest.fixture(autouse=True, scope="session")
def no_settling() -> Iterator[None]:
    """A tracker in the tests has done what it does when its answer is lost."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("vnpolicy.push.door._SETTLING", 0.0)
        yield
