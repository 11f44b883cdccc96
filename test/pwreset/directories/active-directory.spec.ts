import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeWith } from '../../support/describe-with.js';
import { messagesTo, save } from '../../support/help-desk.js';
import { type Samba, startSamba } from '../../support/samba.js';
import { activeDirectory, DirectoryWorld, type RemoteDomain } from './directory-world.js';
import { refusalOn, rulesOn } from './password-page.js';

const FIRST = 'First-password-1';
const SECOND = 'Second-password-2';
const DISABLED = '514';

describeWith('active-directory', 'password reset on Active Directory', () => {
  let samba: Samba;
  let corp: DirectoryWorld;
  /** `CORP` by a service account with the rights of a help desk, `HQ` by one that may read fine-grained policies. */
  let domains: RemoteDomain[];

  beforeAll(async () => {
    samba = await startSamba();
    const administrator = { bindDn: samba.adminDn, bindPassword: '${ADMINISTRATOR_PASSWORD}', baseDn: samba.peopleDn };
    domains = [
      { name: 'CORP', directory: activeDirectory(samba, { baseDn: samba.peopleDn }) },
      { name: 'HQ', directory: activeDirectory(samba, administrator) },
    ];
    corp = await DirectoryWorld.start(domains, {
      DIRECTORY_PASSWORD: samba.bindPassword,
      ADMINISTRATOR_PASSWORD: samba.adminPassword,
    });
  });
  beforeEach(() => corp.forgetAttempts());
  afterAll(async () => {
    await corp?.stop();
    await samba?.stop();
  });

  const add = (login: string, attributes: Record<string, string> = {}): Promise<string> =>
    samba.addUser({ login, password: FIRST, attributes: { mail: `${login}@example.test`, ...attributes } });

  it('from the call to the changed password', async () => {
    await add('jane', { displayName: 'Jane Doe', givenName: 'Jane' });
    const done = await save(await corp.open('CORP', 'jane'), SECOND);
    expect(done.html).toContain('Your new password is set');
    expect(await corp.check('CORP', 'jane', SECOND)).toBe('ok');
    expect(await corp.check('CORP', 'jane', FIRST)).toBe('credentials-invalid');
    expect(await corp.states('CORP', 'jane')).toEqual(['completed']);
    const [notice] = await messagesTo(corp.app, corp.database, 'jane@example.test');
    expect(notice?.subject).toBe('Your password for CORP was changed');
  });

  it("shows the domain's rules before the person types", async () => {
    await add('rules');
    await samba.setDomainPolicy({ minLength: 9, minAge: 7_200, maxAge: 864_000 });
    const { form } = await corp.open('CORP', 'rules');
    expect(rulesOn(form)).toEqual([
      'At least 9 characters',
      'At least 3 of these 4 kinds: small letters, capital letters, digits, other characters',
      'Without your name or your login',
      'At least 2 hours between two changes',
    ]);
    expect(form.html).toContain('You can use it for 10 days');
    await samba.setDomainPolicy({ minLength: 8, minAge: 0, maxAge: 0 });
  });

  it('shows a fine-grained policy where it may be read, and claims no rules where it may not', async () => {
    const dn = await add('fine');
    await samba.addFineGrainedPolicy('fine', [dn], { minLength: 15, minAge: 3_600, complex: false });
    expect(rulesOn((await corp.open('HQ', 'fine')).form)).toEqual([
      'At least 15 characters',
      'At least 1 hour between two changes',
    ]);
    const { browser, form } = await corp.open('CORP', 'fine');
    expect(rulesOn(form)).toEqual([
      'There are rules for passwords here. If yours is not accepted, this page will say so.',
    ]);
    const short = await save({ browser, form }, 'Das-Kennwort-2');
    expect([short.status, refusalOn(short)]).toEqual([422, 'This password is too short. Choose a longer one.']);
    const young = await save(await corp.open('HQ', 'fine'), 'Das-lange-Kennwort-2');
    expect([young.status, refusalOn(young)]).toEqual([
      422,
      'Your password was changed a short time ago and cannot be changed again yet. Please try again later, or ask your help desk.',
    ]);
  });

  it('says every refusal next to the field, and keeps the session', async () => {
    await add('rita');
    const { browser, form } = await corp.open('CORP', 'rita');
    const short = await save({ browser, form }, 'Sh-0rt');
    expect([short.status, refusalOn(short)]).toEqual([422, 'This password is too short. Use at least 8 characters.']);
    const simple = await save({ browser, form: short }, 'onlysmallletters');
    expect([simple.status, refusalOn(simple)]).toEqual([
      422,
      'This password is too simple. Use at least 3 of these 4 kinds: small letters, capital letters, digits, other characters.',
    ]);
    await samba.setDomainPolicy({ minAge: 3_600 });
    const young = await save({ browser, form: simple }, SECOND);
    expect([young.status, refusalOn(young)]).toEqual([
      422,
      'Your password was changed a short time ago and cannot be changed again yet. Please try again later, or ask your help desk.',
    ]);
    await samba.setDomainPolicy({ minAge: 0 });
    expect(await corp.check('CORP', 'rita', FIRST)).toBe('ok');
    expect((await save({ browser, form: young }, SECOND)).status).toBe(200);
    expect(await corp.check('CORP', 'rita', SECOND)).toBe('ok');
    expect(await corp.story('CORP', 'rita')).toEqual([
      'created success',
      'opened success',
      'password-refused refused password-too-short',
      'password-refused refused password-too-simple',
      'password-refused refused password-too-young',
      'completed success',
    ]);
  });

  it('leaves nobody with "must change" who has just chosen a password', async () => {
    const dn = await add('mia');
    await samba.replace(dn, { pwdLastSet: '0' });
    expect(await corp.check('CORP', 'mia', FIRST)).toBe('password-must-change');
    expect((await save(await corp.open('CORP', 'mia'), SECOND)).status).toBe(200);
    expect(await corp.check('CORP', 'mia', SECOND)).toBe('ok');
  });

  it('sends no link to a person who is switched off, and ends one under way', async () => {
    const dn = await add('gus');
    const open = await corp.open('CORP', 'gus');
    await samba.replace(dn, { userAccountControl: DISABLED });
    expect((await save(open, SECOND)).status).toBe(404);
    expect(await corp.states('CORP', 'gus')).toEqual(['cancelled']);
    expect(await corp.desk.call({ domain: 'CORP', username: 'gus', method: 'NONE' })).toMatchObject({
      error: { code: -32603, data: `Object 'CN=gus,${samba.peopleDn}' is not an activated user or group` },
    });
  });

  it('says that the fault is not the person’s when the service account may not set passwords', async () => {
    const everywhere = { ...domains[0], directory: activeDirectory(samba) } as RemoteDomain;
    await corp.configure([everywhere, ...domains.slice(1)]);
    const refused = await save(await corp.open('CORP', 'administrator'), SECOND);
    expect(refused.status).toBe(503);
    expect(refused.html).toContain('because of a fault on our side');
    expect(await corp.states('CORP', 'administrator')).toEqual(['opened']);
    await corp.configure(domains);
  });

  it.each([
    ['unlocks', true],
    ['leaves a lock alone for the help desk, and says so, for', false],
  ])('%s a person who was locked after failed log-ons', async (_, unlocks) => {
    await corp.configure(domains.map((domain) => ({ ...domain, settings: { pwreset_unlocks: unlocks } })));
    await samba.setDomainPolicy({ lockoutThreshold: 3, lockoutDuration: 1_800 });
    const login = `locked-${unlocks}`;
    await add(login);
    for (let guess = 0; guess < 3; guess++) await corp.check('CORP', login, 'wrong');
    expect(await corp.check('CORP', login, FIRST)).toBe('account-locked');
    const done = await save(await corp.open('CORP', login), SECOND);
    expect(done.html).toContain('Your new password is set');
    expect(done.html.includes('still locked')).toBe(!unlocks);
    expect(await corp.check('CORP', login, SECOND)).toBe(unlocks ? 'ok' : 'account-locked');
    await samba.setDomainPolicy({ lockoutThreshold: 0 });
  });
});
