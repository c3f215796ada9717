"""The guards of conftest.py do bite: one that lets everything pass looks just like a clean suite."""

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

CONFTEST = Path(__file__).parents[1] / "conftest.py"
GUILTY = """
import os, socket, threading, time
import pytest

def test_thread():
    threading.Thread(target=time.sleep, args=(1,), name="sleeper", daemon=True).start()

def test_network_is_reached_and_the_error_swallowed():
    with socket.socket() as line:
        try:
            line.connect(("192.0.2.1", 502))
        except AssertionError:
            pass

def test_name_is_looked_up():
    with pytest.raises(AssertionError):
        socket.create_connection(("example.org", 80))
"""
INNOCENT = """
import os, socket, threading
import pytest

def test_thread_that_ends():
    threading.Thread(target=int).start()

def test_loopback():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as line:
        line.connect(server.getsockname())
        socket.create_connection(("localhost", server.getsockname()[1])).close()

def test_unknown_name():
    with pytest.raises(OSError):
        socket.create_connection(("meter.invalid", 502))

def test_data_folder(tmp_path):
    assert os.environ["WATTELIER_DATA"].startswith(str(tmp_path))
"""


@pytest.fixture
def suite(pytester: pytest.Pytester) -> pytest.Pytester:
    pytester.makeconftest(CONFTEST.read_text("utf-8").replace("END_WITHIN_S = 2.0", "END_WITHIN_S = 0.1"))
    return pytester


def test_a_left_over_thread_and_a_reached_network_fail(suite: pytest.Pytester):
    suite.makepyfile(GUILTY)
    result = suite.runpytest_subprocess()
    result.assert_outcomes(passed=3, errors=3)
    result.stdout.fnmatch_lines(["*threads left behind: sleeper*", "*network was reached*192.0.2.1*"])


def test_loopback_and_ended_threads_pass(suite: pytest.Pytester):
    suite.makepyfile(INNOCENT)
    suite.runpytest_subprocess().assert_outcomes(passed=4)
