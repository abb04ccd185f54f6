"""Who the bridge says it is, to pages and to people."""

import json
import re
import tempfile
import time
import unittest
from pathlib import Path

from harness import ask, running

from bridge import about, config
from bridge.selftest import Outcome


def settings(**raw: object) -> config.Config:
    return config.read(raw, Path('.'))


class PageTest(unittest.TestCase):
    def test_it_says_who_what_and_whom_to_write_to(self) -> None:
        read = settings(
            helo='check.example.net.',
            contact='abuse@example.net',
            ports=[25, 993],
            limits={'target_per_minute': 77, 'target_connections': 11},
        )
        page = about.page(read).decode()
        for words in (
            '<strong>check.example.net</strong>',
            '<a href="mailto:abuse@example.net">abuse@example.net</a>',
            'mail ports 25, 993,',
            '77 conversations a minute, and 11 at once',
        ):
            self.assertIn(words, page)
        # Nothing was left unfilled.
        self.assertNotRegex(page, r'[{}]')

    def test_a_url_to_write_to(self) -> None:
        page = about.page(settings(contact='https://example.net/?a&b"c')).decode()
        self.assertIn('<a href="https://example.net/?a&amp;b&quot;c">', page)
        self.assertNotIn('calls itself', page)

    def test_none_without_a_contact(self) -> None:
        self.assertIsNone(about.page(settings(helo='check.example.net')))
        told = json.loads(about.facts(settings(), None, []))
        self.assertEqual(told, {'helo': None, 'about': None, 'tickets': False})

    def test_it_is_well_formed(self) -> None:
        page = about.page(settings(contact='abuse@example.net')).decode()
        for tag in ('h1', 'h2', 'ul', 'a', 'html', 'title'):
            opened, closed = len(re.findall(rf'<{tag}\b', page)), page.count(f'</{tag}>')
            self.assertEqual((tag, opened), (tag, closed))


class FactsTest(unittest.TestCase):
    def test_who_is_listed(self) -> None:
        two = ['https://help.example', 'https://www.help.example:8443']
        for origins, around, expected in (
            (two, ['https://help.example'], True),
            (two, ['https://HELP.example:443'], True),
            (two, two, True),
            (two, [*two, 'https://evil.example'], False),
            (two, ['https://evil.example'], False),
            (two, ['null'], False),
            (two, [''], False),
            (two, ['*'], False),
            # Everybody may use it, and nobody is known.
            (['*'], ['https://help.example'], False),
            (['*'], ['*'], False),
            (None, ['https://help.example'], False),
        ):
            with self.subTest(origins=origins, around=around):
                read = settings() if origins is None else settings(origins=origins)
                self.assertIs(json.loads(about.facts(read, None, around))['listed'], expected)

    def test_what_the_self_test_came_to(self) -> None:
        tested = Outcome('failed', {25: 'timed-out'}, time.monotonic())
        told = json.loads(about.facts(settings(), tested, []))['tested']
        expected = {'seconds_ago': 0, 'resolver': 'failed', 'ports': {'25': 'timed-out'}}
        self.assertEqual(told, expected)


class BridgeTest(unittest.TestCase):
    WHO = {'helo': 'check.example.net', 'contact': 'abuse@example.net'}  # noqa: RUF012

    def test_page_and_facts(self) -> None:
        with running(origins=['https://check.example'], **self.WHO) as bridge:
            response, body = ask(bridge, '/about')
            self.assertEqual(response.status, 200)
            self.assertEqual(response.headers['Content-Type'], 'text/html; charset=utf-8')
            self.assertEqual(body, about.page(bridge.config))
            self.assertEqual(ask(bridge, '/about', 'HEAD')[1], b'')
            for path in ('/about.json', '/bridge/about.json?x'):
                response, body = ask(bridge, path, Origin='https://check.example')
                told = json.loads(body)
                # It may not have ended yet.
                told.pop('tested', None)
                expected = {'helo': 'check.example.net', 'about': '/about', 'tickets': False}
                self.assertEqual(told, expected)
                allowed = response.headers['Access-Control-Allow-Origin']
                self.assertEqual(allowed, 'https://check.example')

    def test_pages_around_the_check(self) -> None:
        listed = 'https://check.example'
        with running(origins=[listed]) as bridge:
            for query, expected in (
                (f'around={listed}', True),
                (f'around={listed}&around=https://evil.example', False),
                (f'around={listed}&around=', False),
                ('&'.join([f'around={listed}'] * 17), False),
            ):
                with self.subTest(query):
                    told = json.loads(ask(bridge, f'/bridge/about.json?{query}')[1])
                    self.assertIs(told['listed'], expected)

    def test_where_there_is_no_site_it_is_the_page(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, 'index.html').write_text('<p>the check')
            with running(web=folder, **self.WHO) as bridge:
                self.assertEqual(ask(bridge, '/')[1], b'<p>the check')
                self.assertIn(b'this traffic', ask(bridge, '/about')[1])
                # Only beside a site: it is nothing that everybody has.
                self.assertEqual(ask(bridge, '/sub/about')[0].status, 404)
        with running(**self.WHO) as bridge:
            if bridge.config.web is None:
                self.assertIn(b'this traffic', ask(bridge, '/')[1])

    def test_nobody_to_write_to(self) -> None:
        with running() as bridge:
            self.assertIn(ask(bridge, '/about')[0].status, (404, 405))
            self.assertEqual(json.loads(ask(bridge, '/about.json')[1])['helo'], None)


if __name__ == '__main__':
    unittest.main()
