"""Reads a file that the page makes, with a parser that is not the page's, and prints it as JSON.

read-files.py plist|xml < FILE
"""

import json
import plistlib
import sys
import xml.etree.ElementTree as ElementTree


def tree(node):
    return {
        'tag': node.tag,
        'attributes': node.attrib,
        'text': node.text if len(node) == 0 else None,
        'children': [tree(child) for child in node],
    }


data = sys.stdin.buffer.read()
print(
    json.dumps(
        plistlib.loads(data) if sys.argv[1] == 'plist' else tree(ElementTree.fromstring(data))
    )
)
