import { describe, expect, it } from 'vitest';
import { DOMAIN_ERRORS } from '../../core/errors/domain-error.js';
import { AUTH_CODES, factsOf, type AuthCode } from './auth-codes.js';
import { refusalAnswer } from './auth-answer.js';
import { AUTH_OUTCOMES } from './auth-outcomes.js';

/** Section 1.2: everything that a method decides is answered with 200. */
const STATUS: Readonly<Record<number, number>> = {
  1: 500,
  3: 429,
  100: 400,
  103: 404,
  104: 405,
  120: 401,
  121: 403,
  122: 403,
};

const CODES = Object.keys(AUTH_CODES).map(Number) as AuthCode[];

describe('AUTH_CODES', () => {
  it('has every code of authentication methods, section 3, but 0', () => {
    expect(CODES).toEqual([
      1, 2, 3, 100, 101, 102, 103, 104, 106, 120, 121, 122, 200, 201, 202, 203, 204, 205, 220, 221, 230, 231, 232, 233,
      234, 235, 236, 240, 241, 242, 250, 251, 252, 253, 254, 255, 256, 257, 258, 300, 301, 302, 303, 310, 320, 321, 340,
      341, 342, 343, 344, 350, 351, 352, 353, 360, 361, 362, 370, 380, 381,
    ]);
  });

  it('keeps the two published texts', () => {
    expect(factsOf(242).message).toBe('The requested domain is not defined in the realm');
    expect(factsOf(300).message).toBe('Incorrect credentials');
  });

  it('warns where the person must act, and is fatal for a fault alone', () => {
    expect(CODES.filter((code) => factsOf(code).severity === 'WARNING')).toEqual([205, 301]);
    expect(CODES.filter((code) => factsOf(code).severity === 'FATAL')).toEqual([1]);
  });

  it.each(CODES)('makes an envelope of %d', (code) => {
    const { status, body } = refusalAnswer(code, { subject: 'x' });
    expect(JSON.parse(body)).toMatchObject({ error: code, severity: factsOf(code).severity });
    expect(status).toBe(STATUS[code] ?? 200);
  });
});

describe('AUTH_OUTCOMES', () => {
  it('translates every refusal of the core into a code of the table', () => {
    expect(Object.keys(AUTH_OUTCOMES).toSorted()).toEqual(Object.keys(DOMAIN_ERRORS).toSorted());
    for (const { code } of Object.values(AUTH_OUTCOMES)) expect(CODES).toContain(code);
  });
});
