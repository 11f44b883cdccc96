import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { serverVersion } from './version.js';

describe('the version of this server', () => {
  it('is that of its package', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(serverVersion()).toBe(version);
  });
});
