import { describe, expect, it } from 'vitest';
import { declaredSettings, declareSetting, findSetting } from './setting.js';
import {
  booleanSetting,
  integerSetting,
  networksSetting,
  originsSetting,
  textSetting,
  textsSetting,
  wordSetting,
} from './setting-types.js';

let names = 0;

/** What every declaration of a test needs, under a name of its own. */
function declaration<T>(value: T) {
  return { name: `test_type_${++names}`, scope: 'server', default: value, meaning: 'for a test' } as const;
}

const integer = integerSetting({ ...declaration<number>(5), min: 1, max: 9 });
const boolean = booleanSetting(declaration<boolean>(false));
const word = wordSetting<'MAIL' | 'SMS'>({ ...declaration<'MAIL' | 'SMS'>('MAIL'), words: ['MAIL', 'SMS'] });
const text = textSetting({ ...declaration<string>(''), maxLength: 4 });
const texts = textsSetting(declaration<readonly string[]>([]));
const networks = networksSetting(declaration<readonly string[]>([]));
const origins = originsSetting(declaration<readonly string[]>([]));

describe('a setting', () => {
  it.each([
    [integer, 1, 1],
    [integer, 9, 9],
    [boolean, true, true],
    [boolean, false, false],
    [word, 'SMS', 'SMS'],
    [word, 'sms', 'SMS'],
    [text, '', ''],
    [text, 'four', 'four'],
    [texts, [], []],
    [texts, ['a', ''], ['a', '']],
    [networks, ['10.0.0.0/8', '::1'], ['10.0.0.0/8', '::1']],
    [origins, ['https://a.example.test', 'http://127.0.0.1:8080'], ['https://a.example.test', 'http://127.0.0.1:8080']],
    [origins, ['HTTPS://A.example.test'], ['https://a.example.test']],
  ] as const)('of $values takes %j', (setting, value, typed) => {
    expect(setting.parse(value)).toEqual(typed);
  });

  it.each([
    [integer, [0, 10, 5.5, NaN, Infinity, '5', 5n, true, null, undefined, [], {}]],
    [boolean, ['true', 1, 0, null, undefined]],
    [word, ['FAX', '', ' SMS', 1, null, ['SMS'], 'toString']],
    [text, ['fives', 4, null, undefined, ['a']]],
    [texts, ['a', [1], [null], [['a']], { 0: 'a' }, ['x'.repeat(1_001)]]],
    [networks, ['10.0.0.0/8', ['10/8'], ['nowhere'], ['10.0.0.1', ''], [1]]],
    [
      origins,
      [
        'https://a.example.test',
        ['https://a.example.test/'],
        ['https://a.example.test/path'],
        ['https://user@a.example.test'],
        ['ftp://a.example.test'],
        ['javascript:alert(1)'],
        ['a.example.test'],
        ['null'],
        ['*'],
        [''],
        [1],
      ],
    ],
  ] as const)('of $values refuses everything else', (setting, values) => {
    for (const value of values) expect([value, setting.parse(value)]).toEqual([value, undefined]);
  });

  it('says which values are possible', () => {
    expect(integer.values).toBe('a whole number from 1 to 9');
    expect(word.values).toBe('one of MAIL, SMS');
  });

  it('is found by its name once it is declared', () => {
    expect(findSetting(integer.name)).toBe(integer);
    expect(findSetting('no_such_setting')).toBeUndefined();
    expect(findSetting('constructor')).toBeUndefined();
    const listed = declaredSettings().map(({ name }) => name);
    expect(listed).toContain(word.name);
    expect(listed).toEqual(listed.toSorted((a, b) => a.localeCompare(b, 'en')));
  });

  it('cannot be declared twice', () => {
    expect(() => declareSetting({ ...integer })).toThrow(`setting ${integer.name} is declared twice`);
  });

  it('cannot have a default that is not possible', () => {
    expect(() => integerSetting({ ...declaration<number>(0), min: 1, max: 9 })).toThrow('has an impossible default');
    expect(() => textSetting({ ...declaration<string>('fives'), maxLength: 4 })).toThrow('has an impossible default');
  });
});
