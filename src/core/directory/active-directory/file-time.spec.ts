import { describe, expect, it } from 'vitest';
import { fileTime, intervalSeconds, largeInteger } from './file-time.js';

describe('times of Windows', () => {
  it('count from 1601', () => {
    expect(fileTime('116444736000000000')).toEqual(new Date(0));
    expect(fileTime('134398227569112210')).toEqual(new Date('2026-11-22T12:05:56.911Z'));
  });

  it('may be never', () => {
    for (const text of [undefined, '', '0', '-1', '9223372036854775807', 'x']) expect(fileTime(text)).toBeUndefined();
  });

  it('are negative as intervals, without a loss in 64 bits', () => {
    expect(intervalSeconds('-864000000000')).toBe(86_400);
    expect(intervalSeconds('-36288000000000')).toBe(3_628_800);
    expect(intervalSeconds('0')).toBe(0);
    expect(intervalSeconds('-9223372036854775808')).toBe(0);
    expect(intervalSeconds(undefined)).toBeUndefined();
    expect(largeInteger('-9223372036854775808')).toBe(-(2n ** 63n));
  });
});
