import { describe, expect, it } from 'vitest';
import { isMailAddress, isPrintable } from './readable-texts.js';

describe('a mail address', () => {
  it.each(['kim@example.test', "o'neil+x@mail.example.test", 'a@b.co', `${'l'.repeat(64)}@example.test`])(
    'is %j',
    (text) => expect(isMailAddress(text)).toBe(true),
  );

  it.each([
    '',
    'kim',
    'kim@example',
    'kim@@example.test',
    'kim @example.test',
    'kim@example.test, john@example.test',
    'kim@example.test\n',
    '"kim"@example.test',
    'kim@[127.0.0.1]',
    '.kim@example.test',
    `${'l'.repeat(65)}@example.test`,
    `kim@${'d'.repeat(63)}.${'d'.repeat(63)}.${'d'.repeat(63)}.${'d'.repeat(63)}.test`,
  ])('is not %j', (text) => expect(isMailAddress(text)).toBe(false));
});

describe('a printable text', () => {
  it.each(['Kim', 'Мара Клод', '名前', 'É', 'a b'])('is %j', (text) => expect(isPrintable(text)).toBe(true));

  it.each(['a\0b', 'a\nb', 'a\u202eb', 'a\u200bb', '\ud800', 'a\u2028b', '\ue000'])('is not %j', (text) =>
    expect(isPrintable(text)).toBe(false),
  );
});
