"""One scheduler with two workers, for all tests of a cluster."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from cluster_processes import Cluster, cluster_in


@pytest.fixture(scope="session")
def two_workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Behind guards (nannies), so that a worker that a test kills is there for the next."""
    with cluster_in(tmp_path_factory.mktemp("cluster"), workers=2) as running:
        yield running
