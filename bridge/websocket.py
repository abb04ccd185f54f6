"""websockify's WebSocket, without numpy.

It imports numpy wherever it is installed, and Debian's package asks for it: a third of the time in
which a bridge starts, and 13 MB in each of its processes. All it is for is to take off the masks of
frames, which frames.py does itself.
"""

from __future__ import annotations

import sys
import warnings

_NUMPY = 'numpy'

_imported = sys.modules.get(_NUMPY)
sys.modules[_NUMPY] = None  # whoever imports it now is told that it is not there
try:
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')  # that it will be slower, and an escape in its own strings
        from websockify.websocket import WebSocketWantWriteError
        from websockify.websockifyserver import CompatibleWebSocket
finally:
    del sys.modules[_NUMPY]
    if _imported is not None:
        sys.modules[_NUMPY] = _imported

__all__ = ['CompatibleWebSocket', 'WebSocketWantWriteError']
