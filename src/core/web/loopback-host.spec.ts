import { describe, expect, it } from 'vitest';
import { namesLoopback } from './loopback-host.js';

describe('a Host header', () => {
  it.each([
    '127.0.0.1',
    '127.0.0.1:8080',
    '127.8.9.10',
    '[::1]:8080',
    '[::ffff:127.0.0.1]',
    'localhost',
    'LOCALHOST:80',
  ])('names this machine: %s', (host) => expect(namesLoopback(host)).toBe(true));

  it.each([
    undefined,
    '',
    'evil.test',
    'evil.test:8080',
    'localhost.evil.test',
    'notlocalhost',
    '127.0.0.1.evil.test',
    '127.0.0.1@evil.test',
    'evil.test#127.0.0.1',
    '192.0.2.1',
    '0.0.0.0',
    '[::]',
    '[2001:db8::1]',
    'a b',
  ])('names another one, or none: %s', (host) => expect(namesLoopback(host)).toBe(false));
});
