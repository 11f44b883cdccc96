import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainSecret } from '../../crypto/secret-types.js';
import { passwordRefusals } from '../../directory/password-check.js';
import { passwordPolicy, rulesOf } from '../../directory/password-policy.js';
import { ruleSentences } from './rule-sentences.js';

const { meets } = (await import(new URL('../assets/judge-password.js', import.meta.url).href)) as {
  meets: (check: unknown, password: string) => boolean;
};

const PERSON = { login: 'jdoe', displayName: 'Jane Doe-Smith' };

/** What the browser finds broken, by the code that the server would give. */
const CODES = {
  'min-length': 'password-too-short',
  'max-length': 'password-too-long',
  classes: 'password-too-simple',
  'not-name': 'password-contains-name',
  symbols: 'password-refused',
} as const;

describe('judging a password while it is typed', () => {
  it('agrees with the server about every rule it judges', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 4 }),
      fc.constantFrom('Jane', 'DOE', 'smith', 'jdoe', 'ǅ', 'ß', 'İ', '٣', 'ﬁ', '🙂', 'é', 'Ａ', '１', ' ', '-'),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 12 }),
        fc.integer({ min: 4, max: 30 }),
        fc.integer({ min: 2, max: 4 }),
        (parts, min, classes) => {
          const policy = passwordPolicy.parse({ min_length: min, classes, passphrase_length: 24, not_common: false });
          if (policy === undefined || policy === 'directory') throw new Error('not a policy');
          const password = parts.join('');
          // An empty field meets no rule; nobody has typed anything yet.
          fc.pre(password !== '');
          const server = passwordRefusals(policy, plainSecret(password), PERSON).map(({ code }) => code);
          const browser = ruleSentences(rulesOf(policy), [PERSON.login, PERSON.displayName], 'en').flatMap(
            ({ check }) => (check && !meets(JSON.parse(JSON.stringify(check)), password) ? [CODES[check.kind]] : []),
          );
          expect(browser.toSorted()).toEqual(server.toSorted());
        },
      ),
    );
  });

  it('finds no rule met by an empty field', () => {
    for (const { check } of ruleSentences({ minLength: 1, maxLength: 20, classes: 2, notName: true }, ['jdoe'], 'en')) {
      expect(meets(check, '')).toBe(false);
    }
  });

  it('looks at symbols as they were typed', () => {
    const check = { kind: 'symbols', value: 'abA1_' };
    expect(['ab_1', 'aB', 'a b', 'ａb'].map((password) => meets(check, password))).toEqual([true, false, false, false]);
  });
});
