import { describe, expect, it } from 'vitest';
import { clientNameOf } from './client-name.js';

describe('the name of a client', () => {
  it.each([
    [
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
      'Chrome',
      'Linux',
    ],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
      'Edge',
      'Windows',
    ],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:143.0) Gecko/20100101 Firefox/143.0', 'Firefox', 'macOS'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
      'Safari',
      'iPhone',
    ],
    [
      'Mozilla/5.0 (Linux; Android 15; SM-S931B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36',
      'Samsung Internet',
      'Android',
    ],
  ])('tells browser and system from %s', (userAgent, program, system) => {
    expect(clientNameOf(userAgent)).toEqual({ program, system });
  });

  it('is that of a program as it came, and short', () => {
    expect(clientNameOf('curl/8.5.0')).toEqual({ program: 'curl/8.5.0', system: undefined });
    expect(clientNameOf('x'.repeat(400)).program).toHaveLength(60);
  });

  it.each([null, '', '  '])('is none for %j', (userAgent) => {
    expect(clientNameOf(userAgent)).toEqual({ program: undefined, system: undefined });
  });
});
