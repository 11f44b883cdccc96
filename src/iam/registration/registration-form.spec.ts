import { describe, expect, it } from 'vitest';
import { readRegistration, requireEmail, requireName, requireShapes } from './registration-form.js';

const GOOD = { domain: 'acme', login: 'mara', name: 'Mara K.', email: 'mara@example.test' };
const refused = (fields: Partial<Record<keyof typeof GOOD, unknown>>): (() => void) => {
  return () => requireShapes(readRegistration({ ...GOOD, ...fields } as never));
};
const ofField = (field: string): unknown => expect.objectContaining({ code: 1501, details: { field } });

describe('what is sent to register', () => {
  it.each([
    ['a', 'Z'],
    ['my_login', 'Мара Клод'],
    ['A-z0_9.~!', '丸'],
    ['x'.repeat(100), 'n'.repeat(1_000)],
  ])('login %s and name %s', (login, name) => expect(refused({ login, name })).not.toThrow());

  it.each(['my login', 'ö', 'a@b', 'a/b', 'x'.repeat(101), 'a\n', '*'])('login %j is refused', (login) => {
    expect(refused({ login })).toThrow(ofField('login'));
  });

  it.each(['a\nb', 'a\u0000b', 'a\u202eb', '\u200b', '   ', 'n'.repeat(1_001), '\ud800', '\u2028'])(
    'attack 63: name %j is refused',
    (name) => expect(refused({ name })).toThrow(ofField('name')),
  );

  it('counts characters, not their halves', () => expect(() => requireName('😀'.repeat(1_000))).not.toThrow());

  it.each(['a@b.test', "o'hara+x@sub.example.test", 'my.address@yandex.ru', `${'l'.repeat(64)}@example.test`])(
    'email %s',
    (email) => expect(() => requireEmail(email)).not.toThrow(),
  );

  it.each([
    'plain',
    '@example.test',
    'a@',
    'a@b',
    'a@b..test',
    '.a@example.test',
    'a b@example.test',
    'a@example.test,b@example.test',
    'a@example.test\r\nBcc: b@example.test',
    '<a@example.test>',
    'a@[192.0.2.1]',
    `${'l'.repeat(65)}@example.test`,
    `a@${'d'.repeat(60)}.${'d'.repeat(60)}.${'d'.repeat(60)}.${'d'.repeat(60)}.${'d'.repeat(20)}.test`,
  ])('attack 62: email %j is refused', (email) => expect(refused({ email })).toThrow(ofField('email')));

  it.each(['domain', 'login', 'name', 'email'] as const)('%s must be a text', (field) => {
    for (const value of [1, true, {}, []]) {
      expect(refused({ [field]: value })).toThrow(
        expect.objectContaining({ message: `${field} must be string`, details: { field } }),
      );
    }
  });
});
