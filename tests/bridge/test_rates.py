"""Token buckets: used up, refilled, kept apart, forgotten."""

import unittest

import harness  # noqa: F401

from bridge.closes import Close, Ended
from bridge.rates import Rate, Rates


class RatesTest(unittest.TestCase):
    def setUp(self) -> None:
        self.now = 1000.0
        self.rates = Rates(clock=lambda: self.now, max_keys=3)

    def refused(self, rate: Rate, key: str = 'a', amount: int = 1) -> str:
        with self.assertRaises(Ended) as caught:
            self.rates.take((rate, key), amount=amount)
        self.assertIs(caught.exception.close, Close.RATE)
        return caught.exception.reason

    def test_used_up_then_refilled_evenly(self) -> None:
        rate = Rate('things', 6, 60)
        for _ in range(6):
            self.rates.take((rate, 'a'))
        self.assertEqual(self.refused(rate), 'rate retry=10 of=things')
        self.now += 9
        self.assertEqual(self.refused(rate), 'rate retry=1 of=things')
        self.now += 1
        self.rates.take((rate, 'a'))
        self.assertEqual(self.refused(rate), 'rate retry=10 of=things')
        # Never more than the limit, however long nobody came.
        self.now += 10_000
        for _ in range(6):
            self.rates.take((rate, 'a'))
        self.refused(rate)

    def test_amounts(self) -> None:
        rate = Rate('bytes', 100, 100)
        self.rates.take((rate, 'a'), amount=70)
        self.assertEqual(self.refused(rate, amount=40), 'rate retry=10 of=bytes')
        self.rates.take((rate, 'a'), amount=30)

    def test_keys_and_rates_are_apart(self) -> None:
        one, other = Rate('one', 1, 60), Rate('other', 1, 60)
        self.rates.take((one, 'a'))
        self.rates.take((one, 'b'))
        self.rates.take((other, 'a'))
        self.refused(one)

    def test_several_at_once_or_none(self) -> None:
        narrow, wide = Rate('narrow', 2, 60), Rate('wide', 3, 60)
        self.rates.take((narrow, 'a'), (wide, 'x'))
        self.rates.take((narrow, 'a'), (wide, 'x'))
        with self.assertRaises(Ended):
            self.rates.take((narrow, 'a'), (wide, 'x'))
        # What was refused by the one was not used up of the other.
        self.rates.take((narrow, 'b'), (wide, 'x'))
        with self.assertRaisesRegex(Ended, 'rate') as caught:
            self.rates.take((narrow, 'b'), (wide, 'x'))
        self.assertEqual(caught.exception.details['of'], 'wide')
        self.rates.take((narrow, 'b'), (wide, 'y'))

    def test_a_new_limit_holds_at_once(self) -> None:
        self.rates.take((Rate('one', 1, 60), 'a'))
        self.rates.take((Rate('one', 2, 60), 'a'))
        self.refused(Rate('one', 2, 60))

    def test_the_table_has_an_end(self) -> None:
        rate = Rate('one', 1, 60)
        for key in ('a', 'b', 'c', 'd'):
            self.rates.take((rate, key))
            self.now += 1
        self.assertEqual(len(self.rates._used['one']), 3)
        # The one that was left alone longest was forgotten, and only that.
        self.refused(rate, 'b')
        self.rates.take((rate, 'a'))


if __name__ == '__main__':
    unittest.main()
