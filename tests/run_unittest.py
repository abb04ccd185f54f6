"""Python's unittest with the closing line of all runners here, `N passed, N failed, N skipped`.

    run_unittest.py ARGUMENT…      those of `python3 -m unittest`

A test counts once, however many of its sub-tests failed; so does a class or module that could not
be set up.
"""

from __future__ import annotations

import os
import sys
import unittest


class ClosingRunner(unittest.TextTestRunner):
    """Prints the closing line after everything else."""

    def run(self, test: unittest.TestSuite | unittest.TestCase) -> unittest.TestResult:
        result = super().run(test)
        failed = ids([*result.failures, *result.errors])
        failed |= ids([(one, '') for one in result.unexpectedSuccesses])
        skipped = ids(result.skipped) - failed
        passed = result.testsRun - sum(one.startswith(RAN) for one in failed | skipped)
        self.stream.flush()
        print(f'{passed} passed, {len(failed)} failed, {len(skipped)} skipped', flush=True)
        return result


# Before the id of what has been run: what could not be set up has not.
RAN = 'ran '


def ids(results: list[tuple[unittest.TestCase, str]]) -> set[str]:
    """Each test once."""
    found = set()
    for test, _ in results:
        case = getattr(test, 'test_case', test)
        found.add((RAN if isinstance(case, unittest.TestCase) else '') + case.id())
    return found


if __name__ == '__main__':
    sys.path.insert(0, os.getcwd())
    unittest.main(module=None, argv=['unittest', *sys.argv[1:]], testRunner=ClosingRunner)
