import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BuiltinPerson } from '../../../src/core/directory/builtin/builtin-person.entity.js';
import { plainSecret } from '../../../src/core/crypto/secret-types.js';
import { readPrivateKey } from '../../../src/tokens/kinds/ssh-key/read-private-key.js';
import { SshKeys } from '../../../src/tokens/kinds/ssh-key/ssh-keys.js';
import { publicKeyLine, sshPublicKey } from '../../../src/tokens/kinds/ssh-key/ssh-public-key.js';
import { encodeModhex } from '../../../src/tokens/yubikey/modhex.js';
import { yubikeyKey } from '../../../src/tokens/yubikey/yubikey-otp.js';
import { answer, dnOf } from '../../help-desk/contract/desk.js';
import { failure, FALSE } from '../../pwreset/contract/answers.js';
import { databaseOfSuite } from '../../pwreset/contract/database-of-suite.js';
import { World } from '../../pwreset/contract/world.js';
import type { RpcAnswer } from '../../support/manager-client.js';
import { SoftwareAuthenticator } from '../../support/software-authenticator.js';
import { RIVALS, tally } from '../../support/token-world.js';
import { pressYubikey } from '../../support/yubikey-device.js';
import { everythingStored, openOtp, present } from './desk.js';

const TRUE = answer(true);
const DAY = 86_400;
const ORIGIN = 'https://id.example.test';

describe('section 12: keys', () => {
  const database = databaseOfSuite();
  let world: World;
  let person: BuiltinPerson;

  beforeAll(async () => {
    world = await World.start(database(), { publicUrl: ORIGIN });
  });
  beforeEach(async () => {
    await world.calm();
    person = await world.person();
  });
  afterAll(() => world.stop());

  const call = (method: string, params: object = {}) => openOtp(world, person, method, params);

  describe('OpenOTP.FIDO_Challenge and FIDO_Register', () => {
    const challenge = (random = 'seventeen blue boats', params: object = {}) =>
      world.chief.call('OpenOTP.FIDO_Challenge', { username: person.login, domain: 'ACME', random, ...params });
    const optionsOf = ({ result }: RpcAnswer) => JSON.parse(String(result)) as PublicKeyCredentialCreationOptionsJSON;

    /** What a portal sends: the ceremony of a key of its own with the challenge that it got. */
    async function ceremony(random?: string, key = new SoftwareAuthenticator(ORIGIN)): Promise<string> {
      return JSON.stringify(key.create(optionsOf(await challenge(random))));
    }
    const register = (response: string, params: object = {}) =>
      call('FIDO_Register', { response, random: 'seventeen blue boats', ...params });

    it('register a key in the first free slot, with its name', async () => {
      expect(await register(await ceremony(), { name: 'Blue key' })).toEqual(TRUE);
      expect(await register(await ceremony())).toEqual(TRUE);
      expect(await call('User_Devices')).toMatchObject({
        result: [
          { id: 1, slot: 'FIDO1', type: 'FIDO', name: 'Blue key', status: 'ACTIVE' },
          { id: 2, slot: 'FIDO2', name: null },
        ],
      });
      expect(await call('User_Tokens')).toEqual(answer([]));
    });

    it('ask for the name of the public URL, and no key that is there already', async () => {
      const key = new SoftwareAuthenticator(ORIGIN);
      await register(await ceremony(undefined, key));
      const options = optionsOf(await challenge('another', { appid: 'https://elsewhere.test' }));
      expect(options.rp.id).toBe('id.example.test');
      expect(options.user.name).toBe(person.login);
      expect(options.excludeCredentials).toMatchObject([{ id: key.id.toString('base64url') }]);
      expect(await register(await ceremony(undefined, key))).toEqual(FALSE);
    });

    it('put it into the slot with the number, in place of what is there', async () => {
      await register(await ceremony(), { id: 3, name: 'old' });
      expect(await register(await ceremony(), { id: 3, name: 'new' })).toEqual(TRUE);
      expect(await call('User_Devices')).toMatchObject({ result: [{ id: 3, name: 'new' }] });
      expect(await register(await ceremony(), { id: 11 })).toEqual(FALSE);
      expect(await register(await ceremony(), { id: 0 })).toEqual(FALSE);
    });

    it('attack 39: a challenge is good for one look, for who made it up, within five minutes', async () => {
      const response = await ceremony();
      expect(await register(response, { random: 'guessed' })).toEqual(FALSE);
      const other = await world.person();
      expect(await openOtp(world, other, 'FIDO_Register', { response, random: 'seventeen blue boats' })).toEqual(FALSE);
      expect(await register('{}')).toEqual(FALSE);
      expect(await register(response)).toEqual(FALSE);
      const late = await ceremony();
      world.app.clock.advance(301);
      expect(await register(late)).toEqual(FALSE);
      expect(await call('User_Devices')).toEqual(answer([]));
    });

    it('attack 39: of many with the same answer one is right', async () => {
      const response = await ceremony();
      const answers = await Promise.all(RIVALS.slice(0, 16).map(() => register(response)));
      expect(tally(answers.map(({ result }) => String(result)))).toEqual({ true: 1, false: 15 });
    });

    it('attack 40: refuse what is no answer, and the one of another site', async () => {
      for (const response of ['', '{}', 'null', '[]', '{"id":5}', 'x'.repeat(90_000)]) {
        await challenge();
        expect(await register(response)).toEqual(FALSE);
      }
      expect(await register(await ceremony(undefined, new SoftwareAuthenticator('https://evil.test')))).toEqual(FALSE);
      expect(await challenge('')).toEqual(FALSE);
      expect(await challenge('x', { random: null })).toEqual(failure(-32602, 'Parameter random missing'));
      expect(await challenge('x', { username: 'nobody' })).toEqual(failure(-32603, 'User not found ACME\\nobody'));
      expect(await challenge('x', { domain: 'Nowhere' })).toEqual(failure(-32603, "Domain 'Nowhere' not existing"));
    });

    it('are false where browsers hold no ceremonies', async () => {
      await world.configure({ publicUrl: 'http://id.example.test' });
      expect(await challenge()).toEqual(FALSE);
    });

    it('switch a key off and on, and take it away', async () => {
      await register(await ceremony());
      expect(await call('FIDO_Enable')).toEqual(FALSE);
      expect(await call('FIDO_Disable')).toEqual(TRUE);
      expect(await call('User_Devices')).toMatchObject({ result: [{ status: 'DISABLED', usable: false }] });
      expect(await call('FIDO_Enable', { id: 1 })).toEqual(TRUE);
      expect(await call('FIDO_Unregister', { id: 2 })).toEqual(FALSE);
      expect(await call('FIDO_Unregister')).toEqual(TRUE);
      expect(await call('User_Devices')).toEqual(answer([]));
    });
  });

  describe('OpenOTP.Yubikey_Register', () => {
    const key = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex');
    const secret = Buffer.from('010203040506', 'hex');
    const publicId = Buffer.from('aabbccddeeff', 'hex');
    const parts = {
      key: key.toString('base64'),
      secret: secret.toString('base64'),
      public: publicId.toString('base64'),
    };

    it('takes a key whose secret is known', async () => {
      expect(await call('Yubikey_Register', { ...parts, id: 2 })).toEqual(TRUE);
      expect(await call('User_Tokens')).toMatchObject({ result: [{ id: 2, type: 'Yubikey' }] });
      const inside = { privateId: secret, sessionCounter: 1, useCounter: 1, timestamp: 5, capsLock: false, random: 9 };
      const otp = encodeModhex(publicId) + pressYubikey(yubikeyKey(key), inside);
      expect(await present(world, person, otp)).toBe('ok');
      expect(await present(world, person, otp)).toBe('passcode-replayed');
    });

    it.each([
      { key: 'AAEC' },
      { secret: 'AAEC' },
      { public: Buffer.alloc(17).toString('base64') },
      { key: '' },
      { id: 9 },
    ])('%j is false', async (params) => {
      expect(await call('Yubikey_Register', { ...parts, ...params })).toEqual(FALSE);
      expect(await call('User_Tokens')).toEqual(answer([]));
    });

    it('Yubicloud_Register is false: there is no validation server', async () => {
      expect(await call('Yubicloud_Register', { otp: 'c'.repeat(44) })).toEqual(FALSE);
    });

    it('OpenOTP.Voice_Register is no method here', async () => {
      const method = 'OpenOTP.Voice_Register';
      expect(await world.chief.call(method, { timeout: 60 })).toEqual(failure(-32601, method));
    });
  });

  describe('SpanKey', () => {
    const spanKey = (method: string, params: object = {}) =>
      world.chief.call(`SpanKey.${method}`, { dn: dnOf(person), ...params });
    async function authorized(): Promise<string[]> {
      const [account] = await world.query<{ id: string }>('SELECT id FROM accounts WHERE directory_key = $1', [
        person.id,
      ]);
      return world.app.get(SshKeys).authorizedKeys(account?.id ?? '');
    }

    it.each([
      [{ type: 'RSA', size: 2_048 }, 'ssh-rsa'],
      [{ type: 'ECC' }, 'ecdsa-sha2-nistp256'],
      [{ type: 'ecc', size: '384' }, 'ecdsa-sha2-nistp384'],
      [{ type: 'ECC', size: 521 }, 'ecdsa-sha2-nistp521'],
    ])('Key_Register makes a key of %j and gives the private half', async (params, type) => {
      const { result } = await spanKey('Key_Register', params);
      const own = sshPublicKey(readPrivateKey(plainSecret(String(result))));
      expect(own.type).toBe(type);
      expect(await authorized()).toMatchObject([expect.stringContaining(own.blob.toString('base64'))]);
      expect(await everythingStored(world)).not.toContain(String(result).split('\n')[4]);
    });

    it.each([
      { type: 'DSA' },
      { type: 'DSA', size: 1_024 },
      { type: 'RSA', size: 1_024 },
      { type: 'ECC', size: 255 },
      { type: 'Ed448' },
      { type: 'ECC', expires: 361 },
      { type: 'ECC', maxuse: 501 },
      { type: 'ECC', expires: -1 },
    ])('Key_Register with %j is false', async (params) => {
      expect(await spanKey('Key_Register', params)).toEqual(FALSE);
      expect(await authorized()).toEqual([]);
    });

    it('a newer key replaces the one before', async () => {
      await spanKey('Key_Register', { type: 'ECC' });
      const [before] = await authorized();
      await spanKey('Key_Register', { type: 'ECC' });
      const after = await authorized();
      expect(after).toHaveLength(1);
      expect(after).not.toContain(before);
    });

    it('Key_Import takes a line of OpenSSH and PEM, and no private key', async () => {
      const pair = generateKeyPairSync('ed25519');
      const line = publicKeyLine(sshPublicKey(pair.publicKey), 'jane');
      const pem = createPublicKey(pair.privateKey).export({ type: 'spki', format: 'pem' });
      expect(await spanKey('Key_Import', { pubkey: line })).toEqual(TRUE);
      const [imported] = await authorized();
      expect(imported).toContain(line.split(' ')[1]);
      expect(await spanKey('Key_Import', { pubkey: pem, expires: 1 })).toEqual(TRUE);
      world.app.clock.advance(DAY);
      expect(await authorized()).toEqual([]);
      const secret = pair.privateKey.export({ type: 'pkcs8', format: 'pem' });
      const short = generateKeyPairSync('rsa', { modulusLength: 1_024 }).publicKey.export({
        type: 'spki',
        format: 'pem',
      });
      for (const pubkey of [secret, short, 'ssh-dss AAAAB3NzaC1kc3M=', '', 'command="x" ssh-ed25519 AAAA']) {
        expect(await spanKey('Key_Import', { pubkey })).toEqual(FALSE);
      }
    });

    it('Key_Restrict changes what is given, and leaves the rest', async () => {
      expect(await spanKey('Key_Restrict', { expires: 1 })).toEqual(FALSE);
      await spanKey('Key_Register', { type: 'ECC', maxuse: 5 });
      expect(await spanKey('Key_Restrict')).toEqual(FALSE);
      expect(await spanKey('Key_Restrict', { expires: 361 })).toEqual(FALSE);
      expect(await spanKey('Key_Restrict', { expires: 2 })).toEqual(TRUE);
      const limits = () =>
        world.query(
          `SELECT a.usage_limit, a.expires FROM token_assignments a JOIN accounts o ON o.id = a.account_id
           WHERE o.directory_key = $1 AND a.ended_at IS NULL`,
          [person.id],
        );
      expect(await limits()).toEqual([{ usage_limit: 5, expires: world.app.clock.in(2 * DAY) }]);
      await spanKey('Key_Restrict', { expires: 0, maxuse: 0 });
      expect(await limits()).toEqual([{ usage_limit: 0, expires: null }]);
    });

    it('Key_Unregister takes it away', async () => {
      await spanKey('Key_Register', { type: 'ECC' });
      expect(await spanKey('Key_Unregister')).toEqual(TRUE);
      expect(await spanKey('Key_Unregister')).toEqual(FALSE);
      expect(await authorized()).toEqual([]);
    });

    it('Key_Export makes a file of a key that was registered, with or without a pass phrase', async () => {
      const privkey = String((await spanKey('Key_Register', { type: 'ECC' })).result);
      const file = async (params: object) =>
        String((await world.chief.call('SpanKey.Key_Export', { privkey, ...params })).result);
      const blob = (text: string) => sshPublicKey(readPrivateKey(plainSecret(text))).blob;
      expect(blob(await file({}))).toEqual(blob(privkey));
      expect(await file({ format: 'ppk' })).toMatch(/^PuTTY-User-Key-File-3: ecdsa-sha2-nistp256\r\nEncryption: none/);
      expect(await file({ format: 'PPK', password: 'blue boats' })).toContain('Encryption: aes256-cbc');
      const sealed = await file({ password: 'blue boats' });
      expect(sealed).toMatch(/^-----BEGIN OPENSSH PRIVATE KEY-----/);
      expect(() => blob(sealed)).toThrow('key-not-valid');
    });

    it.each([{ privkey: 'nothing' }, { privkey: '' }, { privkey: 'x', format: 'DOC' }])(
      'Key_Export of %j is false',
      async (params) => {
        expect(await world.chief.call('SpanKey.Key_Export', params)).toEqual(FALSE);
      },
    );

    it('leave rows that Get_Event_Logs gives as those of spankey', async () => {
      await spanKey('Key_Register', { type: 'DSA' });
      const { result } = await world.chief.call('Get_Event_Logs', { application: 'spankey', dn: dnOf(person) });
      expect(result).toMatchObject([{ text: 'ssh-key.refused: refused (key-not-valid)', dn: dnOf(person) }]);
    });
  });
});
