import { describe, expect, it } from 'vitest';
import { isPlainHost } from './plain-host.js';

const hostOf = (host: string): string => new URL(`https://${host}`).hostname;

describe('isPlainHost', () => {
  it.each([
    'portal.example.test',
    'PORTAL.example.test',
    'localhost',
    '127.0.0.1',
    '[2001:db8::1]',
    'bücher.test',
    'a_b.test',
  ])('takes %s', (host) => {
    expect(isPlainHost(hostOf(host))).toBe(true);
  });

  it.each([
    '*.example.test',
    '*',
    'a.test;x',
    "a.test'x'",
    'a.test,b.test',
    'a.test!',
    '$a.test',
    'a..test',
    'a.test.',
  ])('refuses %s', (host) => {
    expect(isPlainHost(hostOf(host))).toBe(false);
  });
});
