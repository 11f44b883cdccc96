import { createCipheriv, createHmac } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { collect, fileOf } from '../../../test/support/streams.js';
import { plainSecret } from '../../core/crypto/secret-types.js';
import { SeedFileError } from './problems.js';
import type { PskcSecrets } from './pskc-keys.js';
import { readPskc } from './pskc-reader.js';
import type { SeedFileRow } from './seed-record.js';

const FIXTURES = join(import.meta.dirname, '../../../test/tokens/seed-files/fixtures');
const PRE_SHARED: PskcSecrets = { key: hex('12345678901234567890123456789012') };
const PASSPHRASE: PskcSecrets = { passphrase: plainSecret('qwerty') };

/** The seed of all the figures. */
const SEED = new Uint8Array(Buffer.from('12345678901234567890'));

function hex(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'hex'));
}

async function figure(number: number, secrets?: PskcSecrets): Promise<SeedFileRow[]> {
  return collect(readPskc(createReadStream(join(FIXTURES, `rfc6030-figure-${number}.xml`)), secrets));
}

async function read(text: string, secrets?: PskcSecrets): Promise<SeedFileRow[]> {
  return collect(readPskc(fileOf(text), secrets));
}

const SECRET = '<Secret><PlainValue>MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=</PlainValue></Secret>';

function keyPackage(options: {
  serial?: string;
  algorithm?: string;
  parameters?: string;
  data?: string;
  policy?: string;
}) {
  const { serial = '1', algorithm = 'hotp', parameters = '', data = SECRET, policy = '' } = options;
  return (
    `<KeyPackage><DeviceInfo><SerialNo>${serial}</SerialNo></DeviceInfo>` +
    `<Key Id="k" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:${algorithm}">` +
    `<AlgorithmParameters>${parameters}</AlgorithmParameters><Data>${data}</Data><Policy>${policy}</Policy></Key></KeyPackage>`
  );
}

function container(...parts: string[]): string {
  return `<KeyContainer Version="1.0" xmlns="urn:ietf:params:xml:ns:keyprov:pskc">\n${parts.join('\n')}\n</KeyContainer>`;
}

describe('the figures of RFC 6030', () => {
  it('2: a seed of 32 bit is refused with the reason', async () => {
    expect(await figure(2)).toEqual([{ outcome: 'refused', line: 5, serial: '12345678', problem: 'seed-too-short' }]);
  });

  it('3: a plain HOTP key with everything about its device', async () => {
    expect(await figure(3)).toEqual([
      {
        outcome: 'token',
        line: 5,
        token: {
          serial: '987654321',
          manufacturer: 'Manufacturer',
          seed: SEED,
          kind: 'HOTP',
          hash: 'SHA1',
          digits: 8,
          counter: 0,
        },
        notes: [],
      },
    ]);
  });

  it('4: a key that is to be derived elsewhere is refused', async () => {
    expect(await figure(4)).toEqual([{ outcome: 'refused', line: 5, serial: '987654321', problem: 'seed-derived' }]);
  });

  it('5: a PIN policy is noted, and its PIN is no token', async () => {
    expect(await figure(5)).toMatchObject([
      { outcome: 'token', line: 5, token: { serial: '987654321', seed: SEED }, notes: ['pin-policy-ignored'] },
      { outcome: 'skipped', line: 36, serial: '987654321', note: 'pin-skipped' },
    ]);
  });

  it('6: a key encrypted with a pre-shared key', async () => {
    expect(await figure(6, PRE_SHARED)).toMatchObject([
      { outcome: 'token', token: { serial: '987654321', seed: SEED, digits: 8, counter: 0 } },
    ]);
  });

  it('7: a key encrypted with a passphrase', async () => {
    expect(await figure(7, PASSPHRASE)).toMatchObject([
      { outcome: 'token', token: { serial: '987654321', manufacturer: 'TokenVendorAcme', seed: SEED, digits: 8 } },
    ]);
  });

  it('8: a key encrypted to a certificate is refused clearly', async () => {
    await expect(figure(8, PRE_SHARED)).rejects.toThrow('line 23: seeds encrypted to a certificate are not supported');
  });

  it('9: a signature is noted as not verified', async () => {
    expect(await figure(9)).toMatchObject([
      { outcome: 'token', token: { serial: '0755225266', seed: SEED, digits: 6 } },
      { outcome: 'skipped', note: 'signature-not-verified' },
    ]);
  });

  it('10: several keys; a serial number is taken once', async () => {
    expect(await figure(10)).toMatchObject([
      {
        token: {
          serial: '654321',
          notBefore: new Date('2006-05-01T00:00:00Z'),
          notAfter: new Date('2006-05-31T00:00:00Z'),
        },
      },
      { token: { serial: '123456' } },
      { token: { serial: '9999999' } },
      { outcome: 'refused', serial: '9999999', problem: 'serial-duplicate' },
    ]);
  });
});

describe('an encrypted key container', () => {
  it('is refused without its key or passphrase', async () => {
    await expect(figure(6)).rejects.toThrow('no key was given');
    await expect(figure(6, PASSPHRASE)).rejects.toThrow('no key was given');
    await expect(figure(7, PRE_SHARED)).rejects.toThrow('a passphrase, and none was given');
  });

  it('is refused with another key or passphrase', async () => {
    const answers = new Set<string>();
    for (let last = 0x13; last < 0x33; last++) {
      const key = hex(`123456789012345678901234567890${last.toString(16)}`);
      const rows = figure(6, { key }).then(([row]) => (row?.outcome === 'refused' ? row.problem : 'read'));
      answers.add(await rows.catch((error: unknown) => (error instanceof SeedFileError ? error.problem : 'failed')));
    }
    // The MAC key decrypts to rubbish where its padding happens to be right.
    expect([...answers].toSorted((a, b) => a.localeCompare(b))).toEqual(['key-wrong', 'mac-wrong']);
    await expect(figure(6, { key: new Uint8Array(32) })).rejects.toThrow('does not open this file');
    const other = await figure(7, { passphrase: plainSecret('qwertz') }).catch((error: Error) => error.message);
    expect(JSON.stringify(other)).toMatch(/does not open this file|mac-wrong/);
  });

  it('is refused, key by key, when any part of a cipher text or its MAC was changed', async () => {
    const { text, key } = encrypted({});
    expect(await read(text, { key })).toMatchObject([{ outcome: 'token', token: { seed: SEED } }]);
    for (const change of ['value', 'mac'] as const) {
      expect(await read(encrypted({ change }).text, { key })).toMatchObject([{ problem: 'mac-wrong' }]);
    }
  });

  it('is refused, key by key, without a MAC', async () => {
    const { text, key } = encrypted({ mac: '' });
    expect(await read(text, { key })).toMatchObject([{ problem: 'mac-missing' }]);
    const unnamed = encrypted({}).text.replace(/<MACMethod[^>]*>/, '');
    expect(await read(unnamed, { key })).toMatchObject([{ problem: 'mac-missing' }]);
  });

  it.each(['hmac-sha1', 'hmac-sha224', 'hmac-sha256', 'hmac-sha384', 'hmac-sha512'])(
    'may have a MAC by %s',
    async (method) => {
      const { text, key } = encrypted({ method });
      expect(await read(text, { key })).toMatchObject([{ outcome: 'token', token: { seed: SEED } }]);
    },
  );

  it('is refused with a MAC by a hash that is broken or unknown', async () => {
    const { text, key } = encrypted({ method: 'hmac-md5' });
    await expect(read(text, { key })).rejects.toThrow('the MAC is no HMAC');
  });

  it('is opened with key wrap, which needs no MAC (RFC 3394 section 4.1)', async () => {
    const key = hex('000102030405060708090a0b0c0d0e0f');
    const wrapped = Buffer.from('1fa68b0a8112b447aef34bd8fb5a7b829d3e862371d2cfe5', 'hex').toString('base64');
    const text = container(keyPackage({ data: `<Secret>${encryptedValue('kw-aes128', wrapped)}</Secret>` }));
    expect(await read(text, { key })).toMatchObject([{ token: { seed: hex('00112233445566778899aabbccddeeff') } }]);
    expect(await read(text, { key: new Uint8Array(16) })).toMatchObject([{ problem: 'cipher-text-not-valid' }]);
    expect(await read(text, { key: new Uint8Array(32) })).toMatchObject([{ problem: 'cipher-key-length' }]);
  });

  it('is refused, key by key, with another encryption', async () => {
    const text = container(keyPackage({ data: `<Secret>${encryptedValue('tripledes-cbc', 'AAAA')}</Secret>` }));
    expect(await read(text, { key: new Uint8Array(16) })).toMatchObject([{ problem: 'cipher-unsupported' }]);
  });

  it('may hold numbers encrypted too, as digits or as bytes', async () => {
    for (const [plain, counter] of [
      [Buffer.from('42'), 42],
      [Buffer.from('000000000000002a', 'hex'), 42],
      [Buffer.from('0000002a', 'hex'), 42],
      [Buffer.from('012a', 'hex'), 298],
    ] as const) {
      const { text, key } = encrypted({ counter: plain });
      expect(await read(text, { key })).toMatchObject([{ token: { counter } }]);
    }
    const { text, key } = encrypted({ counter: Buffer.alloc(9) });
    expect(await read(text, { key })).toMatchObject([{ problem: 'value-not-valid' }]);
  });

  it.each([
    ['0', '16'],
    ['10000001', '16'],
    ['1e3', '17'],
    ['x', '16'],
  ])('is refused when its passphrase costs %s iterations for %s bytes', async (iterations, length) => {
    const derived =
      '<EncryptionKey><DerivedKey><KeyDerivationMethod Algorithm="x#pbkdf2"><PBKDF2-params><Salt><Specified>AAAA' +
      `</Specified></Salt><IterationCount>${iterations}</IterationCount><KeyLength>${length}</KeyLength>` +
      '</PBKDF2-params></KeyDerivationMethod></DerivedKey></EncryptionKey>';
    const text = container(derived, keyPackage({ data: `<Secret>${encryptedValue('aes128-cbc', 'AAAA')}</Secret>` }));
    await expect(read(text, PASSPHRASE)).rejects.toThrow('the derivation of the key is no PBKDF2');
  });
});

describe('a key package', () => {
  it('of a time-based token', async () => {
    const rows = await read(
      container(
        keyPackage({
          algorithm: 'totp',
          parameters: '<Suite>HMAC-SHA256</Suite><ResponseFormat Length="6" Encoding="DECIMAL"/>',
          data:
            `${SECRET}<Time><PlainValue>0</PlainValue></Time><TimeInterval><PlainValue>60</PlainValue></TimeInterval>` +
            '<TimeDrift><PlainValue>4</PlainValue></TimeDrift>',
        }),
      ),
    );
    expect(rows).toMatchObject([
      { token: { kind: 'TOTP', hash: 'SHA256', digits: 6, period: 60, driftSteps: 4, seed: SEED } },
    ]);
  });

  it.each([
    ['ocra', '<Suite>OCRA-1:HOTP-SHA1-6:QN08</Suite>', 'OCRA-1:HOTP-SHA1-6:QN08'],
    ['OCRA-1:HOTP-SHA512-8:C-QN08', '', 'OCRA-1:HOTP-SHA512-8:C-QN08'],
  ])('of a challenge/response token: %s', async (algorithm, parameters, suite) => {
    expect(await read(container(keyPackage({ algorithm, parameters })))).toMatchObject([
      { token: { kind: 'OCRA', suite, seed: SEED } },
    ]);
  });

  it.each([
    ['kind-unknown', { algorithm: 'securid' }],
    ['suite-not-valid', { algorithm: 'ocra' }],
    ['serial-not-valid', { serial: 'a\u00e9' }],
    ['serial-not-valid', { serial: '1'.repeat(65) }],
    ['seed-missing', { data: '' }],
    ['seed-not-valid', { data: '<Secret><PlainValue>*</PlainValue></Secret>' }],
    ['value-repeated', { data: `${SECRET}${SECRET}` }],
    ['digits-not-valid', { parameters: '<ResponseFormat Length="7" Encoding="DECIMAL"/>' }],
    ['response-unsupported', { parameters: '<ResponseFormat Length="8" Encoding="HEXADECIMAL"/>' }],
    ['response-unsupported', { parameters: '<ResponseFormat Length="8" Encoding="DECIMAL" CheckDigits="true"/>' }],
    ['hash-unknown', { parameters: '<Suite>HMAC-MD5</Suite>' }],
    ['counter-not-valid', { data: `${SECRET}<Counter><PlainValue>-1</PlainValue></Counter>` }],
    [
      'period-not-valid',
      { algorithm: 'totp', data: `${SECRET}<TimeInterval><PlainValue>0</PlainValue></TimeInterval>` },
    ],
    ['drift-not-valid', { algorithm: 'totp', data: `${SECRET}<TimeDrift><PlainValue>1.5</PlainValue></TimeDrift>` }],
    ['date-not-valid', { policy: '<ExpiryDate>2026-02-30T00:00:00Z</ExpiryDate>' }],
    ['date-not-valid', { policy: '<ExpiryDate>tomorrow</ExpiryDate>' }],
  ])('is refused (%s), and the others are read', async (problem, options) => {
    const rows = await read(container(keyPackage(options), keyPackage({ serial: '2' })));
    expect(rows).toMatchObject([
      { outcome: 'refused', line: 2, problem },
      { outcome: 'token', line: 3, token: { serial: '2' } },
    ]);
  });

  it('is named by its key where the device has no serial number, and refused where that has none either', async () => {
    const text = container(keyPackage({ serial: ' ' }), keyPackage({ serial: '' }).replace('Id="k" ', ''));
    expect(await read(text)).toMatchObject([{ token: { serial: 'k' } }, { problem: 'serial-missing' }]);
  });

  it('for another use than one-time passwords is noted', async () => {
    const rows = await read(container(keyPackage({ policy: '<KeyUsage>Encrypt</KeyUsage><KeyUsage>Sign</KeyUsage>' })));
    expect(rows).toMatchObject([{ outcome: 'token', notes: ['usage-not-otp'] }]);
  });
});

describe('a file', () => {
  it.each([
    ['version-unsupported', `<KeyContainer Version="2.0">${keyPackage({})}</KeyContainer>`],
    ['root-unknown', '<Tokens><Token/></Tokens>'],
    ['no-tokens', container()],
    ['no-tokens', container('<Device><Key/></Device>')],
    ['not-xml', ''],
    ['not-xml', 'serial,seed'],
    ['not-xml', container(keyPackage({})).slice(0, -5)],
  ])('is refused: %s', async (problem, text) => {
    await expect(read(text)).rejects.toMatchObject({ name: 'SeedFileError', problem });
  });

  it('never shows a seed in an error', async () => {
    const text = container(keyPackage({ data: '<Secret><PlainValue>CANARYcanary</PlainVal' }));
    await expect(read(text)).rejects.not.toThrow(/CANARY/i);
  });
});

function encryptedValue(algorithm: string, value: string): string {
  return (
    `<EncryptedValue><EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#${algorithm}"/>` +
    `<CipherData><CipherValue>${value}</CipherValue></CipherData></EncryptedValue>`
  );
}

/** A container whose MAC key is its encryption key. */
function encrypted(options: { method?: string; mac?: string; change?: 'value' | 'mac'; counter?: Buffer }) {
  const { method = 'hmac-sha1', change, counter } = options;
  const key = hex('12345678901234567890123456789012');
  const field = (plain: Uint8Array): string => {
    const iv = Buffer.alloc(16, 7);
    const cipher = createCipheriv('aes-128-cbc', key, iv);
    const value = Buffer.concat([iv, cipher.update(plain), cipher.final()]);
    const mac = createHmac(method.slice(5), key).update(value).digest();
    const changed = change === 'value' ? value : mac;
    if (change) changed[3] = (changed[3] ?? 0) ^ 1;
    const macText = options.mac ?? `<ValueMAC>${mac.toString('base64')}</ValueMAC>`;
    return encryptedValue('aes128-cbc', value.toString('base64')) + macText;
  };
  const data = `<Secret>${field(SEED)}</Secret>${counter ? `<Counter>${field(counter)}</Counter>` : ''}`;
  const header = `<MACMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#${method}"/>`;
  return { key, text: container(header, keyPackage({ data })) };
}
