"""The defaults against each other and against what mail servers do."""

import unittest

import harness  # noqa: F401
from bridge.limits import Limits


class LimitsTest(unittest.TestCase):
    def test_a_delayed_greeting_is_not_idle(self) -> None:
        self.assertGreater(Limits.idle_seconds, 65)
        self.assertGreater(Limits.lifetime_seconds, Limits.idle_seconds)

    def test_drain_outlasts_the_lingering(self) -> None:
        self.assertGreater(Limits.drain_seconds, Limits.linger_seconds)

    def test_a_tls_record_fits_a_frame(self) -> None:
        self.assertGreater(Limits.frame_bytes, 5 + 2**14 + 2048)


if __name__ == '__main__':
    unittest.main()
