"""Whoever works on a class, the files that come out are the same to the byte."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from small_case import small_case
from test_classroom import class_of, hand_in, written
from workbook import Case
from workbook.classroom import work
from workbook.classroom.grade import GradeError, Options, grade

SIZE = 900
"""Hand-ins; with the archive's they make five bundles."""


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return small_case(tmp_path_factory.mktemp("case"))


@pytest.fixture(scope="module")
def handins(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hand_in(tmp_path_factory.mktemp("in"), class_of(SIZE))


@pytest.fixture(scope="module")
def alone(case: Case, handins: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What one process writes."""
    out = tmp_path_factory.mktemp("one") / "out"
    grade(case, handins, out, Options(report=True))
    return written(out)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A Dask cluster of two worker processes on this machine."""
    distributed = pytest.importorskip("distributed", reason="it comes with who-says-so[dask]")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
    ) as made:
        yield made


def command(case: Case, handins: Path, out: Path, address: str) -> Any:
    return subprocess.run(
        [
            *(sys.executable, "-m", "workbook.cli", "grade", str(handins), "--out", str(out)),
            *("--case", str(case.folder), "--backend", "dask"),
        ],
        env={**os.environ, "DASK_SCHEDULER_ADDRESS": address},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )


def test_the_same_command_on_a_dask_cluster_writes_the_same_bytes(
    case: Case, handins: Path, alone: dict[str, bytes], cluster: Any, tmp_path: Path
) -> None:
    from distributed import Client

    done = command(case, handins, tmp_path / "out", cluster.scheduler_address)
    assert (done.returncode, done.stderr) == (0, "")
    assert written(tmp_path / "out") == alone
    with Client(cluster) as client:
        opened = client.run(lambda: work._scale.cache_info().currsize)
    assert (len(opened), any(opened.values())) == (2, True), "the work was done there"


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no kill -9")
def test_a_worker_of_the_cluster_that_is_killed_costs_nothing(
    case: Case,
    handins: Path,
    alone: dict[str, bytes],
    cluster: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from distributed import Client

    whole, seen = work.grade_bundle, str(tmp_path / "seen")

    def killed_once(*given: Any) -> Any:
        if not os.path.exists(seen):  # noqa: PTH110 (travels to the worker without pathlib)
            open(seen, "w").close()  # noqa: PTH123
            os.kill(os.getpid(), signal.SIGKILL)
        return whole(*given)

    monkeypatch.setattr(work, "grade_bundle", killed_once)
    with Client(cluster):
        grade(case, handins, tmp_path / "out", Options(report=True, backend="dask"))
    assert Path(seen).exists()
    assert written(tmp_path / "out") == alone


def test_where_no_cluster_is_named_or_answers_a_sentence_says_so(
    case: Case, handins: Path, tmp_path: Path
) -> None:
    pytest.importorskip("distributed", reason="it comes with who-says-so[dask]")
    done = command(case, handins, tmp_path / "out", "")
    assert (done.returncode, done.stderr) == (
        1,
        "Say where the cluster is: set DASK_SCHEDULER_ADDRESS, such as tcp://10.0.0.5:8786.\n",
    )
    done = command(case, handins, tmp_path / "out", "nowhere://x")
    assert (done.returncode, done.stderr) == (
        1,
        "No Dask cluster answers at nowhere://x. Is its scheduler running?\n",
    )
    assert not (tmp_path / "out" / "gradebook.csv").exists()


def test_several_jobs_write_the_same_bytes_as_one(
    case: Case, handins: Path, alone: dict[str, bytes], tmp_path: Path
) -> None:
    pytest.importorskip("joblib", reason="joblib comes with who-says-so[classroom]")
    grade(case, handins, tmp_path / "out", Options(report=True, jobs=2))
    assert written(tmp_path / "out") == alone


def test_jobs_that_are_killed_end_in_a_sentence_and_the_next_run_goes_on(
    case: Case,
    handins: Path,
    alone: dict[str, bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pytest.importorskip("joblib", reason="joblib comes with who-says-so[classroom]")
    with monkeypatch.context() as patched:
        patched.setattr(work, "grade_bundle", lambda *_: os._exit(9))
        with pytest.raises(GradeError) as caught:
            grade(case, handins, tmp_path / "out", Options(report=True, jobs=2))
    assert str(caught.value).startswith("The workers stopped before the end (TerminatedWorkerError")
    assert str(caught.value).endswith(
        "What was found so far is kept: run the same command again, and it goes on from there."
    )
    grade(case, handins, tmp_path / "out", Options(report=True, jobs=2))
    assert written(tmp_path / "out") == alone
