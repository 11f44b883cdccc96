import { describe, expect, it } from 'vitest';
import { T_PASS } from './categories/authenticators.js';
import { TOKEN_PRODUCT } from './categories/token-product.js';
import { CATEGORIES, type OptionsByName, optionsOf } from './policy-categories.js';

const EACH: Readonly<Record<string, OptionsByName>> = { ...CATEGORIES, 'a/b': TOKEN_PRODUCT };
const ALL = Object.entries(EACH).flatMap(([category, options]) =>
  Object.values(options).map((option) => [category, option.name, option] as const),
);

describe('the categories of policies', () => {
  it.each(ALL)('%s: %s has a possible default', (_category, _name, option) => {
    expect(option.parse(option.fallback)).toBeDefined();
  });

  it('are found in whatever case, and by the name of a product', () => {
    expect(optionsOf('LOGON')).toBe(CATEGORIES.logon);
    expect(optionsOf('t-pass')).toBe(T_PASS);
    expect(optionsOf('MobileID/Time-Based')).toBe(TOKEN_PRODUCT);
    expect(optionsOf('login')).toBeUndefined();
    expect(optionsOf('a/b/c')).toBeUndefined();
    expect(optionsOf('__proto__')).toBeUndefined();
  });

  it('read lists of words', () => {
    expect(T_PASS.allowedChannels.parse('SMTP, SMS')).toEqual(['SMTP', 'SMS']);
    expect(T_PASS.allowedChannels.parse('')).toEqual([]);
    expect(T_PASS.allowedChannels.parse('SMS, SMS')).toBeUndefined();
    expect(T_PASS.allowedChannels.parse('sms')).toBeUndefined();
  });

  it('read whole numbers within their bounds', () => {
    expect(T_PASS.length.parse('10')).toBe(10);
    for (const text of ['5', '11', '6.0', ' 6', '٦', '', '1e1', '0x6']) {
      expect(T_PASS.length.parse(text)).toBeUndefined();
    }
  });

  it('show no secret', () => {
    expect(ALL.filter(([, , { secret }]) => secret).map(([, name]) => name)).toEqual(['defaultPath']);
  });
});
