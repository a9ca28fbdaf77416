"""The workbench as it is started, and ended, from a terminal."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path


def test_it_serves_until_it_is_interrupted(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "onrecord", "serve", "--ledger", str(tmp_path / "story.db"), "--port", "0", "--as", "ann"]
    serving = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=os.environ.copy())
    try:
        assert serving.stderr is not None
        place = serving.stderr.readline().split(" at ")[1].split()[0]
        for _ in range(100):
            try:
                page = urllib.request.urlopen(place).read().decode()
                break
            except OSError:
                time.sleep(0.1)
        assert "The ledger holds no report yet" in page and "ann, reviewer" in page
    finally:
        serving.send_signal(signal.SIGINT)
        assert serving.wait(timeout=20) == 0
    assert "Traceback" not in serving.stderr.read()
