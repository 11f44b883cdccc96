import { afterAll, beforeAll, expect, it } from 'vitest';
import { SystemRandomSource } from '../../../src/core/crypto/random-source.js';
import { plainSecret } from '../../../src/core/crypto/secret-types.js';
import type { Person } from '../../../src/core/directory/directory.js';
import { ldapSettings, type LdapSpec } from '../../../src/core/directory/ldap/ldap-settings.js';
import { ActiveDirectory } from '../../../src/core/directory/active-directory/active-directory.js';
import { DomainError } from '../../../src/core/errors/domain-error.js';
import { SystemClock } from '../../../src/core/time/clock.js';
import { describeWith } from '../../support/describe-with.js';
import { type Samba, startSamba } from '../../support/samba.js';

describeWith('active-directory', 'Active Directory', () => {
  let samba: Samba;
  let directory: ActiveDirectory;

  function open(more: Partial<LdapSpec> = {}): ActiveDirectory {
    const spec: LdapSpec = {
      name: 'ad',
      kind: 'active-directory',
      urls: [samba.url],
      caFile: samba.caFile,
      bindDn: samba.bindDn,
      bindPassword: plainSecret(samba.bindPassword),
      baseDn: samba.baseDn,
      loginAttributes: ['sAMAccountName', 'userPrincipalName', 'cn'],
      ...more,
    };
    return new ActiveDirectory(ldapSettings(spec), { clock: new SystemClock(), random: new SystemRandomSource() });
  }

  beforeAll(async () => {
    samba = await startSamba();
    directory = open();
  });
  afterAll(async () => {
    await directory.close();
    await samba.stop();
  });

  it('finds', async () => {
    await samba.addUser({
      login: 'jane',
      cn: 'Jane Doe',
      password: 'Old-password-1',
      attributes: { mail: 'j@example.test' },
    });
    const jane = (await directory.findByLogin('JANE')) as Person;
    expect(await directory.findByLogin('Jane Doe')).toEqual(jane);
    expect(await directory.findByLogin('jane@corp.example.test')).toEqual(jane);
    expect(await directory.findByKey(jane.key)).toEqual(jane);
    expect(await directory.findByDn(jane.dn.toUpperCase())).toEqual(jane);
    expect(await directory.findByDn('garbage,,=')).toEqual(undefined);
    expect(await directory.verifyPassword(jane, plainSecret('Old-password-1'))).toEqual({ ok: true });
    expect(await directory.verifyPassword(jane, plainSecret('wrong'))).toEqual({
      ok: false,
      code: 'credentials-invalid',
    });
    expect(await directory.verifyPassword(undefined, plainSecret('wrong'))).toEqual({
      ok: false,
      code: 'credentials-invalid',
    });
    await directory.setPassword(jane, plainSecret('New-password-1'));
    expect(await directory.verifyPassword(jane, plainSecret('New-password-1'))).toEqual({ ok: true });
    await expect(directory.setPassword(jane, plainSecret('short'))).rejects.toSatisfy((e) =>
      DomainError.is(e, 'password-too-short'),
    );
    await directory.probe();
  });
});
