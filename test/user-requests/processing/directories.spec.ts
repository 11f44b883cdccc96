import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { Browserless, type SeenPage } from '../../support/browserless.js';
import { describeWith } from '../../support/describe-with.js';
import { type Samba, startSamba } from '../../support/samba.js';
import { type Slapd, startSlapd } from '../../support/slapd.js';
import { activeDirectory, DirectoryWorld, openLdap } from '../../pwreset/directories/directory-world.js';
import { madeRequest } from './made-request.js';
import { NAVIGATION } from './processing-world.js';

const FIRST = 'First-password-1';
const SECOND = 'Second-password-2';

/** Follows a request to its end. */
async function follow(
  corp: DirectoryWorld,
  login: string,
  type: 'UNLOCK_ACCOUNT' | 'PASSWORD_RESET' | 'PASSWORD_SET',
  fields: Record<string, string> = {},
): Promise<SeenPage> {
  const path = await madeRequest(corp.app, await corp.person('CORP', login), type);
  const browser = new Browserless(corp.app.url, NAVIGATION);
  return browser.submit(await browser.get(path), fields);
}

describeWith('openldap', 'processing on OpenLDAP with ppolicy', () => {
  let slapd: Slapd;
  let corp: DirectoryWorld;

  beforeAll(async () => {
    slapd = await startSlapd();
    corp = await DirectoryWorld.start([{ name: 'CORP', directory: openLdap(slapd) }], {
      DIRECTORY_PASSWORD: slapd.bindPassword,
    });
  });
  beforeEach(() => corp.forgetAttempts());
  afterAll(async () => {
    await corp?.stop();
    await slapd?.stop();
  });

  const add = (uid: string): Promise<string> =>
    slapd.addPerson({ uid, password: FIRST, attributes: { mail: `${uid}@example.test` } });
  const locked = async (uid: string): Promise<boolean> => (await corp.person('CORP', uid)).person.locked;

  it('unlocks an account and leaves its password alone', async () => {
    await add('locked');
    for (let guess = 0; guess < 3; guess++) await corp.check('CORP', 'locked', 'wrong');
    expect(await locked('locked')).toBe(true);
    const done = await follow(corp, 'locked', 'UNLOCK_ACCOUNT');
    expect(done.html).toContain('Your account is unlocked');
    expect(await locked('locked')).toBe(false);
    expect(await corp.check('CORP', 'locked', FIRST)).toBe('ok');
  });

  it('leaves an account alone that an administrator locked for good, and says so', async () => {
    const dn = await add('closed');
    await slapd.replace(dn, { pwdAccountLockedTime: '000001010000Z' });
    const done = await follow(corp, 'closed', 'UNLOCK_ACCOUNT');
    expect(done.html).toContain('Your account is not open');
    expect((await corp.person('CORP', 'closed')).person.disabled).toBe(true);
  });

  it('sets a new password by the rules of the directory', async () => {
    await add('rita');
    const short = await follow(corp, 'rita', 'PASSWORD_RESET', { password: 'Sh-0rt', repeated: 'Sh-0rt' });
    expect([short.status, short.html.includes('at least 8')]).toEqual([422, true]);
    const done = await follow(corp, 'rita', 'PASSWORD_RESET', { password: SECOND, repeated: SECOND });
    expect(done.html).toContain('Your new password is set');
    expect(await corp.check('CORP', 'rita', SECOND)).toBe('ok');
  });

  it('attack 54: leaves the request good while the directory is away', async () => {
    await add('away');
    const path = await madeRequest(corp.app, await corp.person('CORP', 'away'), 'UNLOCK_ACCOUNT');
    const browser = new Browserless(corp.app.url, NAVIGATION);
    const page = await browser.get(path);
    await slapd.stop();
    const answer = await browser.submit(page, {});
    expect(answer.html).toContain('Nothing was changed');
    expect(answer.status).toBe(503);
    const [row] = await corp.database.database.query<{ state: string; claimed_at: Date | null }>(
      `SELECT state, claimed_at FROM one_time_requests ORDER BY number DESC LIMIT 1`,
    );
    expect(row).toEqual({ state: 'sent', claimed_at: null });
  });
});

describeWith('active-directory', 'processing on Active Directory', () => {
  let samba: Samba;
  let corp: DirectoryWorld;

  beforeAll(async () => {
    samba = await startSamba();
    corp = await DirectoryWorld.start(
      [{ name: 'CORP', directory: activeDirectory(samba, { baseDn: samba.peopleDn }) }],
      { DIRECTORY_PASSWORD: samba.bindPassword },
    );
    await samba.setDomainPolicy({ lockoutThreshold: 3, lockoutDuration: 1_800 });
  });
  beforeEach(() => corp.forgetAttempts());
  afterAll(async () => {
    await corp?.stop();
    await samba?.stop();
  });

  const add = (login: string, attributes: Record<string, string> = {}): Promise<string> =>
    samba.addUser({ login, password: FIRST, attributes: { mail: `${login}@example.test`, ...attributes } });

  it('unlocks an account and leaves its password alone', async () => {
    await add('locked');
    for (let guess = 0; guess < 3; guess++) await corp.check('CORP', 'locked', 'wrong');
    expect(await corp.check('CORP', 'locked', FIRST)).toBe('account-locked');
    const done = await follow(corp, 'locked', 'UNLOCK_ACCOUNT');
    expect(done.html).toContain('Your account is unlocked');
    expect(await corp.check('CORP', 'locked', FIRST)).toBe('ok');
  });

  it('leaves an account switched off that is', async () => {
    await add('off', { userAccountControl: '514' });
    const done = await follow(corp, 'off', 'UNLOCK_ACCOUNT');
    expect(done.html).toContain('Your account is not open');
    expect((await corp.person('CORP', 'off')).person.disabled).toBe(true);
  });

  it('sets a new password', async () => {
    await add('rita');
    const done = await follow(corp, 'rita', 'PASSWORD_SET', { password: SECOND, repeated: SECOND });
    expect(done.html).toContain('Your new password is set');
    expect(await corp.check('CORP', 'rita', SECOND)).toBe('ok');
  });
});
