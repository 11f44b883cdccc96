import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AuthPeople } from '../../src/auth/people/auth-people.js';
import { DomainError } from '../../src/core/errors/domain-error.js';
import { DeliveryRefusal, SmsTransport } from '../../src/delivery/transport/transport.js';
import { type AuthCode, AUTH_CODES, factsOf } from '../../src/surfaces/auth-envelope/auth-codes.js';
import { PushRequests } from '../../src/tokens/push-requests/push-requests.js';
import { type AuthReply, JANES_PASSWORD, worldFile, WITHOUT_DELAY } from './auth-world.js';
import { Authenticators } from './authenticators.js';
import { change, hashFor, inactive, SERIAL, TOKEN, USER, WRONG_HASH } from './tokens-of-people/tokens-world.js';
import { worldOfSuite } from './world-of-suite.js';

const MAIL = { application: { name: 'mail' } };
const SPASS = { method: 'SPASS', password: JANES_PASSWORD };
const NEW = 'seven grey herons wade';

type Row = () => Promise<AuthReply>;

interface WrittenFile {
  domains: { name: string; users: object[] }[];
  realms: { domains: string[] }[];
  applications: { name: string; realm?: string }[];
  agents: { applications: string[]; addresses?: string[] }[];
}

describe('section 3: every row of the error table', () => {
  const world = worldOfSuite();
  let give: Authenticators;
  beforeEach(() => {
    vi.restoreAllMocks();
    give = new Authenticators(world());
  });

  const call = (method: string, body: object = {}) => world().call(method, body);
  const verify = (credential: object, more: object = {}) => call('verify', { user: USER, credential, ...more });
  const logon = (body: object, cookie?: string) => world().call('logon', { ...MAIL, ...body }, { cookie });
  const begun = async (): Promise<string> => (await logon({ user: USER, credential: SPASS })).cookie ?? '';
  const sql = (text: string) => world().database.query(text);
  const under = (category: string, options: Record<string, string>) =>
    world().apply({ policies: [{ name: 'p', category, options }] });

  /** Applies the usual file with something else about it. */
  async function applying(edit: (file: WrittenFile) => void): Promise<void> {
    const file = JSON.parse(worldFile()) as WrittenFile;
    edit(file);
    await world().apply({ file: JSON.stringify(file) });
  }

  /** A token of Jane's that is named, in a state of its own. */
  async function withToken(table: 'tokens' | 'token_assignments', column: string, value: unknown): Promise<AuthReply> {
    await change(world(), await give.totp({ serial: SERIAL }), table, column, value);
    return verify({ otp: world().tokens.code() }, { token: TOKEN });
  }

  /** A method called in another way than methods are. */
  async function raw(method: 'GET' | 'POST', path: string, payload?: string): Promise<AuthReply> {
    const headers = { authorization: `Bearer ${await world().bearer('vpn')}` };
    const answer = await world().app.inject({ method, url: path, headers, ...(payload !== undefined && { payload }) });
    return { ...answer.json<AuthReply>(), status: answer.statusCode };
  }

  async function approval(outcome: 'denied' | 'no-answer'): Promise<AuthReply> {
    await give.push();
    vi.spyOn(world().get(PushRequests), 'request').mockResolvedValueOnce({ outcome });
    return verify({ method: 'OOBA' });
  }

  const activate = (acHash: string) => call('activateTokenAssignment', { user: USER, token: TOKEN, acHash });
  const changing = (newPassword: string) =>
    call('changePassword', { user: USER, oldPassword: JANES_PASSWORD, newPassword });

  const ROWS: Readonly<Record<AuthCode, Row>> = {
    1: () => {
      vi.spyOn(world().get(AuthPeople), 'find').mockRejectedValueOnce(new Error('a fault'));
      return call('listTokens', { user: USER });
    },
    2: () => {
      vi.spyOn(world().get(AuthPeople), 'find').mockRejectedValueOnce(new DomainError('directory-unavailable'));
      return call('listTokens', { user: USER });
    },
    3: async () => {
      await give.totp();
      for (let guess = 0; guess < 2; guess++) await verify({ otp: '000000' });
      return verify({ otp: '000000' });
    },
    100: () => raw('POST', '/auth/verify', '[]'),
    101: () => call('verify'),
    102: () => call('listAuthenticators', { ...MAIL, step: 'one' }),
    103: () => call('generate'),
    104: () => raw('GET', '/auth/verify'),
    106: () => call('listTokens', { user: USER, return: ['seed'] }),
    120: () => world().call('listApplications', {}, { token: 'A'.repeat(43) }),
    121: () => call('downloadToken', { user: USER, token: TOKEN, return: ['uri'] }),
    122: async () => {
      const token = await world().bearer('vpn');
      await applying(({ agents: [vpn] }) => vpn && (vpn.addresses = ['198.51.100.0/24']));
      return world().call('listApplications', {}, { token });
    },
    200: () => verify(SPASS, { user: { loginName: 'nobody' } }),
    201: async () => {
      await applying(({ domains: [, elsewhere], realms: [realm] }) => {
        elsewhere?.users.push({ login: 'jane', name: 'jane', password: JANES_PASSWORD });
        realm?.domains.push('ELSEWHERE');
      });
      return verify(SPASS);
    },
    202: async () => {
      await verify(SPASS);
      await sql(`UPDATE accounts SET state = 'deactivated'`);
      return verify(SPASS);
    },
    203: async () => {
      await give.totp();
      await under('lockout', { maxFailures: '1' });
      await verify({ otp: '000000' });
      return verify({ otp: world().tokens.code() });
    },
    204: async () => {
      await sql('UPDATE builtin_people SET disabled = true');
      return verify(SPASS);
    },
    205: async () => {
      await sql('UPDATE builtin_people SET must_change_password = true');
      return verify(SPASS);
    },
    220: () => logon({ application: { name: 'none' }, user: USER, credential: SPASS }),
    221: async () => {
      await applying(({ agents: [vpn] }) => vpn && (vpn.applications = ['mail']));
      return logon({ application: { name: 'door' }, user: USER, credential: SPASS });
    },
    230: () => logon({ application: { name: 'closed' }, user: USER, credential: SPASS }),
    231: () => call('listAuthenticators', { ...MAIL, step: 3 }),
    232: () => logon({ user: USER, credential: { method: 'OTP', otp: '123456' } }),
    233: async () => {
      const cookie = await begun();
      world().clock.advance(301);
      return logon({ credential: { otp: '123456' } }, cookie);
    },
    234: async () => logon({ user: { loginName: 'john' }, credential: { otp: '123456' } }, await begun()),
    235: async () => {
      await under('logon', { ipFilter: '198.51.100.7' });
      return logon({ user: USER, credential: SPASS, remoteIp: '203.0.113.20' });
    },
    236: () => logon({ credential: SPASS }, 'A'.repeat(43)),
    240: async () => {
      await sql(`UPDATE declared_objects SET spec = spec - 'realm' WHERE kind = 'application' AND name = 'mail'`);
      await world().reread();
      return logon({ user: USER, credential: SPASS });
    },
    241: () => verify(SPASS, { user: { ...USER, 'domain.name': 'NOWHERE' } }),
    242: () => verify(SPASS, { user: { loginName: 'mary', 'domain.name': 'ELSEWHERE' } }),
    250: () => verify({ otp: '123456' }, { token: { serial: 'none' } }),
    251: () => verify({ method: 'OTP', otp: '123456' }),
    252: async () => {
      await give.totp({ serial: SERIAL }, {}, 'john');
      return call('syncToken', { user: USER, token: TOKEN, credential: '123456,654321' });
    },
    253: () => withToken('tokens', 'status', 'DISABLED'),
    254: () => withToken('token_assignments', 'status', 'INACTIVE'),
    255: () => withToken('token_assignments', 'status', 'LOCKED'),
    256: () => withToken('token_assignments', 'starts', world().clock.in(60)),
    257: async () => {
      const held = await give.totp({ serial: SERIAL });
      await change(world(), held, 'token_assignments', 'usage_limit', 1);
      await verify({ otp: world().tokens.code() });
      return verify({ otp: world().tokens.code(1) }, { token: TOKEN });
    },
    258: () => call('verifyPin', { user: USER, tokenAssignment: { id: 'none' }, pin: '1' }),
    300: () => verify({ method: 'SPASS', password: 'wrong' }),
    301: async () => {
      await give.totp();
      return verify({ otp: world().tokens.code(20) });
    },
    302: async () => {
      await give.totp();
      await verify({ otp: world().tokens.code() });
      return verify({ otp: world().tokens.code() });
    },
    303: () => verify({ method: 'CERT', otp: '123456' }),
    310: async () => {
      await give.totp({ serial: SERIAL });
      const credential = [90, 92].map((step) => world().tokens.code(step)).join(',');
      return call('syncToken', { user: USER, token: TOKEN, credential });
    },
    320: async () => {
      await give.ocra();
      return call('verifyResponse', { user: USER, credential: { cc: '40715926', otp: '675414' } });
    },
    321: async () => {
      await give.totp({ serial: SERIAL });
      const credential = { cc: '40715926', otp: '675414' };
      return call('verifyResponse', { user: USER, token: TOKEN, credential });
    },
    340: async () => {
      await call('sendOTP', { user: USER });
      world().clock.advance(301);
      return verify({ method: 'OTPoD', otp: '123456' });
    },
    341: () => {
      const refusal = DeliveryRefusal.forGood('refused', 'the gateway answered 400');
      vi.spyOn(world().get(SmsTransport), 'send').mockRejectedValueOnce(refusal);
      return call('sendOTP', { user: USER, options: { channel: 'SMS' } });
    },
    342: async () => {
      await sql('UPDATE builtin_people SET mobile = NULL');
      return call('sendOTP', { user: USER, options: { channel: 'SMS' } });
    },
    343: () => call('sendOTP', { user: USER, options: { channel: 'TWITTER' } }),
    344: async () => {
      await call('sendOTP', { user: USER });
      return call('sendOTP', { user: USER });
    },
    350: async () => {
      await hashFor(world(), await inactive(world()));
      return activate(WRONG_HASH);
    },
    351: async () => {
      await inactive(world());
      return activate(WRONG_HASH);
    },
    352: async () => {
      await give.totp({ serial: SERIAL });
      return activate(WRONG_HASH);
    },
    353: async () => {
      await give.totp({ serial: SERIAL });
      return call('downloadToken', { user: USER, token: TOKEN });
    },
    360: () => changing('short'),
    361: async () => {
      await world().apply({ policies: [WITHOUT_DELAY], settings: { pwd_policy: { history: 5 } } });
      return changing(JANES_PASSWORD);
    },
    362: async () => {
      await under('self-service', { changePassword: 'false' });
      return changing(NEW);
    },
    370: () => call('getPolicy', { category: { name: 'no such category' } }),
    380: () => approval('denied'),
    381: () => approval('no-answer'),
  };

  it.each(Object.entries(ROWS))('%s', async (text, row) => {
    const code = Number(text) as AuthCode;
    const { message, severity, status = 200 } = factsOf(code);
    const answer = await row();
    expect(answer).toMatchObject({ error: code, severity, status });
    expect(answer.message).toMatch(message.endsWith(':') ? new RegExp(`^${message} .`) : /./);
    expect(answer).not.toHaveProperty('result');
  });

  it('has a row for each code', () => {
    expect(Object.keys(ROWS)).toEqual(Object.keys(AUTH_CODES));
  });
});
