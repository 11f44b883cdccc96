import { describe, expect, it } from 'vitest';
import { redirectTarget } from './redirect-target.js';

const ORIGINS = ['https://portal.example.test', 'http://127.0.0.1:9090'];

describe('a redirect target', () => {
  it.each([
    ['/', '/'],
    ['/dash', '/dash'],
    ['/dash?tab=1&b=%2F#top', '/dash?tab=1&b=%2F#top'],
    ['/a/../dash', '/dash'],
    ['/?next=https://evil.test', '/?next=https://evil.test'],
    ['https://portal.example.test', 'https://portal.example.test/'],
    ['https://portal.example.test/a?b#c', 'https://portal.example.test/a?b#c'],
    ['https://PORTAL.example.test:443/', 'https://portal.example.test/'],
    ['http://127.0.0.1:9090/x', 'http://127.0.0.1:9090/x'],
    ['https://portal.example.test/@evil.test', 'https://portal.example.test/@evil.test'],
  ])('%s is taken as %s', (wanted, target) => {
    expect(redirectTarget(wanted, ORIGINS)).toBe(target);
  });

  it.each([
    [undefined],
    [''],
    ['dash'],
    ['?x'],
    ['//evil.test'],
    ['///evil.test'],
    ['/\\evil.test'],
    ['\\\\evil.test'],
    ['\\/evil.test'],
    ['/\t/evil.test'],
    ['\t//evil.test'],
    [' //evil.test'],
    ['/\n/evil.test'],
    ['/dash\r\nset-cookie: a=b'],
    ['/\u0000dash'],
    ['/..//evil.test'],
    ['/.//evil.test'],
    ['/%2e%2e//evil.test'],
    ['/a/..//evil.test'],
    ['//portal.example.test@evil.test/'],
    ['https:portal.example.test'],
    ['https:/portal.example.test'],
    ['https:evil.test'],
    ['https:///evil.test'],
    ['https://evil.test'],
    ['https://portal.example.test.evil.test/'],
    ['https://evil-portal.example.test/'],
    ['https://evilportal.example.test/'],
    ['https://portal.example.test@evil.test/'],
    ['https://kim@portal.example.test/'],
    ['https://kim:x@portal.example.test/'],
    ['https://@portal.example.test/'],
    ['https://portal.example.test:8443/'],
    ['http://portal.example.test/'],
    ['http://127.0.0.1/'],
    ['https://portal.example.test\\@evil.test/'],
    ['https://portal.example.test%00.evil.test/'],
    ['https://evil.test#https://portal.example.test'],
    ['https://evil.test/https://portal.example.test'],
    ['https://evil.test?https://portal.example.test/'],
    ['javascript:alert(1)'],
    ['JaVaScRiPt://portal.example.test/%0aalert(1)'],
    ['data:text/html,x'],
    ['vbscript:x'],
    ['myapp://portal.example.test/'],
    ['blob:https://portal.example.test/x'],
    ['ws://portal.example.test/'],
    ['/\ud800'],
    [`/${'a'.repeat(2_000)}`],
  ])('attack 56: %j is not followed', (wanted) => {
    expect(redirectTarget(wanted, ORIGINS)).toBeUndefined();
  });

  it('attack 56: what is followed leads to where it was judged to lead, for a browser too', () => {
    for (const wanted of ['/x/%2e%2e/%2f%2fevil.test', '/%09//evil.test', '/%5c%5cevil.test', '/a//evil.test']) {
      const target = redirectTarget(wanted, ORIGINS);
      expect(new URL(target ?? '', 'https://bi.example.test/user/').origin).toBe('https://bi.example.test');
    }
  });
});
