import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plainSecret } from '../../../src/core/crypto/secret-types.js';
import type { ActiveDirectory } from '../../../src/core/directory/active-directory/active-directory.js';
import { describeWith } from '../../support/describe-with.js';
import { activeDirectoryWorld } from '../../support/directory-worlds.js';
import { activeDirectoryOf, personOf } from '../../support/ldap-directories.js';
import { type Samba, startSamba } from '../../support/samba.js';
import { TestClock } from '../../support/test-clock.js';
import { describeBrokenRegistrations } from './ldap/broken-registrations.js';
import { describeDirectoryPort } from './port/index.js';
import type { PortWorld } from './port/port-world.js';

const WRONG = { ok: false, code: 'credentials-invalid' };
const NORMAL = '512';
const DISABLED = '514';
const LONG_AGO = '131000000000000000';

describeWith('active-directory', 'Active Directory', () => {
  let samba: Samba;
  let directory: ActiveDirectory;
  let world: PortWorld;

  beforeAll(async () => {
    samba = await startSamba();
    directory = activeDirectoryOf(samba);
    world = activeDirectoryWorld(samba);
    await samba.addUser({
      login: 'jane',
      cn: 'Jane Doe',
      password: 'Janes-password-1',
      attributes: {
        givenName: 'Jane',
        sn: 'Doe',
        mail: 'jane@example.test',
        mobile: '+35226000001',
        preferredLanguage: 'de',
      },
    });
  });

  afterAll(async () => {
    await world.directory.close();
    await directory.close();
    await samba.stop();
  });

  describeDirectoryPort(() => world);

  function check(login: string, password: string) {
    return personOf(directory, login).then((person) => directory.verifyPassword(person, plainSecret(password)));
  }

  async function refusalOf(login: string, password: string): Promise<unknown> {
    const person = await personOf(directory, login);
    return directory.setPassword(person, plainSecret(password)).then(
      () => undefined,
      (error: { code: unknown }) => error.code,
    );
  }

  describe('groups', () => {
    it('are those of groups, too', async () => {
      const nested = await world.add({ login: 'nested' });
      await world.addGroup('Inner', [nested]);
      const inner = { ...nested, dn: `CN=Inner,CN=Users,${samba.baseDn}` };
      await world.addGroup('Outer', [inner]);
      expect((await world.directory.groups.of(nested)).map(({ name }) => name)).toEqual(['Inner', 'Outer']);
      const outer = (await world.directory.groups.all()).find(({ name }) => name === 'Outer');
      expect(await world.directory.groups.members(outer?.key ?? '')).toEqual([]);
    });
  });

  describe('people made', () => {
    const newcomer = { login: 'newcomer', displayName: 'New Comer', password: plainSecret('Zufällig-1-Kennwort') };

    describeBrokenRegistrations(() => world.directory as ActiveDirectory);

    it('log on with both names, and hold no right that others have not', async () => {
      const { person } = await world.directory.registry.create(newcomer);
      const attributes = await world.directory.attributes.read(person, ['userPrincipalName', 'userAccountControl']);
      expect(attributes).toEqual({ userPrincipalName: ['newcomer@corp.example.test'], userAccountControl: ['512'] });
      expect((await directory.findByLogin('newcomer@corp.example.test'))?.key).toBe(person.key);
      await world.directory.registry.remove(person);
    });

    it('attack 54: are gone when the directory refuses their password', async () => {
      for (const password of ['Sh-0rt', 'aaaaaaaaaaaaaaaa']) {
        const creation = world.directory.registry.create({ ...newcomer, password: plainSecret(password) });
        await expect(creation).rejects.toMatchObject({ code: expect.stringMatching(/^password-too-/) as string });
        expect(await directory.findByLogin('newcomer')).toBeUndefined();
      }
    });

    it('attack 54: are none without the right to make them', async () => {
      const helpDesk = activeDirectoryOf(samba, { baseDn: samba.peopleDn });
      await expect(helpDesk.registry.create(newcomer)).rejects.toMatchObject({ code: 'directory-rights-missing' });
      const jane = await personOf(helpDesk, 'jane');
      await expect(helpDesk.registry.remove(jane)).rejects.toMatchObject({ code: 'directory-rights-missing' });
      await expect(helpDesk.registry.setDisabled(jane, true)).rejects.toMatchObject({
        code: 'directory-rights-missing',
      });
      expect(await helpDesk.findByLogin('jane')).toEqual(jane);
      expect(await helpDesk.findByLogin('newcomer')).toBeUndefined();
      await helpDesk.close();
    });

    it('have a login that nobody has anywhere in the domain', async () => {
      const taken = { ...newcomer, login: 'latchkey' };
      await expect(world.directory.registry.create(taken)).rejects.toMatchObject({ code: 'login-taken' });
      expect(await world.directory.findByLogin('latchkey')).toBeUndefined();
    });

    it('choose a password themselves when they were made without one', async () => {
      const { person } = await world.directory.registry.create({ login: 'bare', displayName: 'Bare' });
      expect(person).toMatchObject({ disabled: false, mustChangePassword: true });
      await world.directory.setPassword(person, newcomer.password);
      expect(await world.directory.verifyPassword(person, newcomer.password)).toEqual({ ok: true });
      await world.directory.registry.remove(person);
    });
  });

  describe('people', () => {
    it('describes a person by the usual attributes', async () => {
      expect(await directory.findByLogin('jane')).toEqual({
        key: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) as string,
        dn: `CN=Jane Doe,${samba.peopleDn}`,
        login: 'jane',
        logins: ['jane', 'jane@corp.example.test', 'Jane Doe'],
        displayName: 'Jane Doe',
        firstName: 'Jane',
        lastName: 'Doe',
        mail: 'jane@example.test',
        mobile: '+35226000001',
        language: 'de',
        disabled: false,
        locked: false,
        expired: false,
        mustChangePassword: false,
        mayChangePassword: true,
        passwordChangedAt: expect.any(Date) as Date,
      });
    });

    it('attack 28: finds the same key under account name, principal name and common name', async () => {
      const jane = await personOf(directory, 'jane');
      for (const login of ['JANE', 'jane@corp.example.test', 'Jane@CORP.example.TEST', 'Jane Doe', 'jane doe']) {
        expect((await personOf(directory, login)).key).toBe(jane.key);
      }
    });

    it('finds nobody outside of the base, and no machines', async () => {
      const narrow = activeDirectoryOf(samba, { baseDn: samba.peopleDn });
      expect(await narrow.findByLogin('jane')).toBeDefined();
      expect(await narrow.findByLogin('administrator')).toBeUndefined();
      expect(await narrow.findByDn(`CN=Administrator,CN=Users,${samba.baseDn}`)).toBeUndefined();
      await narrow.close();
      expect(await directory.findByLogin('administrator')).toBeDefined();
      expect(await directory.findByLogin('DC1$')).toBeUndefined();
    });

    it('attack 53: takes several hits for an error', async () => {
      await samba.addUser({ login: 'twin1', attributes: { displayName: 'Twin' } });
      await samba.addUser({ login: 'twin2', attributes: { displayName: 'Twin' } });
      const broad = activeDirectoryOf(samba, { loginAttributes: ['displayName'] });
      await expect(broad.findByLogin('Twin')).rejects.toMatchObject({ code: 'account-ambiguous' });
      await broad.close();
    });
  });

  describe('checking a password', () => {
    it('attack 50: refuses empty and blank passwords without a bind', async () => {
      const unreachable = activeDirectoryOf(samba, { urls: ['ldaps://127.0.0.1:1'] });
      const jane = await personOf(directory, 'jane');
      for (const password of ['', ' ', '\t\n', '\0', 'Janes-password-1\0', 'Janes-password-1\0x', '\udfff']) {
        expect(await unreachable.verifyPassword(jane, plainSecret(password))).toEqual(WRONG);
      }
      await unreachable.close();
    });

    it('attack 52: finds no wrong password right', async () => {
      for (const password of ['*', 'x', 'Janes-password-1 ', 'JANES-PASSWORD-1', 'é'.repeat(300)]) {
        expect(await check('jane', password)).toEqual(WRONG);
      }
    });

    it('passes on why a right password does not let in, and nothing about a wrong one', async () => {
      const cases: [string, Record<string, string>, string][] = [
        ['disabled', { userAccountControl: DISABLED }, 'account-disabled'],
        ['expired', { accountExpires: LONG_AGO }, 'account-expired'],
        ['mustchange', { pwdLastSet: '0' }, 'password-must-change'],
      ];
      for (const [login, attributes, code] of cases) {
        const dn = await samba.addUser({ login, password: 'Anybodys-password-1' });
        await samba.replace(dn, attributes);
        expect(await check(login, 'Anybodys-password-1')).toEqual({ ok: false, code });
        expect(await check(login, 'wrong')).toEqual(WRONG);
      }
      expect(await personOf(directory, 'disabled')).toMatchObject({ disabled: true });
      expect(await personOf(directory, 'expired')).toMatchObject({ expired: true });
      expect(await personOf(directory, 'mustchange')).toMatchObject({ mustChangePassword: true });
    });
  });

  describe('setting a password', () => {
    it('ends "must change"', async () => {
      const dn = await samba.addUser({ login: 'mia', password: 'Mias-password-1' });
      await samba.replace(dn, { pwdLastSet: '0' });
      expect(await refusalOf('mia', 'Das-Kennwort-2')).toBeUndefined();
      expect(await personOf(directory, 'mia')).toMatchObject({ mustChangePassword: false });
      expect(await check('mia', 'Das-Kennwort-2')).toEqual({ ok: true });
    });

    it('refuses each broken rule with its own code', async () => {
      await samba.addUser({ login: 'rita', password: 'Ritas-password-1' });
      expect(await refusalOf('rita', 'Sh-0rt')).toBe('password-too-short');
      expect(await refusalOf('rita', 'aaaaaaaaaaaa')).toBe('password-too-simple');
      await samba.setDomainPolicy({ minAge: 3600 });
      expect(await refusalOf('rita', 'Das-Kennwort-2')).toBe('password-too-young');
      await samba.setDomainPolicy({ minAge: 0 });
      expect(await refusalOf('rita', '')).toBe('password-refused');
      expect(await check('rita', 'Ritas-password-1')).toEqual({ ok: true });
    });

    it('leaves accounts alone that are switched off', async () => {
      const dn = await samba.addUser({ login: 'off', password: 'Offs-password-1' });
      await samba.replace(dn, { userAccountControl: DISABLED });
      expect(await refusalOf('off', 'Das-Kennwort-2')).toBe('account-disabled');
      await samba.replace(dn, { userAccountControl: NORMAL });
      expect(await check('off', 'Offs-password-1')).toEqual({ ok: true });
    });

    it('says that the service account may not', async () => {
      expect(await refusalOf('administrator', 'Das-Kennwort-2')).toBe('directory-rights-missing');
    });
  });

  describe('policy', () => {
    it('reads the rules of the domain, without history that the server cannot be made to heed', async () => {
      await samba.setDomainPolicy({ minLength: 9, history: 5, complex: true, minAge: 7200, maxAge: 864_000 });
      expect(await directory.passwordRules(await personOf(directory, 'jane'))).toEqual({
        minLength: 9,
        classes: 3,
        notName: true,
        minAge: 7200,
        maxAge: 864_000,
      });
      await samba.setDomainPolicy({ minLength: 8, history: 3, minAge: 0, maxAge: 0 });
      expect(await directory.passwordRules(await personOf(directory, 'jane'))).toEqual({
        minLength: 8,
        classes: 3,
        notName: true,
      });
    });

    it('reads a fine-grained policy where it may, and claims nothing where it may not', async () => {
      const dn = await samba.addUser({ login: 'fine', password: 'Fines-password-1' });
      await samba.addFineGrainedPolicy('fine', [dn], { minLength: 15, minAge: 60, complex: false });
      const fine = await personOf(directory, 'fine');
      const admin = activeDirectoryOf(samba, {
        bindDn: samba.adminDn,
        bindPassword: plainSecret(samba.adminPassword),
      });
      expect(await admin.passwordRules(fine)).toEqual({ minLength: 15, minAge: 60 });
      await expect(admin.setPassword(fine, plainSecret('Das-Kennwort-2'))).rejects.toMatchObject({
        code: 'password-too-young',
      });
      await admin.close();
      expect(await directory.passwordRules(fine)).toEqual({});
      expect(await refusalOf('fine', 'Das-Kennwort-2')).toBe('password-too-short');
    });

    it('sees a lock after failed log-ons, and lifts it', async () => {
      await samba.setDomainPolicy({ lockoutThreshold: 3, lockoutDuration: 1800 });
      await samba.addUser({ login: 'lou', password: 'Lous-password-1' });
      for (let i = 0; i < 3; i++) await check('lou', 'wrong');
      const lou = await personOf(directory, 'lou');
      expect(lou.locked).toBe(true);
      expect(await check('lou', 'Lous-password-1')).toEqual({ ok: false, code: 'account-locked' });
      await directory.unlock(lou);
      expect(await personOf(directory, 'lou')).toMatchObject({ locked: false });
      expect(await check('lou', 'Lous-password-1')).toEqual({ ok: true });
      await directory.unlock(lou);
      await samba.setDomainPolicy({ lockoutThreshold: 0 });
    });
  });

  describe('pre-flight and connections', () => {
    it('proves what the service account may do, and changes nobody', async () => {
      const narrow = activeDirectoryOf(samba, { baseDn: samba.peopleDn }, new TestClock(new Date(0)));
      const before = await personOf(directory, 'jane');
      const findings = await narrow.examine();
      expect(findings.map(({ ok, subject }) => [ok, subject])).toEqual([
        [true, `directory ad: server ${samba.url}`],
        [true, 'directory ad: service account'],
        [true, 'directory ad: people'],
        [true, 'directory ad: passwords'],
        [true, 'directory ad: unlocking'],
        [true, 'directory ad: password policy'],
      ]);
      expect(findings[5]?.text).toMatch(/does not compare passwords set by the service account with earlier ones/);
      await narrow.close();
      expect(await personOf(directory, 'jane')).toEqual(before);
      expect(await check('jane', 'Janes-password-1')).toEqual({ ok: true });
    });

    it('says which right is missing', async () => {
      const powerless = activeDirectoryOf(samba, {
        bindDn: 'jane@corp.example.test',
        bindPassword: plainSecret('Janes-password-1'),
        baseDn: samba.peopleDn,
      });
      const findings = await powerless.examine();
      expect(findings.filter(({ ok, subject }) => !ok && !subject.includes('server')).map(({ text }) => text)).toEqual([
        expect.stringMatching(/may not set passwords; delegate "Reset password"/) as string,
        expect.stringMatching(/may not lift locks; delegate "Write lockoutTime"/) as string,
      ]);
      await powerless.close();
    });

    it('speaks StartTLS too, and never clear text, whatever is allowed', async () => {
      const startTls = activeDirectoryOf(samba, { urls: [samba.clearUrl], startTls: true });
      await startTls.probe();
      await startTls.close();
      const clear = activeDirectoryOf(samba, { urls: [samba.clearUrl], allowInsecure: true });
      await expect(clear.probe()).rejects.toMatchObject({ code: 'directory-misconfigured' });
      await clear.close();
    });

    it('attack 51: refuses a certificate of an unknown authority', async () => {
      const untrusting = activeDirectoryOf(samba, { caFile: null });
      await expect(untrusting.findByLogin('jane')).rejects.toMatchObject({ code: 'directory-unavailable' });
      await untrusting.close();
      const lab = activeDirectoryOf(samba, { caFile: null, tlsRejectUnauthorized: false });
      await lab.probe();
      await lab.close();
    });

    it('attack 54: changes nothing while the server is away, and comes back with it', async () => {
      const jane = await personOf(directory, 'jane');
      await samba.halt();
      const unavailable = { code: 'directory-unavailable' };
      await expect(directory.findByLogin('jane')).rejects.toMatchObject(unavailable);
      await expect(directory.setPassword(jane, plainSecret('Das-Kennwort-2'))).rejects.toMatchObject(unavailable);
      await expect(directory.verifyPassword(jane, plainSecret('Janes-password-1'))).rejects.toMatchObject(unavailable);
      await samba.start();
      expect(await check('jane', 'Janes-password-1')).toEqual({ ok: true });
    });
  });
});
