import { beforeEach, describe, expect, it, vi } from 'vitest';
import { KeyRing } from '../../../src/core/crypto/key-ring.js';
import { plainSecret } from '../../../src/core/crypto/secret-types.js';
import { activationDigestPurpose } from '../../../src/tokens/activation/activation-code.entity.js';
import { PushRequests } from '../../../src/tokens/push-requests/push-requests.js';
import type { HeldToken, NewToken } from '../../../src/tokens/token-store.js';
import { AGENT_SECRET } from '../auth-world.js';
import { Authenticators } from '../authenticators.js';
import { hashFor } from '../tokens-of-people/tokens-world.js';
import { worldOfSuite } from '../world-of-suite.js';

const NADIA = 'nadia.okafor';
const DOMAIN = 'harbour.example';

type Step = Readonly<Record<string, unknown>>;

/** The world that the samples are from: two applications, one domain, one person. */
function sampleFile(steps: readonly Step[]): string {
  const application = (id: string, name: string, own: readonly Step[]) => ({
    id,
    name,
    realm: 'harbour',
    logonProcedure: { type: 'Web SSO', steps: own },
  });
  return JSON.stringify({
    publicUrl: 'http://localhost:${PORT}',
    domains: [
      {
        name: DOMAIN,
        users: [
          {
            login: NADIA,
            name: 'Nadia Okafor',
            email: 'nadia@harbour.test',
            mobile: '+35226004417',
            password: 'otter-lamp-93',
          },
        ],
      },
    ],
    realms: [{ name: 'harbour', domains: [DOMAIN] }],
    applications: [application('app-44', 'Payroll', []), application('app-31', 'Harbour VPN', steps)],
    agents: [{ name: 'vpn', applications: ['Harbour VPN', 'Payroll'], clientId: 'vpn', clientSecret: AGENT_SECRET }],
    policies: [
      {
        name: 'downloads',
        category: 'LK/TEST',
        options: { inAppDownload: 'ANYWHERE', downloadAuthorisation: 'CODE' },
      },
    ],
  });
}

const CODES = [{ name: 'Code', authenticators: ['OTP', 'OTPoD'] }];
const PASSWORD_AND_CODE = [
  { name: 'Password', authenticators: ['SPASS'] },
  { name: 'Second factor', authenticators: ['OTP'] },
];
const PUSH = [{ name: 'Push', authenticators: ['OOBA'] }];

describe.each(['/auth', '/das5/rest/auth'] as const)('the published samples of section 4, at %s', (path) => {
  const world = worldOfSuite({ file: sampleFile(CODES) });
  let give: Authenticators;
  /** What stands in the samples, and what it is called here: identifiers of people, domains and tokens are made by us. */
  let ids: Map<string, string>;

  beforeEach(async () => {
    vi.restoreAllMocks();
    give = new Authenticators(world());
    const { account } = await world().person(NADIA, DOMAIN);
    ids = new Map([
      ['u-1093', account.id],
      ['d-7', account.domainId],
    ]);
  });

  /** Sends the text of a sample. */
  async function answerTo(method: string, request: string): Promise<unknown> {
    const answer = await world().app.inject({
      method: 'POST',
      url: `${path}/${method}`,
      headers: { authorization: `Bearer ${await world().bearer('vpn')}`, 'content-type': 'application/json' },
      payload: here(request),
    });
    return { status: answer.statusCode, body: answer.json<unknown>() };
  }

  function published(response: string): unknown {
    return { status: 200, body: JSON.parse(here(response)) as unknown };
  }

  function here(text: string): string {
    return [...ids].reduce((known, [published, own]) => known.replaceAll(`"${published}"`, `"${own}"`), text);
  }

  const account = async () => (await world().person(NADIA, DOMAIN)).account;
  const apply = (steps: readonly Step[]) => world().apply({ file: sampleFile(steps) });
  const hotp = async (counter: number): Promise<HeldToken> => {
    const held = await world().tokens.hotp(await account(), { serial: '70011852' });
    await world().database.query('UPDATE tokens SET counter = $1', [counter]);
    return held;
  };
  async function phone(): Promise<HeldToken> {
    const state = { deviceModel: 'Pixel 8', deviceType: 'Android', key: {} };
    const fields: Partial<NewToken> = { serial: '220000417', product: 'LK/Push', state };
    const held = await world().tokens.give(await account(), { kind: 'Push', ...fields }, { slot: 'Push1' });
    ids.set('90aa13c7', held.token.id).set('5be07d12c9a84c41', held.assignment.id);
    return held;
  }

  it('4.1 listApplications', async () => {
    expect(await answerTo('listApplications', '{"return": ["id", "name"]}')).toEqual(
      published(
        '{"error": 0, "result": {"total": 2, "rows": [{"id": "app-31", "name": "Harbour VPN"}, {"id": "app-44", "name": "Payroll"}]}}',
      ),
    );
  });

  it('4.2 listDomains', async () => {
    expect(await answerTo('listDomains', '{"application": {"id": "app-31"}, "return": ["id", "name"]}')).toEqual(
      published('{"error": 0, "result": {"total": 1, "rows": [{"id": "d-7", "name": "harbour.example"}]}}'),
    );
  });

  it('4.3 listAuthenticators', async () => {
    await hotp(0);
    expect(
      await answerTo(
        'listAuthenticators',
        '{"step": 1, "application": {"id": "app-31"}, "user": {"domain.id": "d-7", "loginName": "nadia.okafor"}}',
      ),
    ).toEqual(
      published(
        '{"error": 0, "result": {"total": 2, "rows": [{"code": "OTP", "name": "One-Time Password"}, {"code": "OTPoD", "name": "On-Demand Password"}]}}',
      ),
    );
  });

  it('4.4 getLogonSteps', async () => {
    await apply(PASSWORD_AND_CODE);
    expect(
      await answerTo(
        'getLogonSteps',
        '{"application": {"id": "app-31"}, "user": {"loginName": "nadia.okafor", "domain.id": "d-7"}, "return": ["name", "challengResponse", "authenticators"]}',
      ),
    ).toEqual(
      published(
        '{"error": 0, "result": {"total": 2, "rows": [ {"name": "Password", "challengResponse": false, "authenticators": [{"code": "SPASS", "name": "Static Password"}]}, {"name": "Second factor", "challengResponse": false, "authenticators": [{"code": "OTP", "name": "One-Time Password"}]}]}}',
      ),
    );
  });

  it('4.5 listTokenAssignments', async () => {
    await phone();
    await hotp(0);
    expect(
      await answerTo(
        'listTokenAssignments',
        '{"application": {"id": "app-31"}, "user": {"id": "u-1093"}, "token": {"product.functions": "OOBA"}, "return": ["id", "status", {"token": ["id", "serial", "oobDeviceModel", "oobDeviceType"]}]}',
      ),
    ).toEqual(
      published(
        '{"error": 0, "result": {"total": 1, "rows": [{"id": "5be07d12c9a84c41", "status": "ACTIVE", "token": {"id": "90aa13c7", "serial": "220000417", "oobDeviceModel": "Pixel 8", "oobDeviceType": "Android"}}]}}',
      ),
    );
  });

  it('4.6 logon', async () => {
    await hotp(1);
    expect(
      await answerTo(
        'logon',
        '{"remoteIp": "203.0.113.20", "application": {"id": "app-31"}, "user": {"id": "u-1093"}, "token": {"serial": "70011852"}, "credential": {"otp": "359152"}}',
      ),
    ).toEqual(published('{"error": 0}'));
  });

  it('4.6 logon, push form', async () => {
    await apply(PUSH);
    const { token } = await phone();
    const request = vi.spyOn(world().get(PushRequests), 'request');
    request.mockResolvedValueOnce({ outcome: 'approved', token: { id: token.id, serial: token.serial } });
    expect(
      await answerTo(
        'logon',
        '{"application":{"id":"app-31"},"user":{"id":"u-1093"},"token":{"serial":"220000417"},"credential":{"method":"OOBA","tokenId":"90aa13c7"}}',
      ),
    ).toEqual(published('{"error": 0}'));
    expect(request.mock.calls[0]?.[1]).toMatchObject({ tokenId: token.id, applicationName: 'Harbour VPN' });
  });

  it('4.7 logout', async () => {
    expect(await answerTo('logout', '{}')).toEqual(published('{"error": 0}'));
  });

  it('4.8 verify', async () => {
    expect(
      await answerTo(
        'verify',
        '{"user": {"loginName": "nadia.okafor", "domain.name": "harbour.example"}, "credential": {"method": "SPASS", "password": "otter-lamp-93"}, "remoteIp": "203.0.113.20"}',
      ),
    ).toEqual(published('{"error": 0}'));
  });

  it('4.9 verifyResponse', async () => {
    await give.ocra({ serial: '70011852' }, NADIA, DOMAIN);
    await world().call('getChallengeCode', { user: { loginName: NADIA } });
    await world().database.query(`UPDATE token_challenges SET code = '40715926'`);
    expect(
      await answerTo(
        'verifyResponse',
        '{"user": {"id": "u-1093"}, "token": {"serial": "70011852"}, "credential": {"otp": "675414", "cc": "40715926"}}',
      ),
    ).toEqual(published('{"error": 0}'));
  });

  it('4.10 sendOTP', async () => {
    const tPass = { kind: 'T-Pass', serial: '88000213', product: 'LK/T-Pass' } as const;
    await world().tokens.give(await account(), tPass, { slot: 'T-Pass' });
    expect(
      await answerTo(
        'sendOTP',
        '{"user": {"loginName": "nadia.okafor", "domain.id": "d-7"}, "token": {"serial": "88000213"}, "options": {"channel": "SMS"}}',
      ),
    ).toEqual(published('{"error": 0}'));
    expect(await world().mailbox()).toMatchObject([{ channel: 'SMS', to: '+35226004417' }]);
  });

  it('4.11 sendActivationCode', async () => {
    await world().tokens.hotp(await account(), { serial: '70011852' }, { status: 'INACTIVE' });
    expect(
      await answerTo(
        'sendActivationCode',
        '{"user": {"id": "u-1093"}, "token": {"serial": "70011852"}, "channel": "SMTP"}',
      ),
    ).toEqual(published('{"error": 0}'));
    expect(await world().mailbox()).toMatchObject([{ channel: 'MAIL' }]);
  });

  it('4.12 syncToken', async () => {
    await hotp(900);
    expect(
      await answerTo(
        'syncToken',
        '{"user": {"id": "u-1093"}, "token": {"serial": "70011852"}, "credential": "450130,796651"}',
      ),
    ).toEqual(published('{"error": 0}'));
  });

  it('4.13 downloadToken', async () => {
    const held = await hotp(0);
    await hashFor(world(), held, 'authorisation');
    const [code] = await world().database.query<{ id: string }>('SELECT id FROM activation_codes');
    const hash = plainSecret('gbbncKqwtAvyX0TkBapdfag2qzI=');
    const digest = world()
      .get(KeyRing)
      .digest(hash, activationDigestPurpose(code?.id ?? ''));
    await world().database.query('UPDATE activation_codes SET digest = $1', [digest]);
    expect(
      await answerTo(
        'downloadToken',
        '{"user": {"id": "u-1093"}, "token": {"serial": "70011852"}, "acHash": "gbbncKqwtAvyX0TkBapdfag2qzI=", "device": {"model": "Pixel 8", "type": "Android"}}',
      ),
    ).toEqual(published('{"error": 0}'));
  });
});
