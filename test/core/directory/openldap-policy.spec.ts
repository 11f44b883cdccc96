import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plainSecret } from '../../../src/core/crypto/secret-types.js';
import type { OpenLdapDirectory } from '../../../src/core/directory/openldap/openldap-directory.js';
import { describeWith } from '../../support/describe-with.js';
import { openLdapOf, personOf } from '../../support/ldap-directories.js';
import { type Slapd, startSlapd } from '../../support/slapd.js';
import { TestClock } from '../../support/test-clock.js';

const PEOPLE = 'ou=people,dc=example,dc=test';
const FOR_GOOD = '000001010000Z';

/** Logs on with a wrong password until the account is locked. */
async function lock(directory: OpenLdapDirectory, login: string): Promise<void> {
  const person = await personOf(directory, login);
  for (let i = 0; i < 3; i++) await directory.verifyPassword(person, plainSecret('wrong'));
}

describeWith('openldap', 'OpenLDAP: password policy', () => {
  describe.each(['write', 'manage'] as const)('with %s access to passwords', (serviceAccess) => {
    let slapd: Slapd;
    let directory: OpenLdapDirectory;
    const clock = new TestClock(new Date());

    beforeAll(async () => {
      slapd = await startSlapd({ serviceAccess, mustChange: true });
      directory = openLdapOf(slapd, {}, clock);
    });

    afterAll(async () => {
      await directory.close();
      await slapd.stop();
    });

    async function refusalOf(login: string, password: string): Promise<unknown> {
      const person = await personOf(directory, login);
      return directory.setPassword(person, plainSecret(password)).then(
        () => undefined,
        (error: { code: unknown }) => error.code,
      );
    }

    it('reads the rules in force', async () => {
      await slapd.addPerson({ uid: 'rules' });
      expect(await directory.passwordRules(await personOf(directory, 'rules'))).toEqual({ minLength: 8, history: 3 });
    });

    it('reads the rules that the entry names in place of the default', async () => {
      const own = 'cn=strict,ou=policies,dc=example,dc=test';
      await slapd.modify(
        [
          `dn: ${own}`,
          'changetype: add',
          'objectClass: applicationProcess',
          'objectClass: pwdPolicy',
          'cn: strict',
          'pwdAttribute: userPassword',
          'pwdMinLength: 14',
          'pwdMaxLength: 64',
          'pwdCheckQuality: 2',
          'pwdMinAge: 3600',
          'pwdMaxAge: 7776000',
          'pwdInHistory: 10',
          'pwdAllowUserChange: FALSE',
          '',
        ].join('\n'),
      );
      await slapd.addPerson({ uid: 'strict', attributes: { pwdPolicySubentry: own } });
      const configured = openLdapOf(slapd, { ppolicyDn: slapd.policyDn });
      const person = await personOf(configured, 'strict');
      expect(await configured.passwordRules(person)).toEqual({
        minLength: 14,
        maxLength: 64,
        history: 10,
        minAge: 3600,
        maxAge: 7776000,
      });
      expect(person.mayChangePassword).toBe(false);
      await expect(configured.setPassword(person, plainSecret('A-long-enough-one-1'))).rejects.toMatchObject({
        code: 'password-change-forbidden',
      });
      await configured.close();
      await slapd.modify(`dn: uid=strict,${PEOPLE}\nchangetype: delete\n\ndn: ${own}\nchangetype: delete\n`);
    });

    it('refuses each broken rule with its own code', async () => {
      await slapd.addPerson({ uid: 'rita', password: 'Ritas-password-1' });
      expect(await refusalOf('rita', 'short')).toBe('password-too-short');
      expect(await refusalOf('rita', 'Ritas-password-1')).toBe('password-in-history');
      expect(await refusalOf('rita', 'Ritas-password-2')).toBeUndefined();
      expect(await refusalOf('rita', 'Ritas-password-1')).toBe('password-in-history');
      expect(await refusalOf('rita', 'Ritas-password-2')).toBe('password-in-history');
      const rita = await personOf(directory, 'rita');
      expect(await directory.verifyPassword(rita, plainSecret('Ritas-password-2'))).toEqual({ ok: true });
    });

    it('refuses a change too soon after the last', async () => {
      await slapd.addPerson({ uid: 'yann', password: 'Yanns-password-1' });
      expect(await refusalOf('yann', 'Yanns-password-2')).toBeUndefined();
      await slapd.replace(slapd.policyDn, { pwdMinAge: '3600' });
      expect(await refusalOf('yann', 'Yanns-password-3')).toBe('password-too-young');
      await slapd.replace(slapd.policyDn, { pwdMinAge: '0' });
      expect(await refusalOf('yann', 'Yanns-password-3')).toBeUndefined();
    });

    it('leaves nobody who chose a password by a link with "must change"', async () => {
      const dn = await slapd.addPerson({ uid: 'mia', password: 'Mias-password-1' });
      await slapd.replace(dn, { pwdReset: 'TRUE' });
      const mia = await personOf(directory, 'mia');
      expect(mia.mustChangePassword).toBe(true);
      expect(await directory.verifyPassword(mia, plainSecret('Mias-password-1'))).toEqual({
        ok: false,
        code: 'password-must-change',
      });
      expect(await directory.verifyPassword(mia, plainSecret('wrong'))).toEqual({
        ok: false,
        code: 'credentials-invalid',
      });
      await directory.setPassword(mia, plainSecret('Mias-password-2'));
      expect((await personOf(directory, 'mia')).mustChangePassword).toBe(false);
      expect(await directory.verifyPassword(mia, plainSecret('Mias-password-2'))).toEqual({ ok: true });
    });

    it('sees a lock after failed log-ons, and lifts it', async () => {
      await slapd.addPerson({ uid: 'lou', password: 'Lous-password-1' });
      await lock(directory, 'lou');
      const lou = await personOf(directory, 'lou');
      expect(lou.locked).toBe(true);
      expect(await directory.verifyPassword(lou, plainSecret('Lous-password-1'))).toMatchObject({ ok: false });
      await directory.unlock(lou);
      expect((await personOf(directory, 'lou')).locked).toBe(false);
      expect(await directory.verifyPassword(lou, plainSecret('Lous-password-1'))).toEqual({ ok: true });
      await directory.unlock(lou);
    });

    it('sees by the clock when a lock has run out', async () => {
      await slapd.addPerson({ uid: 'tim', password: 'Tims-password-1' });
      await lock(directory, 'tim');
      const now = clock.now();
      clock.advance(299);
      expect((await personOf(directory, 'tim')).locked).toBe(true);
      clock.advance(10);
      expect((await personOf(directory, 'tim')).locked).toBe(false);
      clock.advance((now.getTime() - clock.now().getTime()) / 1000);
    });

    it('lifts the lock with a new password', async () => {
      await slapd.addPerson({ uid: 'ned', password: 'Neds-password-1' });
      await lock(directory, 'ned');
      const ned = await personOf(directory, 'ned');
      await directory.setPassword(ned, plainSecret('Neds-password-2'));
      expect(await directory.verifyPassword(ned, plainSecret('Neds-password-2'))).toEqual({ ok: true });
    });

    it('leaves an account alone that an administrator locked for good', async () => {
      const dn = await slapd.addPerson({ uid: 'gus', password: 'Guss-password-1' });
      await slapd.replace(dn, { pwdAccountLockedTime: FOR_GOOD });
      const gus = await personOf(directory, 'gus');
      expect(gus).toMatchObject({ disabled: true, locked: false });
      expect(await refusalOf('gus', 'Guss-password-2')).toBe('account-disabled');
      await directory.unlock(gus);
      expect((await personOf(directory, 'gus')).disabled).toBe(true);
    });

    it('sees accounts before their first and after their last day', async () => {
      await slapd.addPerson({ uid: 'end', attributes: { pwdEndTime: '20200101000000Z' } });
      await slapd.addPerson({ uid: 'start', attributes: { pwdStartTime: '29990101000000Z' } });
      expect(await personOf(directory, 'end')).toMatchObject({ expired: true, disabled: false });
      expect(await personOf(directory, 'start')).toMatchObject({ expired: false, disabled: true });
    });

    it('tells an expired password from a wrong one', async () => {
      const dn = await slapd.addPerson({ uid: 'old', password: 'Olds-password-1' });
      await slapd.replace(slapd.policyDn, { pwdMaxAge: '60' });
      await slapd.replace(dn, { pwdChangedTime: '20200101000000Z' });
      const old = await personOf(directory, 'old');
      const expired = { ok: false, code: 'password-expired' };
      expect(await directory.verifyPassword(old, plainSecret('Olds-password-1'))).toEqual(expired);
      expect(await directory.verifyPassword(old, plainSecret('wrong'))).toMatchObject({ code: 'credentials-invalid' });
      await slapd.replace(slapd.policyDn, { pwdMaxAge: '0' });
    });

    it('says in the pre-flight whether the server checks passwords by itself', async () => {
      const finding = (await directory.examine()).find(({ subject }) => subject.endsWith('password policy'));
      expect(finding?.ok).toBe(serviceAccess === 'write');
      expect(finding?.text).toMatch(
        serviceAccess === 'write' ? /enforced by the server/ : /give it write access instead/,
      );
    });
  });

  describe('with other settings', () => {
    let slapd: Slapd;
    let directory: OpenLdapDirectory;

    afterAll(async () => {
      await directory.close();
      await slapd.stop();
    });

    it('says that the service account may not set passwords', async () => {
      slapd = await startSlapd({ serviceAccess: 'read', tellsLock: true });
      directory = openLdapOf(slapd);
      await slapd.addPerson({ uid: 'jane', password: 'Janes-password-1' });
      const jane = await personOf(directory, 'jane');
      await expect(directory.setPassword(jane, plainSecret('Janes-password-2'))).rejects.toMatchObject({
        code: 'directory-rights-missing',
      });
      expect(await directory.verifyPassword(jane, plainSecret('Janes-password-1'))).toEqual({ ok: true });
      const finding = (await directory.examine()).find(({ subject }) => subject.endsWith('passwords'));
      expect(finding).toEqual({
        ok: false,
        subject: 'directory corp: passwords',
        text: 'the service account may not set passwords; give it write access to the attribute userPassword of people',
      });
    });

    it('passes on that an account is locked where the server tells', async () => {
      await slapd.addPerson({ uid: 'lou', password: 'Lous-password-1' });
      await lock(directory, 'lou');
      expect(await directory.verifyPassword(await personOf(directory, 'lou'), plainSecret('Lous-password-1'))).toEqual({
        ok: false,
        code: 'account-locked',
      });
      await expect(directory.unlock(await personOf(directory, 'lou'))).rejects.toMatchObject({
        code: 'directory-rights-missing',
      });
    });

    it('maps a policy that wants the old password', async () => {
      await slapd.replace(slapd.policyDn, { pwdSafeModify: 'TRUE' });
      const jane = await personOf(directory, 'jane');
      await expect(directory.setPassword(jane, plainSecret('Janes-password-2'))).rejects.toMatchObject({
        code: 'password-change-forbidden',
      });
    });
  });
});
