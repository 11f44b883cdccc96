import { describe, expect, it } from 'vitest';
import { plainSecret } from '../../core/crypto/secret-types.js';
import { oathKey } from './oath-key.js';
import { type OcraInput, ocraPinDigest, ocraResponse } from './ocra.js';
import { type OcraSuite, parseOcraSuite } from './ocra-suite.js';
import type { Seed } from './seed.js';

const KEY_BYTES = { SHA1: 20, SHA256: 32, SHA512: 64 } as const;
const PIN = ocraPinDigest(plainSecret('1234'), 'SHA1');

/** The time step of RFC 6287 appendix C.1, "Mar 25 2008, 12:06:30 GMT". */
const STEP = 0x132d0b6;

/** RFC 6287 appendix C: suite, what goes in, response. */
const VECTORS: readonly [string, OcraInput, string][] = [
  // C.1 One-way challenge response
  ...questions('OCRA-1:HOTP-SHA1-6:QN08', {}, [
    ['00000000', '237653'],
    ['11111111', '243178'],
    ['22222222', '653583'],
    ['33333333', '740991'],
    ['44444444', '608993'],
    ['55555555', '388898'],
    ['66666666', '816933'],
    ['77777777', '224598'],
    ['88888888', '750600'],
    ['99999999', '294470'],
  ]),
  ...counted('OCRA-1:HOTP-SHA256-8:C-QN08-PSHA1', { pinDigest: PIN }, [
    ['12345678', '65347737'],
    ['12345678', '86775851'],
    ['12345678', '78192410'],
    ['12345678', '71565254'],
    ['12345678', '10104329'],
    ['12345678', '65983500'],
    ['12345678', '70069104'],
    ['12345678', '91771096'],
    ['12345678', '75011558'],
    ['12345678', '08522129'],
  ]),
  ...questions('OCRA-1:HOTP-SHA256-8:QN08-PSHA1', { pinDigest: PIN }, [
    ['00000000', '83238735'],
    ['11111111', '01501458'],
    ['22222222', '17957585'],
    ['33333333', '86776967'],
    ['44444444', '86807031'],
  ]),
  ...counted('OCRA-1:HOTP-SHA512-8:C-QN08', {}, [
    ['00000000', '07016083'],
    ['11111111', '63947962'],
    ['22222222', '70123924'],
    ['33333333', '25341727'],
    ['44444444', '33203315'],
    ['55555555', '34205738'],
    ['66666666', '44343969'],
    ['77777777', '51946085'],
    ['88888888', '20403879'],
    ['99999999', '31409299'],
  ]),
  ...questions('OCRA-1:HOTP-SHA512-8:QN08-T1M', { step: STEP }, [
    ['00000000', '95209754'],
    ['11111111', '55907591'],
    ['22222222', '22048402'],
    ['33333333', '24218844'],
    ['44444444', '36209546'],
  ]),
  // C.2 Mutual challenge response: server, then client
  ...questions('OCRA-1:HOTP-SHA256-8:QA08', {}, [
    ['CLI22220SRV11110', '28247970'],
    ['CLI22221SRV11111', '01984843'],
    ['CLI22222SRV11112', '65387857'],
    ['CLI22223SRV11113', '03351211'],
    ['CLI22224SRV11114', '83412541'],
    ['SRV11110CLI22220', '15510767'],
    ['SRV11111CLI22221', '90175646'],
    ['SRV11112CLI22222', '33777207'],
    ['SRV11113CLI22223', '95285278'],
    ['SRV11114CLI22224', '28934924'],
  ]),
  ...questions('OCRA-1:HOTP-SHA512-8:QA08', {}, [
    ['CLI22220SRV11110', '79496648'],
    ['CLI22221SRV11111', '76831980'],
    ['CLI22222SRV11112', '12250499'],
    ['CLI22223SRV11113', '90856481'],
    ['CLI22224SRV11114', '12761449'],
  ]),
  ...questions('OCRA-1:HOTP-SHA512-8:QA08-PSHA1', { pinDigest: PIN }, [
    ['SRV11110CLI22220', '18806276'],
    ['SRV11111CLI22221', '70020315'],
    ['SRV11112CLI22222', '01600026'],
    ['SRV11113CLI22223', '18951020'],
    ['SRV11114CLI22224', '32528969'],
  ]),
  // C.3 Plain signature
  ...questions('OCRA-1:HOTP-SHA256-8:QA08', {}, [
    ['SIG10000', '53095496'],
    ['SIG11000', '04110475'],
    ['SIG12000', '31331128'],
    ['SIG13000', '76028668'],
    ['SIG14000', '46554205'],
  ]),
  ...questions('OCRA-1:HOTP-SHA512-8:QA10-T1M', { step: STEP }, [
    ['SIG1000000', '77537423'],
    ['SIG1100000', '31970405'],
    ['SIG1200000', '10235557'],
    ['SIG1300000', '95213541'],
    ['SIG1400000', '65360607'],
  ]),
];

function questions(
  suite: string,
  input: Partial<OcraInput>,
  rows: readonly [string, string][],
): [string, OcraInput, string][] {
  return rows.map(([challenge, response]) => [suite, { ...input, challenge }, response]);
}

function counted(
  suite: string,
  input: Partial<OcraInput>,
  rows: readonly [string, string][],
): [string, OcraInput, string][] {
  return rows.map(([challenge, response], counter) => [suite, { ...input, challenge, counter }, response]);
}

function suite(text: string): OcraSuite {
  const parsed = parseOcraSuite(text);
  if (!parsed) throw new Error(text);
  return parsed;
}

function respond(text: string, input: OcraInput): string {
  const parsed = suite(text);
  const seed = new Uint8Array(Buffer.from('1234567890'.repeat(7).slice(0, KEY_BYTES[parsed.hash]))) as Seed;
  return ocraResponse(oathKey(seed, parsed.hash), parsed, input);
}

describe('OCRA (RFC 6287 appendix C)', () => {
  it.each(VECTORS)('%s with %j answers %s', (text, input, response) => {
    expect(respond(text, input)).toBe(response);
  });

  it('answers the challenge of the contract', () => {
    expect(respond('OCRA-1:HOTP-SHA1-6:QN08', { challenge: '40715926' })).toBe('675414');
  });

  it('takes session information with zeros in front', () => {
    const text = 'OCRA-1:HOTP-SHA1-6:QH08-S064';
    const long = Buffer.concat([Buffer.alloc(59), Buffer.from('hello')]);
    const answer = respond(text, { challenge: 'CAFE0123', session: Buffer.from('hello') });
    expect(respond(text, { challenge: 'cafe0123', session: long })).toBe(answer);
    expect(() => respond(text, { challenge: 'CAFE0123', session: Buffer.alloc(65) })).toThrow(TypeError);
  });

  it('wants all that its suite names', () => {
    const missing: [string, OcraInput][] = [
      ['OCRA-1:HOTP-SHA1-6:C-QN08', { challenge: '00000000' }],
      ['OCRA-1:HOTP-SHA1-6:QN08-PSHA1', { challenge: '00000000' }],
      ['OCRA-1:HOTP-SHA1-6:QN08-S064', { challenge: '00000000' }],
      ['OCRA-1:HOTP-SHA1-6:QN08-T1M', { challenge: '00000000' }],
    ];
    for (const [text, input] of missing) expect(() => respond(text, input)).toThrow(TypeError);
  });

  it.each(['', '123', '1234567a', '٠٠٠٠٠٠٠٠', '0'.repeat(17), '0'.repeat(1000)])(
    'attack 44: takes no challenge that its suite does not know: %j',
    (challenge) => {
      expect(() => respond('OCRA-1:HOTP-SHA1-6:QN08', { challenge })).toThrow(TypeError);
    },
  );

  it('takes a key of its own hash only', () => {
    const key = oathKey(new Uint8Array(32) as Seed, 'SHA256');
    expect(() => ocraResponse(key, suite('OCRA-1:HOTP-SHA1-6:QN08'), { challenge: '00000000' })).toThrow(TypeError);
  });
});
