"""The defaults against each other and against what mail servers do."""

import dataclasses
import unittest

import harness  # noqa: F401

from bridge.limits import Limits


class LimitsTest(unittest.TestCase):
    def test_a_delayed_greeting_is_not_idle(self) -> None:
        self.assertGreater(Limits.idle_seconds, 65)
        self.assertGreater(Limits.lifetime_seconds, Limits.idle_seconds)

    def test_a_page_fits_in_what_one_client_may_have(self) -> None:
        # Ten conversations, the resolver, and sockets opened ahead (web/scan.js).
        self.assertGreaterEqual(Limits.client_connections, 14)
        self.assertGreaterEqual(Limits.client_requests, 6 + 2)

    def test_no_range_leaves_its_default_out(self) -> None:
        for field in dataclasses.fields(Limits):
            with self.subTest(field.name):
                self.assertLessEqual(field.metadata['least'], field.default)
                self.assertLessEqual(field.default, field.metadata['most'])
                # poll() counts milliseconds in 31 bits.
                if field.name.endswith('_seconds'):
                    self.assertLess(field.metadata['most'] * 1000, 2**31)

    def test_a_tls_record_fits_a_frame(self) -> None:
        self.assertGreater(Limits.frame_bytes, 5 + 2**14 + 2048)


if __name__ == '__main__':
    unittest.main()
