"""Who works on the bundles: this process, several of this computer, or a Dask cluster.

On a cluster every machine needs this package, the case and the hand-ins at the same places.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from typing import Any

from . import work
from .scale import Scale
from .store import Kept
from .work import Job, Setup

__all__ = ["NoWorkers", "run"]

_AGAIN = "What was found so far is kept: run the same command again, and it goes on from there."


class NoWorkers(RuntimeError):
    """Why there are no workers, or none any more, in a sentence for the teacher."""


def run(
    setup: Setup, scale: Scale, bundles: Iterable[Sequence[Job]], jobs: int, backend: str
) -> Iterator[list[Kept]]:
    """What ``grade_bundle`` gives for each bundle, in order, however many work on it.

    Raises ``NoWorkers``.
    """
    if jobs == 1 and backend == "local":
        for bundle in bundles:
            yield work.grade_bundle(setup, bundle, scale)
        return
    try:
        import joblib
    except ImportError as error:
        raise NoWorkers(
            "Several jobs need joblib: pip install 'who-says-so[classroom]', or leave out --jobs "
            "and --backend."
        ) from error
    with ExitStack() as stack:
        options: dict[str, Any] = {"n_jobs": jobs}
        if backend == "dask":
            stack.enter_context(_on_dask(stack))
            options["n_jobs"] = -1  # the cluster says how many it has
        else:
            stack.callback(_send_home)
            options["backend"] = "loky"
        pool = joblib.Parallel(
            return_as="generator",
            batch_size=1,
            pre_dispatch="3 * n_jobs",
            max_nbytes=None,
            **options,
        )
        try:
            yield from pool(joblib.delayed(work.grade_bundle)(setup, one) for one in bundles)
        except Exception as error:  # killed, out of memory, cut off, another version ...
            said = str(error).strip().split("\n", 1)[0].rstrip(".")
            raise NoWorkers(
                f"The workers stopped before the end ({type(error).__name__}: {said}). {_AGAIN}"
            ) from error


def _send_home() -> None:
    """End the processes of this computer; joblib would keep them for a while."""
    from joblib.externals.loky import get_reusable_executor

    get_reusable_executor().shutdown(wait=True, kill_workers=True)


def _on_dask(stack: ExitStack) -> Any:
    """A context in which joblib works on the Dask cluster that the settings name."""
    try:
        import joblib
        from distributed import Client, get_client
    except ImportError as error:
        raise NoWorkers(
            "A Dask cluster needs distributed, on every machine of it: "
            "pip install 'who-says-so[dask]'."
        ) from error
    try:
        client = get_client()
    except ValueError:
        address = os.environ.get("DASK_SCHEDULER_ADDRESS")
        if not address:
            raise NoWorkers(
                "Say where the cluster is: set DASK_SCHEDULER_ADDRESS, such as tcp://10.0.0.5:8786."
            ) from None
        try:
            client = stack.enter_context(Client(address, timeout=20))
        except (OSError, ValueError) as error:
            raise NoWorkers(
                f"No Dask cluster answers at {address}. Is its scheduler running?"
            ) from error
    return joblib.parallel_config(backend="dask", client=client, wait_for_workers_timeout=20)
