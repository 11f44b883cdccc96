import { beforeEach, describe, expect, it } from 'vitest';
import { AccountBlocks } from '../../../src/tokens/blocking/account-blocks.js';
import { worldFile } from '../auth-world.js';
import { Authenticators } from '../authenticators.js';
import { WRONG_HASH } from '../tokens-of-people/tokens-world.js';
import { worldOfSuite } from '../world-of-suite.js';

const JANE = { loginName: 'jane' };
const NOBODY = { loginName: 'nobody' };
const NO_TOKEN = { serial: 'none' };
const WRONG = { otp: '000000' };
const NEW = 'seven grey herons wade';

/** What each method about a token needs besides person and token. */
const ABOUT_TOKENS: Readonly<Record<string, object>> = {
  logon: { application: { name: 'door' }, credential: WRONG },
  verify: { credential: WRONG },
  verifyResponse: { credential: { ...WRONG, cc: '40715926' } },
  sendOTP: {},
  sendActivationCode: {},
  syncToken: { credential: '123456,654321' },
  downloadToken: {},
  activateTokenAssignment: { acHash: WRONG_HASH },
  getChallengeCode: {},
  verifyPin: { pin: '0000' },
};

/** What each method about an application needs besides that and a person. */
const ABOUT_APPLICATIONS: Readonly<Record<string, object>> = {
  logon: { credential: WRONG },
  getLogonSteps: {},
  listAuthenticators: { step: 1 },
  listTokenAssignments: {},
  getPolicy: { category: { name: 'logon' } },
};

describe('section 3: what is told when several codes apply', () => {
  const world = worldOfSuite();
  let give: Authenticators;
  beforeEach(() => {
    give = new Authenticators(world());
  });

  const code = (method: string, body: object) => world().code(method, body);
  const sql = (text: string) => world().database.query(text);

  it.each([
    ['verify', { user: NOBODY }, 101],
    ['verify', { user: NOBODY, credential: 'x' }, 102],
    ['verify', { user: NOBODY, credential: WRONG, remoteIp: 'x' }, 102],
    ['verify', { user: NOBODY, credential: WRONG, return: ['password'] }, 106],
    ['logon', { application: { name: 'none' }, user: NOBODY }, 101],
    ['logon', { application: { name: 'none' }, credential: WRONG }, 101],
    ['listAuthenticators', { application: { name: 'none' } }, 101],
    ['listAuthenticators', { application: { name: 'none' }, step: 'one' }, 102],
    ['listTokenAssignments', { application: { name: 'none' } }, 101],
    ['getPolicy', { application: { name: 'none' }, user: NOBODY }, 101],
    ['getChallengeCode', { user: NOBODY, token: { id: 1.5 } }, 102],
    ['verifyResponse', { user: NOBODY, credential: WRONG }, 101],
    ['sendOTP', { user: NOBODY, options: { channel: 'PIGEON' } }, 102],
    ['sendOTP', { user: NOBODY, options: { template: 'Holiday greetings' } }, 102],
    ['sendActivationCode', { token: NO_TOKEN }, 101],
    ['sendActivationCode', { user: NOBODY, token: NO_TOKEN, provisioningUrl: 'http://evil.test/' }, 102],
    ['syncToken', { user: NOBODY, token: NO_TOKEN, credential: '123456,123456' }, 102],
    ['downloadToken', { user: NOBODY, token: NO_TOKEN, acHash: 'x' }, 102],
    ['activateTokenAssignment', { user: NOBODY, token: NO_TOKEN, acHash: 'x' }, 102],
    ['changePassword', { user: NOBODY, oldPassword: 'x' }, 101],
    ['verifyPin', { user: NOBODY, token: NO_TOKEN }, 101],
    ['listTokens', { user: NOBODY, match: [['seed', '=', 'x']] }, 106],
    ['listTokens', { user: NOBODY, max: 0 }, 102],
  ] as const)('%s of %j: %i before anything is looked up', async (method, body, expected) => {
    expect(await code(method, body)).toBe(expected);
  });

  it.each(Object.entries(ABOUT_APPLICATIONS))(
    '%s: the application before its realm, the realm before the person',
    async (method, more) => {
      const file = JSON.parse(worldFile()) as {
        agents: { applications: string[] }[];
        applications: { name: string; realm?: string }[];
      };
      for (const { applications } of file.agents) applications.splice(0, applications.length, 'mail', 'door');
      await world().apply({ file: JSON.stringify(file) });
      const about = (name: string, user: object = NOBODY) => code(method, { application: { name }, user, ...more });
      expect(await about('none')).toBe(220);
      expect(await about('files')).toBe(221);
      expect(await about('mail', { ...NOBODY, 'domain.name': 'NOWHERE' })).toBe(241);
      expect(await about('mail', { ...NOBODY, 'domain.name': 'ELSEWHERE' })).toBe(242);
      expect(await about('mail')).toBe(200);
      await sql(`UPDATE declared_objects SET spec = spec - 'realm' WHERE kind = 'application' AND name = 'mail'`);
      await world().reread();
      expect(await about('mail')).toBe(240);
    },
  );

  describe.each(Object.entries(ABOUT_TOKENS))('%s', (method, more) => {
    const about = (user: object, token: object = NO_TOKEN) => code(method, { user, token, ...more });

    it('says that there is nobody, before it looks for a token', async () => {
      expect(await about(NOBODY)).toBe(200);
      expect(await about({ loginName: 'mary', 'domain.name': 'ELSEWHERE' })).toBe(242);
    });

    it('says how the person stands, before it looks for a token', async () => {
      const { account } = await world().person();
      await world().database.transaction((tx) => world().get(AccountBlocks).start(tx, account.id, 'ACME\\chief', 60));
      expect(await about(JANE)).toBe(203);
      expect(await about(JANE, { id: '#i#_Token_4' })).toBe(203);
      expect(await about(JANE, { 'product.method': 'OTP' })).toBe(203);
      await sql('UPDATE builtin_people SET disabled = true');
      expect(await about(JANE)).toBe(204);
      await sql(`UPDATE accounts SET state = 'deactivated'`);
      expect(await about(JANE)).toBe(202);
    });

    it('says what is wrong with the token, before it looks at a credential', async () => {
      expect(await about(JANE)).toBe(250);
      const { token } = await give.totp();
      await sql(`UPDATE tokens SET status = 'DISABLED'`);
      expect(await about(JANE, { serial: token.serial })).toBe(253);
    });
  });

  it('changePassword: the person, then how they stand, then the old password, then the new one', async () => {
    const change = (user: object, oldPassword = 'wrong', newPassword = 'x') =>
      code('changePassword', { user, oldPassword, newPassword });
    expect(await change(NOBODY)).toBe(200);
    expect(await change(JANE)).toBe(300);
    await sql('UPDATE builtin_people SET disabled = true');
    expect(await change(JANE, 'wrong', NEW)).toBe(204);
  });
});
