import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { describeWith } from '../../support/describe-with.js';
import { messagesTo, save } from '../../support/help-desk.js';
import { type Slapd, startSlapd } from '../../support/slapd.js';
import { DirectoryWorld, openLdap, type RemoteDomain } from './directory-world.js';
import { refusalOn, rulesOn } from './password-page.js';

const FIRST = 'First-password-1';
const SECOND = 'Second-password-2';
const THIRD = 'Third-password-3';
const TOO_YOUNG =
  'Your password was changed a short time ago and cannot be changed again yet. Please try again later, or ask your help desk.';

describeWith('openldap', 'password reset on OpenLDAP with ppolicy', () => {
  // A password administrator's changes are not checked by slapd, so Latchkey checks them; a writer's are.
  describe.each(['write', 'manage'] as const)('with %s access to passwords', (serviceAccess) => {
    let slapd: Slapd;
    let corp: DirectoryWorld;
    let domain: RemoteDomain;

    beforeAll(async () => {
      slapd = await startSlapd({ serviceAccess, mustChange: true });
      domain = { name: 'CORP', directory: openLdap(slapd) };
      corp = await DirectoryWorld.start([domain], { DIRECTORY_PASSWORD: slapd.bindPassword });
    });
    beforeEach(() => corp.forgetAttempts());
    afterAll(async () => {
      await corp?.stop();
      await slapd?.stop();
    });

    const add = (uid: string, attributes: Record<string, string> = {}): Promise<string> =>
      slapd.addPerson({ uid, password: FIRST, attributes: { mail: `${uid}@example.test`, ...attributes } });

    const locked = async (uid: string): Promise<boolean> => (await corp.person('CORP', uid)).person.locked;
    const lock = async (uid: string): Promise<void> => {
      for (let guess = 0; guess < 3; guess++) await corp.check('CORP', uid, 'wrong');
      expect(await locked(uid)).toBe(true);
    };

    it('from the call to the changed password', async () => {
      await add('jane', { cn: 'Jane Doe', displayName: 'Jane Doe' });
      const done = await save(await corp.open('CORP', 'jane'), SECOND);
      expect(done.status).toBe(200);
      expect(done.html).toContain('Your new password is set');
      expect(await corp.check('CORP', 'jane', SECOND)).toBe('ok');
      expect(await corp.check('CORP', 'jane', FIRST)).toBe('credentials-invalid');
      expect(await corp.states('CORP', 'jane')).toEqual(['completed']);
      const [notice] = await messagesTo(corp.app, corp.database, 'jane@example.test');
      expect(notice?.subject).toBe('Your password for CORP was changed');
    });

    it('shows the rules of the policy before the person types', async () => {
      await add('rules');
      expect(rulesOn((await corp.open('CORP', 'rules')).form)).toEqual([
        'At least 8 characters',
        'Different from your last 3 passwords',
      ]);
    });

    it('shows the stricter one of its own rules and those of the directory', async () => {
      await corp.configure([{ ...domain, settings: { pwd_policy: { min_length: 12, classes: 1 } } }]);
      await add('strict');
      expect(rulesOn((await corp.open('CORP', 'strict')).form)).toEqual([
        'At least 12 characters',
        'Without your name or your login',
        'Not a password that many people use',
        'Different from your last 3 passwords',
      ]);
      await corp.configure([domain]);
    });

    it('says every refusal next to the field, and keeps the session', async () => {
      await add('rita');
      const { browser, form } = await corp.open('CORP', 'rita');
      const short = await save({ browser, form }, 'Sh-0rt');
      expect([short.status, refusalOn(short)]).toEqual([422, 'This password is too short. Use at least 8 characters.']);
      const former = await save({ browser, form: short }, FIRST);
      expect([former.status, refusalOn(former)]).toEqual([
        422,
        'You have used this password before. Choose one that is new.',
      ]);
      const differ = await browser.submit(former, { password: SECOND, repeated: FIRST });
      expect([differ.status, refusalOn(differ)]).toEqual([422, undefined]);
      expect(await corp.check('CORP', 'rita', FIRST)).toBe('ok');
      expect((await save({ browser, form: differ }, SECOND)).status).toBe(200);
      expect(await corp.check('CORP', 'rita', SECOND)).toBe('ok');
      expect(await corp.story('CORP', 'rita')).toEqual([
        'created success',
        'opened success',
        'password-refused refused password-too-short',
        'password-refused refused password-in-history',
        'password-refused refused password-mismatch',
        'completed success',
      ]);
    });

    it('says that a password is too young to be changed, and takes it when its time has come', async () => {
      await add('yann');
      await corp.desk.reset(await corp.desk.link('CORP', 'yann'), SECOND);
      await slapd.replace(slapd.policyDn, { pwdMinAge: '3600' });
      const { browser, form } = await corp.open('CORP', 'yann');
      expect(rulesOn(form)).toContain('At least 1 hour between two changes');
      const young = await save({ browser, form }, THIRD);
      expect([young.status, refusalOn(young)]).toEqual([422, TOO_YOUNG]);
      await slapd.replace(slapd.policyDn, { pwdMinAge: '0' });
      expect((await save({ browser, form: young }, THIRD)).status).toBe(200);
      expect(await corp.check('CORP', 'yann', THIRD)).toBe('ok');
    });

    it('unlocks a person who was locked after failed log-ons', async () => {
      await add('lou');
      await lock('lou');
      const done = await save(await corp.open('CORP', 'lou'), SECOND);
      expect(done.html).toContain('Your new password is set');
      expect(done.html).not.toContain('still locked');
      expect(await locked('lou')).toBe(false);
      expect(await corp.check('CORP', 'lou', SECOND)).toBe('ok');
    });

    it('tells the truth about the lock where the setting leaves unlocking to the help desk', async () => {
      await corp.configure([{ ...domain, settings: { pwreset_unlocks: false } }]);
      await add('ned');
      await lock('ned');
      const done = await save(await corp.open('CORP', 'ned'), SECOND);
      expect(done.html.includes('still locked')).toBe(await locked('ned'));
      expect(await corp.check('CORP', 'ned', SECOND)).toBe((await locked('ned')) ? 'account-locked' : 'ok');
      await corp.configure([domain]);
    });

    it('leaves nobody with "must change" who has just chosen a password', async () => {
      const dn = await add('mia');
      await slapd.replace(dn, { pwdReset: 'TRUE' });
      expect((await corp.person('CORP', 'mia')).person.mustChangePassword).toBe(true);
      expect((await save(await corp.open('CORP', 'mia'), SECOND)).status).toBe(200);
      expect((await corp.person('CORP', 'mia')).person.mustChangePassword).toBe(false);
      expect(await corp.check('CORP', 'mia', SECOND)).toBe('ok');
    });

    it('sends no link to a person whom an administrator locked for good, and ends one under way', async () => {
      const dn = await add('gus');
      const open = await corp.open('CORP', 'gus');
      await slapd.replace(dn, { pwdAccountLockedTime: '000001010000Z' });
      const late = await save(open, SECOND);
      expect(late.status).toBe(404);
      expect(await corp.states('CORP', 'gus')).toEqual(['cancelled']);
      expect(await corp.desk.call({ domain: 'CORP', username: 'gus', method: 'NONE' })).toMatchObject({
        error: { code: -32603, data: `Object 'uid=gus,${slapd.baseDn}' is not an activated user or group` },
      });
    });

    it('answers false where the policy lets nobody change a password', async () => {
      await add('stuck');
      await slapd.replace(slapd.policyDn, { pwdAllowUserChange: 'FALSE' });
      expect(await corp.desk.call({ domain: 'CORP', username: 'stuck', method: 'NONE' })).toMatchObject({
        result: false,
      });
      await slapd.replace(slapd.policyDn, { pwdAllowUserChange: 'TRUE' });
    });
  });
});
