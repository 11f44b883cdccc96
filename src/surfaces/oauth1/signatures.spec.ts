import { describe, expect, it } from 'vitest';
import OAuth from 'oauth-1.0a';
import { createHmac } from 'node:crypto';
import { plainSecret } from '../../core/crypto/secret-types.js';
import { baseString, normalizedParameters } from './base-string.js';
import { type FormPair, parsePairs } from './form-parameters.js';
import { percentDecode, percentEncode } from './percent-encoding.js';
import { isSignedWith, signatureOf, type SigningSecrets } from './signatures.js';

const secrets = (consumer: string, token?: string): SigningSecrets => ({
  consumer: plainSecret(consumer),
  token: token === undefined ? undefined : plainSecret(token),
});

/** The request of RFC 5849 section 3.4.1.1. */
const EXAMPLE: readonly FormPair[] = [
  ...parsePairs('b5=%3D%253D&a3=a&c%40=&a2=r%20b'),
  ['oauth_consumer_key', '9djdj82h48djs9d2'],
  ['oauth_token', 'kkk9d7dh3k39sjv7'],
  ['oauth_signature_method', 'HMAC-SHA1'],
  ['oauth_timestamp', '137131201'],
  ['oauth_nonce', '7d8f3e4a'],
  ...parsePairs('c2&a3=2+q'),
];

describe('the base string', () => {
  it('reads parameters as the table of RFC 5849 section 3.4.1.3.1', () => {
    expect(EXAMPLE).toEqual([
      ['b5', '=%3D'],
      ['a3', 'a'],
      ['c@', ''],
      ['a2', 'r b'],
      ['oauth_consumer_key', '9djdj82h48djs9d2'],
      ['oauth_token', 'kkk9d7dh3k39sjv7'],
      ['oauth_signature_method', 'HMAC-SHA1'],
      ['oauth_timestamp', '137131201'],
      ['oauth_nonce', '7d8f3e4a'],
      ['c2', ''],
      ['a3', '2 q'],
    ]);
  });

  it('normalises them as RFC 5849 section 3.4.1.3.2', () => {
    expect(normalizedParameters(EXAMPLE)).toBe(
      'a2=r%20b&a3=2%20q&a3=a&b5=%3D%253D&c%40=&c2=&oauth_consumer_key=9djdj82h48djs9d2&oauth_nonce=7d8f3e4a' +
        '&oauth_signature_method=HMAC-SHA1&oauth_timestamp=137131201&oauth_token=kkk9d7dh3k39sjv7',
    );
  });

  it('is that of RFC 5849 section 3.4.1.1', () => {
    expect(baseString({ method: 'POST', path: '/request', signed: EXAMPLE }, 'http://EXAMPLE.com:80')).toBe(
      'POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26' +
        'c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1' +
        '%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7',
    );
  });

  it('keeps a port that is not the default one, and the path as it was sent (section 3.4.1.2)', () => {
    const path = '/belladati/api/users/kim%40example.test/requests';
    expect(baseString({ method: 'GET', path, signed: [] }, 'https://www.example.net:8080')).toBe(
      'GET&https%3A%2F%2Fwww.example.net%3A8080%2Fbelladati%2Fapi%2Fusers%2Fkim%2540example.test%2Frequests&',
    );
    expect(baseString({ method: 'GET', path: '/', signed: [] }, 'https://example.net:443')).toBe(
      'GET&https%3A%2F%2Fexample.net%2F&',
    );
  });

  it('sorts encoded names and values by their bytes', () => {
    const pairs: FormPair[] = [
      ['b', '2'],
      ['b', '10'],
      ['a~', '1'],
      ['a', 'ä'],
      ['A', ' '],
      ['a', 'z'],
      ['a!', ''],
    ];
    expect(normalizedParameters(pairs)).toBe('A=%20&a=%C3%A4&a=z&a%21=&a~=1&b=10&b=2');
  });
});

describe('signatures', () => {
  const PHOTOS: FormPair[] = [
    ['oauth_consumer_key', 'dpf43f3p2l4k3l03'],
    ['oauth_signature_method', 'HMAC-SHA1'],
  ];

  it.each([
    {
      section: '1.2, temporary credentials',
      call: { method: 'POST', path: '/initiate' },
      at: 'https://photos.example.net',
      more: { oauth_timestamp: '137131200', oauth_nonce: 'wIjqoS', oauth_callback: 'http://printer.example.com/ready' },
      token: undefined,
      signature: '74KNZJeDHnMBp0EMJ9ZHt/XKycU=',
    },
    {
      section: '1.2, token credentials',
      call: { method: 'POST', path: '/token' },
      at: 'https://photos.example.net',
      more: {
        oauth_token: 'hh5s93j4hdidpola',
        oauth_timestamp: '137131201',
        oauth_nonce: 'walatlh',
        oauth_verifier: 'hfdp7dh39dks9884',
      },
      token: 'hdhd0244k9j7ao03',
      signature: 'gKgrFCywp7rO0OXSjdot/IHF7IU=',
    },
    {
      section: '1.2, a protected resource',
      call: { method: 'GET', path: '/photos' },
      at: 'http://photos.example.net',
      more: {
        file: 'vacation.jpg',
        size: 'original',
        oauth_token: 'nnch734d00sl2jdk',
        oauth_timestamp: '137131202',
        oauth_nonce: 'chapoH',
      },
      token: 'pfkkdhi9sl3r4s00',
      signature: 'MdpQcU8iPSUjWoN/UDMsK2sui9I=',
    },
  ])('are those of RFC 5849 section $section', ({ call, at, more, token, signature }) => {
    const base = baseString({ ...call, signed: [...PHOTOS, ...Object.entries(more)] }, at);
    expect(signatureOf('HMAC-SHA1', base, secrets('kd94hf93k423kf44', token))).toBe(signature);
  });

  it('are that of the first erratum to RFC 5849 section 3.4.1.1', () => {
    const base = baseString({ method: 'POST', path: '/request', signed: EXAMPLE }, 'http://example.com');
    expect(signatureOf('HMAC-SHA1', base, secrets('j49sk3j29djd', 'dh893hdasih9'))).toBe(
      'r6/TJjbCOr97/+UU0NsvSne7s5g=',
    );
  });

  it('of PLAINTEXT are the encoded secrets (section 3.4.4)', () => {
    expect(signatureOf('PLAINTEXT', 'whatever', secrets('djr9rjt0jd78jf88', 'jjd999tj88uiths3'))).toBe(
      'djr9rjt0jd78jf88&jjd999tj88uiths3',
    );
    expect(signatureOf('PLAINTEXT', 'whatever', secrets('a&b %', undefined))).toBe('a%26b%20%25&');
  });

  it('agree with oauth-1.0a over names, values and paths of all sorts', () => {
    const texts = [
      '',
      'a',
      'Z~-._',
      ' ',
      '+',
      '&',
      '=',
      '%',
      '%61',
      "!'()*",
      'ä',
      '日本',
      '😀',
      'a/b?c#d',
      '"',
      '\\',
      '\n',
    ];
    for (const [at, value] of texts.entries()) {
      const name = `n${texts[(at + 3) % texts.length]}`;
      const consumer = { key: 'desk', secret: `s${value}` };
      const token = { key: 'k2v9x7', secret: `t${texts[(at + 7) % texts.length]}` };
      const client = new OAuth({
        consumer,
        signature_method: 'HMAC-SHA1',
        hash_function: (base, key) => createHmac('sha1', key).update(base).digest('base64'),
      });
      const data = { [name]: value, request_type: 'LOGIN' };
      const sent = client.authorize(
        { url: `https://id.example.test/api/users/${encodeURIComponent(`u${value}`)}/requests`, method: 'POST', data },
        token,
      );
      const signed = Object.entries(sent)
        .filter(([own]) => own !== 'oauth_signature')
        .map(([own, shown]): FormPair => [own, String(shown)]);
      const path = `/api/users/${encodeURIComponent(`u${value}`)}/requests`;
      const base = baseString({ method: 'POST', path, signed }, 'https://id.example.test');
      expect([value, signatureOf('HMAC-SHA1', base, secrets(consumer.secret, token.secret))]).toEqual([
        value,
        sent.oauth_signature,
      ]);
    }
  });

  it('attack 60: nothing is signed by an empty secret, and an empty signature signs nothing', () => {
    for (const method of ['HMAC-SHA1', 'PLAINTEXT'] as const) {
      for (const [consumer, token] of [
        ['', undefined],
        ['', ''],
        ['s', ''],
        ['', 't'],
      ] as const) {
        const own = secrets(consumer, token);
        expect(isSignedWith(own, method, 'base', signatureOf(method, 'base', own))).toBe(false);
      }
      expect(isSignedWith(secrets('s', 't'), method, 'base', '')).toBe(false);
      const good = signatureOf(method, 'base', secrets('s', 't'));
      expect(isSignedWith(secrets('s', 't'), method, 'base', good)).toBe(true);
      expect(isSignedWith(secrets('s', 't'), method, 'base', good.toLowerCase().slice(0, -1))).toBe(false);
    }
  });
});

describe('percent-encoding', () => {
  it('leaves the unreserved characters alone and writes hexadecimal digits in capitals (section 3.6)', () => {
    expect(percentEncode("azAZ09-._~ !*'()/ä")).toBe('azAZ09-._~%20%21%2A%27%28%29%2F%C3%A4');
  });

  it.each(['%', '%4', '%zz', '%C3', '%ff', '%00', 'a%ED%A0%80'])('does not read %s', (encoded) => {
    expect(percentDecode(encoded)).toBeUndefined();
  });

  it('reads what it wrote, and hexadecimal digits in either case', () => {
    for (const text of ['', 'a b+c', 'ä日😀', '%', '%61']) expect(percentDecode(percentEncode(text))).toBe(text);
    expect(percentDecode('%c3%a4%61')).toBe('äa');
  });
});
