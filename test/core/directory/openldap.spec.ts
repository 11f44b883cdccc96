import { afterAll, beforeAll, expect, it } from 'vitest';
import { plainSecret } from '../../../src/core/crypto/secret-types.js';
import type { OpenLdapDirectory } from '../../../src/core/directory/openldap/openldap-directory.js';
import { describeWith } from '../../support/describe-with.js';
import { openLdapWorld } from '../../support/directory-worlds.js';
import { openLdapOf, personOf } from '../../support/ldap-directories.js';
import { type Slapd, startSlapd } from '../../support/slapd.js';
import { describeDirectoryPort } from './port/index.js';
import type { PortWorld } from './port/port-world.js';

const WRONG = { ok: false, code: 'credentials-invalid' };

describeWith('openldap', 'OpenLDAP: people and their passwords', () => {
  let slapd: Slapd;
  let directory: OpenLdapDirectory;
  let world: PortWorld;

  beforeAll(async () => {
    slapd = await startSlapd({ serviceAccess: 'write', mustChange: true, keepsPeople: true });
    directory = openLdapOf(slapd);
    world = openLdapWorld(slapd);
    await slapd.addPerson({
      uid: 'jane',
      cn: 'Jane Doe',
      sn: 'Doe',
      password: 'Janes-password-1',
      attributes: {
        givenName: 'Jane',
        mail: 'jane@example.test',
        mobile: '+35226000001',
        preferredLanguage: 'fr-LU',
      },
    });
  });

  afterAll(async () => {
    await world.directory.close();
    await directory.close();
    await slapd.stop();
  });

  describeDirectoryPort(() => world);

  it('describes a person by the configured attributes', async () => {
    expect(await directory.findByLogin('jane')).toEqual({
      key: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) as string,
      dn: 'uid=jane,ou=people,dc=example,dc=test',
      login: 'jane',
      logins: ['jane', 'Jane Doe'],
      displayName: 'Jane Doe',
      firstName: 'Jane',
      lastName: 'Doe',
      mail: 'jane@example.test',
      mobile: '+35226000001',
      language: 'fr-LU',
      disabled: false,
      locked: false,
      expired: false,
      mustChangePassword: false,
      mayChangePassword: true,
      passwordChangedAt: undefined,
    });
  });

  it('attack 28: finds the same key under every login and spelling', async () => {
    const { key } = await personOf(directory, 'jane');
    for (const login of ['JANE', 'Jane Doe', 'jane doe', ' jane ', 'jane  doe']) {
      expect((await personOf(directory, login)).key).toBe(key);
    }
  });

  it('finds by key and by name, in any spelling the directory holds equal', async () => {
    const jane = await personOf(directory, 'jane');
    expect(await directory.findByKey(jane.key.toUpperCase())).toEqual(jane);
    expect(await directory.findByDn('UID=Jane, OU=People, DC=example, DC=test')).toEqual(jane);
  });

  it('finds nobody outside of the base or of the user filter, by name neither', async () => {
    expect(await directory.findByDn(slapd.bindDn)).toBeUndefined();
    expect(await directory.findByLogin('latchkey')).toBeUndefined();
    const narrow = openLdapOf(slapd, { userFilter: '(&(objectClass=inetOrgPerson)(!(uid=jane)))' });
    const jane = await personOf(directory, 'jane');
    expect(await narrow.findByLogin('jane')).toBeUndefined();
    expect(await narrow.findByDn(jane.dn)).toBeUndefined();
    expect(await narrow.findByKey(jane.key)).toBeUndefined();
    await narrow.close();
  });

  it('understands escapes in the user filter', async () => {
    await slapd.addPerson({ uid: 'paren', cn: 'Jane (extern) *' });
    const narrow = openLdapOf(slapd, { userFilter: '(cn=*\\28extern\\29 \\2a)' });
    expect(await narrow.findByLogin('paren')).toBeDefined();
    expect(await narrow.findByLogin('jane')).toBeUndefined();
    await narrow.close();
  });

  it('attack 53: takes a login that several people have for an error', async () => {
    for (const uid of ['twin1', 'twin2', 'twin3']) await slapd.addPerson({ uid, cn: 'Twin' });
    await expect(directory.findByLogin('Twin')).rejects.toMatchObject({ code: 'account-ambiguous' });
    expect(await directory.findByLogin('Tw*')).toBeUndefined();
    expect(await directory.findByLogin('*')).toBeUndefined();
  });

  it('attack 50: refuses empty and blank passwords without a bind', async () => {
    const jane = await personOf(directory, 'jane');
    const unreachable = openLdapOf(slapd, { urls: ['ldap://127.0.0.1:1'] });
    for (const password of ['', ' ', '\t\n ', '\u00a0', '\0', 'Janes-password-1\0', 'a\ud800']) {
      expect(await unreachable.verifyPassword(jane, plainSecret(password))).toEqual(WRONG);
    }
    await unreachable.close();
  });

  it('attack 52: finds no wrong password right, whatever it looks like', async () => {
    await slapd.addPerson({ uid: 'empty' });
    const people = [await personOf(directory, 'jane'), await personOf(directory, 'empty'), undefined];
    const hash = '{SSHA}0op0qJBnckBFJSExiNHDe6/CTkFVKp7z';
    for (const password of ['*', 'x', hash, '{CLEARTEXT}x', "' or '1'='1", 'é'.repeat(500), 'a'.repeat(100_000)]) {
      for (const person of people) expect(await directory.verifyPassword(person, plainSecret(password))).toEqual(WRONG);
      await slapd.replace(people[0]?.dn ?? '', { pwdFailureTime: [], pwdAccountLockedTime: [] });
    }
  });

  it('attack 50: sets no empty password, for which slapd would make up one', async () => {
    const jane = await personOf(directory, 'jane');
    for (const password of ['', '   ', 'a\0b']) {
      await expect(directory.setPassword(jane, plainSecret(password))).rejects.toMatchObject({
        code: 'password-refused',
      });
    }
    expect(await directory.verifyPassword(jane, plainSecret('Janes-password-1'))).toEqual({ ok: true });
  });

  it('attack 19: lifts no lock of an entry made again under the same name', async () => {
    const dn = await slapd.addPerson({ uid: 'ashes', password: 'Ashes-password-1' });
    const former = await personOf(directory, 'ashes');
    await slapd.modify(`dn: ${dn}\nchangetype: delete\n`);
    await slapd.addPerson({ uid: 'ashes', password: 'Ashes-password-2' });
    await expect(directory.unlock(former)).rejects.toMatchObject({ code: 'account-not-found' });
  });

  it('attack 49: serves people whose names begin or end with a space, or look escaped', async () => {
    for (const uid of [' lead', 'trail ', '\\2a']) {
      const dn = await slapd.addPerson({ uid, cn: 'special', password: 'Special-password-1' });
      const person = await personOf(directory, uid);
      expect(await directory.findByDn(dn)).toEqual(person);
      expect(await directory.findByDn(person.dn)).toEqual(person);
      expect(await directory.verifyPassword(person, plainSecret('Special-password-1'))).toEqual({ ok: true });
      await directory.setPassword(person, plainSecret('Special-password-2'));
      expect(await directory.verifyPassword(person, plainSecret('Special-password-2'))).toEqual({ ok: true });
      await slapd.modify(`dn:: ${Buffer.from(dn).toString('base64')}\nchangetype: delete\n`);
    }
  });

  it('proves what the service account may do, and changes nobody', async () => {
    const before = await personOf(directory, 'jane');
    const findings = await directory.examine();
    expect(findings.map(({ ok, subject }) => [ok, subject])).toEqual([
      [false, `directory corp: server ${slapd.url}`],
      [true, 'directory corp: service account'],
      [true, 'directory corp: people'],
      [true, 'directory corp: passwords'],
      [true, 'directory corp: password policy'],
      [true, 'directory corp: unlocking'],
    ]);
    expect(findings[0]?.text).toMatch(/TLSv1\.3.*valid until.*renew/);
    expect(findings[4]?.text).toBe('found, and enforced by the server');
    expect(await personOf(directory, 'jane')).toEqual(before);
    expect(await directory.verifyPassword(before, plainSecret('Janes-password-1'))).toEqual({ ok: true });
  });

  it('says what to do about a service account that cannot log on', async () => {
    const wrong = openLdapOf(slapd, { bindPassword: plainSecret('not-the-Secret') });
    await expect(wrong.probe()).rejects.toMatchObject({ code: 'directory-misconfigured' });
    await expect(wrong.findByLogin('jane')).rejects.toMatchObject({ code: 'directory-misconfigured' });
    const findings = await wrong.examine();
    expect(findings[1]).toMatchObject({ ok: false, subject: 'directory corp: service account' });
    expect(findings[1]?.text).toMatch(/check bindDn, bindPassword and baseDn.*invalidCredentials/);
    expect(JSON.stringify(findings)).not.toContain('not-the-Secret');
    await wrong.close();
  });

  it('says what is wrong with a base that does not exist and a filter that is none', async () => {
    const lost = openLdapOf(slapd, { baseDn: 'ou=elsewhere,dc=example,dc=test' });
    await expect(lost.probe()).rejects.toMatchObject({ code: 'directory-misconfigured' });
    await expect(lost.findByLogin('jane')).rejects.toMatchObject({ code: 'directory-misconfigured' });
    await lost.close();
    expect(() => openLdapOf(slapd, { userFilter: '(((' })).toThrow(
      expect.objectContaining({ code: 'directory-misconfigured' }),
    );
  });
});
