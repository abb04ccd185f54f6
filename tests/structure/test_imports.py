"""No circle of modules, and no import from one folder to another that the table does not allow."""

from __future__ import annotations

import ast
import re
import unittest
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[2]
# The folder itself, beside its rooms.
TOP = ''
# Builds the rest of web/; nothing that runs in a browser uses it.
BUILD_ONLY = 'site'
ANY = None

# A module and those that it uses.
Graph = Mapping[str, set[str]]


@dataclass(frozen=True)
class Tree:
    """One folder of sources."""

    folder: str
    read: Callable[[Path], Graph]
    # A room and those that it may use besides itself; ANY: all of them.
    arrows: Mapping[str, set[str] | None]
    # What is wrong in a tree that is not enforced is told, as the reason why it is skipped.
    enforced: bool


def python_graph(folder: Path) -> Graph:
    """Modules by their paths, such as `demo/zone`."""
    files = {module_of(file, folder): file for file in folder.rglob('*.py')}
    return {name: python_uses(name, file, files) for name, file in files.items()}


def module_of(file: Path, folder: Path) -> str:
    return file.relative_to(folder).with_suffix('').as_posix()


def python_uses(name: str, file: Path, known: Iterable[str]) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            found |= {inside(alias.name) for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = inside(node.module or '')
            if node.level:
                base = PurePosixPath(name).parents[node.level - 1] / (node.module or '')
            found |= {base, *(base / alias.name for alias in node.names)}
    return {str(path) for path in found} & set(known) - {name}


def inside(module: str) -> PurePosixPath:
    """The path of `bridge.demo.zone` within bridge/. A stranger such as `http.server` has none."""
    package, *rest = module.split('.')
    return PurePosixPath(*rest) if package == 'bridge' else PurePosixPath()


IMPORT = re.compile(
    r"""^(?:import|export)\b[^'";]*?['"]([^'"]+)['"]|\bimport\(['"]([^'"]+)""", re.M
)


def javascript_graph(folder: Path) -> Graph:
    """Files by their paths. What is not found from the file itself is a package's."""
    files = [
        file
        for file in folder.rglob('*')
        if file.suffix in ('.js', '.mjs') and 'node_modules' not in file.parts
    ]
    known = {file.relative_to(folder).as_posix() for file in files}
    graph = {}
    for file in files:
        found = [''.join(match) for match in IMPORT.findall(file.read_text())]
        paths = [(file.parent / name).resolve() for name in found if name.startswith('.')]
        inside = {one.relative_to(folder).as_posix() for one in paths if one.is_relative_to(folder)}
        graph[file.relative_to(folder).as_posix()] = inside & known
    return graph


INCLUDE = re.compile(r'^#include "([^"]+)"', re.M)
DEFINITION = re.compile(r'^(?!static\b)[a-z][\w \t*]*?\b(\w+)\([^;{}]*\)\n\{', re.M)
CALL = re.compile(r'\b(\w+)\(')


def c_graph(folder: Path) -> Graph:
    """A source and the header of its name are one module.

    A module uses what it includes, and where the functions that it calls are defined: a header that
    declares the functions of many sources hides nothing. One that declares those of a single source
    with another name, such as tls/tls.h of tls/tls12.c, belongs to that source.
    """
    sources = [*folder.rglob('*.c'), *folder.rglob('*.h')]
    texts = {file.relative_to(folder).as_posix(): file.read_text() for file in sources}
    # Programs, and what takes the place of the C library.
    apart = ('drivers/', 'memory.c', 'strings.c', 'malloc.c')
    texts = {path: text for path, text in texts.items() if not path.startswith(apart)}
    home = {
        call: path.removesuffix('.c')
        for path, text in texts.items()
        if path.endswith('.c')
        for call in DEFINITION.findall(text)
    }
    module = {path: path[:-2] for path in texts}
    for path, text in texts.items():
        homes = {home[call] for call in CALL.findall(text) if call in home}
        if path.endswith('.h') and f'{module[path]}.c' not in texts and len(homes) == 1:
            module[path] = homes.pop()
    graph: dict[str, set[str]] = {name: set() for name in module.values()}
    for path, text in texts.items():
        included = {module[name] for name in INCLUDE.findall(text) if name in texts}
        called = {home[call] for call in CALL.findall(text) if call in home}
        graph[module[path]] |= (included | called) - {module[path]}
    return graph


TREES = [
    Tree('bridge', python_graph, {TOP: set(), 'demo': {TOP}}, enforced=True),
    Tree(
        'wasm',
        c_graph,
        {
            'base': set(),
            'crypto': {'base'},
            'x509': {'base', 'crypto'},
            'tls': {'base', 'crypto', 'x509'},
            'sasl': {'base'},
            'dialog': {'base', 'sasl'},
            TOP: ANY,
        },
        enforced=True,
    ),
    Tree(
        'web',
        javascript_graph,
        {
            # Leaves: words, sockets, what a person enters.
            'i18n': set(),
            'transport': set(),
            'input': set(),
            # The data's way.
            'discover': {'input', 'transport'},
            'scan': {'discover', 'input', 'transport'},
            'verdict': {'discover', 'input', 'scan'},
            'report': {'discover', 'i18n', 'input', 'scan', 'verdict'},
            # What it shows comes finished, in words' keys: it takes only constants from elsewhere.
            'view': {'i18n', 'input'},
            # Strings them together.
            'check': {'config', 'discover', 'input', 'report', 'scan', 'transport', 'verdict'},
            # What the operator and the embedder set.
            'config': {'discover', 'input'},
            'element': {'check', 'config', 'i18n', 'input', 'report', 'transport', 'view'},
            'pages': {'config', 'element', 'i18n', 'input'},
            BUILD_ONLY: ANY,
            TOP: ANY,
        },
        enforced=True,
    ),
]


def room_of(module: str, arrows: Iterable[str]) -> str:
    first = PurePosixPath(module).parts[0]
    return first if first != module and first in set(arrows) else TOP


def wrong_arrows(graph: Graph, arrows: Mapping[str, set[str] | None]) -> list[str]:
    """Each arrow between rooms that is not in the table."""
    found = []
    for module, used in sorted(graph.items()):
        here = room_of(module, arrows)
        for other in sorted(used):
            there = room_of(other, arrows)
            allowed = arrows[here]
            forbidden = allowed is not ANY and there not in allowed
            if here != there and (forbidden or there == BUILD_ONLY):
                found.append(f'{module} -> {other}')
    return found


def circles(graph: Graph) -> list[list[str]]:
    """The strongly connected modules, each group sorted (Tarjan)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(module: str) -> None:
        index[module] = low[module] = len(index)
        stack.append(module)
        for other in sorted(graph[module]):
            if other not in index:
                visit(other)
                low[module] = min(low[module], low[other])
            elif other in stack:
                low[module] = min(low[module], index[other])
        if low[module] == index[module]:
            at = stack.index(module)
            group, stack[at:] = stack[at:], []
            if len(group) > 1:
                found.append(sorted(group))

    for module in sorted(graph):
        if module not in index:
            visit(module)
    return found


class ImportsTest(unittest.TestCase):
    def test_trees(self) -> None:
        for tree in TREES:
            with self.subTest(tree.folder):
                graph = tree.read(ROOT / tree.folder)
                self.assertGreater(len(graph), 10)
                self.assertGreater(sum(map(len, graph.values())), len(graph))
                wrong = [f'circle: {" ".join(group)}' for group in circles(graph)]
                wrong += [f'arrow: {arrow}' for arrow in wrong_arrows(graph, tree.arrows)]
                if tree.enforced:
                    self.assertEqual(wrong, [])
                else:
                    print(*(f'# {tree.folder}, not enforced: {one}' for one in wrong), sep='\n')


class DetectionTest(unittest.TestCase):
    """What the test above would not see if it were wrong."""

    def test_circles(self) -> None:
        graph = {'a': {'b'}, 'b': {'c'}, 'c': {'a'}, 'd': {'a', 'e'}, 'e': set()}
        self.assertEqual(circles(graph), [['a', 'b', 'c']])
        self.assertEqual(circles({**graph, 'c': set()}), [])

    def test_arrows(self) -> None:
        arrows = {'low': set(), 'high': {'low'}, 'site': ANY, TOP: ANY}
        graph = {
            'low/a.js': {'high/b.js', 'low/c.js'},
            'high/b.js': {'low/a.js', 'top.js'},
            'site/d.js': {'high/b.js'},
            'top.js': {'site/d.js', 'low/a.js'},
        }
        self.assertEqual(
            wrong_arrows(graph, arrows),
            ['high/b.js -> top.js', 'low/a.js -> high/b.js', 'top.js -> site/d.js'],
        )

    def test_what_is_read(self) -> None:
        bridge = python_graph(ROOT / 'bridge')
        self.assertIn('closes', bridge['session'])
        self.assertIn('demo/zone', bridge['demo/__main__'])
        self.assertIn('config', bridge['__main__'])
        web = javascript_graph(ROOT / 'web')
        self.assertIn('site/site.mjs', web['site/build.mjs'])


if __name__ == '__main__':
    unittest.main()
