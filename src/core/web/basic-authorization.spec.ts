import { describe, expect, it } from 'vitest';
import { readBasicAuthorization } from './basic-authorization.js';

const encoded = (text: string, encoding: BufferEncoding = 'utf8'): string =>
  `Basic ${Buffer.from(text, encoding).toString('base64')}`;

describe('readBasicAuthorization', () => {
  it.each([
    ['RCDEVSDOCS\\administrator:password', 'RCDEVSDOCS\\administrator', 'password'],
    ['cn=desk1,ou=admins,dc=example,dc=test:secret', 'cn=desk1,ou=admins,dc=example,dc=test', 'secret'],
    ['user:pass:word:', 'user', 'pass:word:'],
    ['Jane Doe: two words ', 'Jane Doe', ' two words '],
    ['Zoë:пароль', 'Zoë', 'пароль'],
    ['RCDEVSDOCS\\administrator:password:password', 'RCDEVSDOCS\\administrator', 'password:password'],
  ])('splits %j at the first colon', (text, user, password) => {
    expect(readBasicAuthorization(encoded(text))).toEqual({ kind: 'basic', user, password });
  });

  it('reads ISO-8859-1 where the bytes are not UTF-8', () => {
    expect(readBasicAuthorization(encoded('zoë:é', 'latin1'))).toEqual({ kind: 'basic', user: 'zoë', password: 'é' });
  });

  it.each(['basic', 'BASIC', 'BaSiC'])('knows the scheme as %s', (scheme) => {
    expect(readBasicAuthorization(encoded('a:b').replace('Basic', scheme)).kind).toBe('basic');
  });

  it('accepts any number of spaces and missing padding', () => {
    expect(readBasicAuthorization('Basic   YTpi')).toEqual({ kind: 'basic', user: 'a', password: 'b' });
    expect(readBasicAuthorization('Basic YTpiYw')).toEqual({ kind: 'basic', user: 'a', password: 'bc' });
  });

  it.each([undefined, '', 'Bearer abc', 'Basicx YTpi', 'Digest username="a"'])('takes %j for none', (header) => {
    expect(readBasicAuthorization(header)).toEqual({ kind: 'none' });
  });

  it.each([
    ['nothing behind the scheme', 'Basic'],
    ['two tokens', 'Basic YTpi YTpi'],
    ['characters outside Base64', 'Basic Y-_i'],
    ['padding in the middle', 'Basic YT=pi'],
    ['no colon', encoded('administrator')],
    ['attack 50: an empty password', encoded('administrator:')],
    ['an empty user', encoded(':password')],
    ['attack 63: NUL in the user', encoded('admin\0istrator:password')],
    ['a line break in the password', encoded('administrator:pass\nword')],
  ])('calls %s malformed', (_case, header) => {
    expect(readBasicAuthorization(header)).toEqual({ kind: 'malformed' });
  });
});
