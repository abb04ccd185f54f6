import assert from 'node:assert/strict';
import { test } from 'node:test';
import { platformOf } from '../../../web/config/platform.js';

/** As these browsers say it. */
const BROWSERS = [
  [
    'iphone',
    {
      userAgent:
        'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
      platform: 'iPhone',
      maxTouchPoints: 5,
    },
  ],
  [
    'ipad',
    {
      userAgent:
        'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
      platform: 'MacIntel',
      maxTouchPoints: 5,
    },
  ],
  [
    'ipad',
    {
      userAgent:
        'Mozilla/5.0 (iPad; CPU OS 12_5 like Mac OS X) AppleWebKit/605.1.15 Version/12.1 Mobile/15E148 Safari/604.1',
      platform: 'iPad',
      maxTouchPoints: 5,
    },
  ],
  [
    'mac',
    {
      userAgent:
        'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
      platform: 'MacIntel',
      maxTouchPoints: 0,
    },
  ],
  [
    'mac',
    {
      userAgentData: { platform: 'macOS' },
      userAgent:
        'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36',
      platform: 'MacIntel',
      maxTouchPoints: 0,
    },
  ],
  [
    'android',
    {
      userAgentData: { platform: 'Android' },
      userAgent:
        'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36',
      platform: 'Linux armv81',
      maxTouchPoints: 5,
    },
  ],
  [
    'android',
    {
      userAgent: 'Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0',
      platform: 'Linux aarch64',
      maxTouchPoints: 5,
    },
  ],
  [
    'windows',
    {
      userAgentData: { platform: 'Windows' },
      userAgent:
        'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36',
      platform: 'Win32',
      maxTouchPoints: 10,
    },
  ],
  [
    'linux',
    {
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
      platform: 'Linux x86_64',
      maxTouchPoints: 0,
    },
  ],
  [
    'linux',
    {
      userAgentData: { platform: 'Chrome OS' },
      userAgent: 'Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 Chrome/140.0.0.0',
      platform: 'Linux x86_64',
      maxTouchPoints: 0,
    },
  ],
  ['unknown', {}],
  ['unknown', { userAgent: 'something else' }],
];

test('the platform is told from what browsers say of themselves', () => {
  for (const [platform, navigator] of BROWSERS) {
    assert.equal(platformOf(navigator), platform, navigator.userAgent);
  }
});
