import { afterAll, beforeAll, expect, it } from 'vitest';
import { SystemRandomSource } from '../../../src/core/crypto/random-source.js';
import { plainSecret } from '../../../src/core/crypto/secret-types.js';
import type { Person } from '../../../src/core/directory/directory.js';
import { ldapSettings, type LdapSpec } from '../../../src/core/directory/ldap/ldap-settings.js';
import { OpenLdapDirectory } from '../../../src/core/directory/openldap/openldap-directory.js';
import { DomainError } from '../../../src/core/errors/domain-error.js';
import { SystemClock } from '../../../src/core/time/clock.js';
import { describeWith } from '../../support/describe-with.js';
import { type Slapd, startSlapd } from '../../support/slapd.js';

describeWith('openldap', 'OpenLDAP', () => {
  let slapd: Slapd;
  let directory: OpenLdapDirectory;

  function open(more: Partial<LdapSpec> = {}): OpenLdapDirectory {
    const spec: LdapSpec = {
      name: 'corp',
      kind: 'openldap',
      urls: [slapd.url],
      startTls: true,
      caFile: slapd.caFile,
      bindDn: slapd.bindDn,
      bindPassword: plainSecret(slapd.bindPassword),
      baseDn: slapd.baseDn,
      loginAttributes: ['uid', 'cn'],
      ...more,
    };
    return new OpenLdapDirectory(ldapSettings(spec), { clock: new SystemClock(), random: new SystemRandomSource() });
  }

  beforeAll(async () => {
    slapd = await startSlapd({ serviceAccess: 'write' });
    directory = open();
  });
  afterAll(async () => {
    await directory.close();
    await slapd.stop();
  });

  it('finds', async () => {
    await slapd.addPerson({
      uid: 'jane',
      cn: 'Jane Doe',
      password: 'Old-password-1',
      attributes: { mail: 'j@example.test' },
    });
    const jane = (await directory.findByLogin('JANE')) as Person;
    expect(await directory.findByLogin('Jane Doe')).toEqual(jane);
    expect(await directory.findByKey(jane.key)).toEqual(jane);
    expect(await directory.findByDn(jane.dn.toUpperCase())).toEqual(jane);
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
    await expect(directory.setPassword(jane, plainSecret('Old-password-1'))).rejects.toSatisfy((e) =>
      DomainError.is(e, 'password-in-history'),
    );
    await directory.probe();
  });
});
