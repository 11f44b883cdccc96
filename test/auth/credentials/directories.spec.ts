import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { activeDirectory, openLdap } from '../../pwreset/directories/directory-world.js';
import { describeWith } from '../../support/describe-with.js';
import { realPart } from '../../support/real-parts.js';
import { type Samba, startSamba } from '../../support/samba.js';
import { type Slapd, startSlapd } from '../../support/slapd.js';
import { TestClock } from '../../support/test-clock.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';
import { AGENT_SECRET, AuthWorld } from '../auth-world.js';

const FIRST = 'First-password-1';
const SECOND = 'Second-password-2';

/** One application with a password and a code, for the people of a directory. */
const fileOf = (directory: object): string =>
  JSON.stringify({
    publicUrl: 'http://localhost:${PORT}',
    directories: [{ name: 'corp', ...directory }],
    domains: [
      { name: 'CORP', directory: 'corp', settings: { pwd_policy: 'directory', unfamiliar_attempts: 10 } },
      { name: 'ACME', users: [] },
    ],
    defaultDomain: 'CORP',
    realms: [{ name: 'corp', domains: ['CORP'] }],
    applications: [
      {
        name: 'mail',
        realm: 'corp',
        logonProcedure: {
          type: 'Web SSO',
          steps: [
            { name: 'password', authenticators: ['SPASS'] },
            { name: 'second', authenticators: ['OTP'] },
          ],
        },
      },
    ],
    agents: [{ name: 'vpn', applications: ['mail'], clientId: 'vpn', clientSecret: AGENT_SECRET }],
  });

/** What is true of people of every directory. */
function people(world: () => AuthWorld, add: (login: string) => Promise<unknown>): void {
  const verify = (login: string, password: string, remoteIp = '203.0.113.20') =>
    world().code('verify', { user: { loginName: login }, credential: { method: 'SPASS', password }, remoteIp });

  it('a right password and a wrong one, and attack 50: an empty one', async () => {
    await add('jane');
    expect(await verify('jane', FIRST)).toBe(0);
    expect(await verify('jane', SECOND)).toBe(300);
    expect(await verify('jane', '')).toBe(303);
    expect(await verify('jane', '  ')).toBe(300);
    expect(await verify('nobody', FIRST)).toBe(200);
  });

  it('a whole logon', async () => {
    await add('paul');
    await world().tokens.totp((await world().person('paul', 'CORP')).account);
    const logon = (credential: object, cookie?: string) =>
      world().call(
        'logon',
        { application: { name: 'mail' }, user: { loginName: 'paul' }, credential, return: ['*'] },
        { cookie },
      );
    const { cookie } = await logon({ method: 'SPASS', password: FIRST });
    expect(await logon({ otp: world().tokens.code() }, cookie)).toMatchObject({
      error: 0,
      result: { completed: true },
    });
  });

  it('a change of password', async () => {
    await add('rita');
    const change = (oldPassword: string, newPassword: string) =>
      world().code('changePassword', { user: { loginName: 'rita' }, oldPassword, newPassword });
    expect(await change(SECOND, FIRST)).toBe(300);
    expect([360, 361]).toContain(await change(FIRST, 'x'));
    expect(await change(FIRST, SECOND)).toBe(0);
    expect(await verify('rita', FIRST)).toBe(300);
    expect(await verify('rita', SECOND)).toBe(0);
  });

  it('attack 11: of many changes with one old password, whatever they are to, one is made', async () => {
    await add('ines');
    const change = (rival: number) =>
      world().code('changePassword', {
        user: { loginName: 'ines' },
        oldPassword: FIRST,
        newPassword: `Second-password-of-${rival}`,
        remoteIp: `198.51.100.${rival}`,
      });
    const codes = await Promise.all(Array.from({ length: 12 }, (_, rival) => change(rival)));
    expect(codes.filter((code) => code === 0)).toHaveLength(1);
    expect(codes.filter((code) => ![0, 3, 203, 300].includes(code))).toEqual([]);
    expect(await verify('ines', `Second-password-of-${codes.indexOf(0)}`, '203.0.113.99')).toBe(0);
    expect(await verify('ines', FIRST, '203.0.113.99')).toBe(300);
  });

  it('attack 28: guesses under every name of a person are counted together', async () => {
    await add('noel');
    const names = ['noel', 'NOEL', 'CORP\\noel', 'Noel@CORP'];
    const codes = [];
    for (let guess = 0; guess < 8; guess++) {
      codes.push(await verify(names[guess % names.length] ?? '', `guess ${guess}`, '198.51.100.7'));
    }
    expect(codes.slice(0, 2)).toEqual([300, 300]);
    expect(codes.at(-1)).toBe(203);
  });
}

describeWith('openldap', 'SPASS on OpenLDAP', () => {
  let slapd: Slapd;
  let world: AuthWorld;
  let database: TestDatabase;

  beforeAll(async () => {
    slapd = await startSlapd({ serviceAccess: 'write', mustChange: true });
    database = await createTestDatabase(realPart('postgresql').present ? 'postgresql' : 'embedded');
    const variables = { DIRECTORY_PASSWORD: slapd.bindPassword };
    // Directories write their own time into what they keep.
    world = await AuthWorld.start(database, {
      file: fileOf(openLdap(slapd)),
      variables,
      clock: new TestClock(new Date()),
    });
  });
  beforeEach(() => database.database.query('DELETE FROM throttle_counters'));
  afterAll(async () => {
    await world?.stop();
    await database?.stop();
    await slapd?.stop();
  });

  const add = (uid: string): Promise<string> => slapd.addPerson({ uid, password: FIRST });
  const verify = (login: string, password: string) =>
    world.code('verify', { user: { loginName: login }, credential: { method: 'SPASS', password } });

  people(() => world, add);

  it('203 for who is locked there', async () => {
    await add('lou');
    const codes = [];
    for (let guess = 0; guess < 4; guess++) codes.push(await verify('lou', `guess ${guess}`));
    expect(codes.at(-1)).toBe(203);
    expect(await verify('lou', FIRST)).toBe(203);
  });

  it('205 for who must change the password, and may', async () => {
    const dn = await add('mia');
    await slapd.replace(dn, { pwdReset: 'TRUE' });
    expect(await verify('mia', SECOND)).toBe(300);
    expect(await verify('mia', FIRST)).toBe(205);
    const body = { user: { loginName: 'mia' }, oldPassword: FIRST, newPassword: SECOND };
    expect(await world.code('changePassword', body)).toBe(0);
    expect(await verify('mia', SECOND)).toBe(0);
  });

  it('2 when it cannot be reached; nothing is counted then', async () => {
    await add('kim');
    world.clock.advance(1);
    await world.apply(
      { file: fileOf({ ...openLdap(slapd), urls: ['ldap://127.0.0.1:1'] }) },
      { DIRECTORY_PASSWORD: slapd.bindPassword },
    );
    for (let attempt = 0; attempt < 6; attempt++) expect(await verify('kim', FIRST)).toBe(2);
    world.clock.advance(1);
    await world.apply({ file: fileOf(openLdap(slapd)) }, { DIRECTORY_PASSWORD: slapd.bindPassword });
    expect(await verify('kim', FIRST)).toBe(0);
  });
});

describeWith('active-directory', 'SPASS on Active Directory', () => {
  let samba: Samba;
  let world: AuthWorld;
  let database: TestDatabase;

  beforeAll(async () => {
    samba = await startSamba();
    await samba.setDomainPolicy({ minAge: 0 });
    database = await createTestDatabase(realPart('postgresql').present ? 'postgresql' : 'embedded');
    const variables = { DIRECTORY_PASSWORD: samba.bindPassword };
    const file = fileOf(activeDirectory(samba, { baseDn: samba.peopleDn }));
    world = await AuthWorld.start(database, { file, variables, clock: new TestClock(new Date()) });
  });
  beforeEach(() => database.database.query('DELETE FROM throttle_counters'));
  afterAll(async () => {
    await world?.stop();
    await database?.stop();
    await samba?.stop();
  });

  const add = (login: string, attributes: Record<string, string> = {}): Promise<string> =>
    samba.addUser({ login, password: FIRST, attributes });
  const verify = (login: string, password: string) =>
    world.code('verify', { user: { loginName: login }, credential: { method: 'SPASS', password } });

  people(() => world, add);

  it('203 for who is locked there', async () => {
    await samba.setDomainPolicy({ lockoutThreshold: 3, lockoutDuration: 1800 });
    await add('lou');
    const codes = [];
    for (let guess = 0; guess < 4; guess++) codes.push(await verify('lou', `guess ${guess}`));
    expect(codes.at(-1)).toBe(203);
    expect(await verify('lou', FIRST)).toBe(203);
    await samba.setDomainPolicy({ lockoutThreshold: 0 });
  });

  it('205 for who must change the password, 204 for who is switched off or whose time is over', async () => {
    await add('mia', { pwdLastSet: '0' });
    expect(await verify('mia', FIRST)).toBe(205);
    const body = { user: { loginName: 'mia' }, oldPassword: FIRST, newPassword: SECOND };
    expect(await world.code('changePassword', body)).toBe(0);
    expect(await verify('mia', SECOND)).toBe(0);
    await add('olaf', { userAccountControl: '514' });
    expect(await verify('olaf', FIRST)).toBe(204);
  });
});
