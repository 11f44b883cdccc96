import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWith } from '../support/describe-with.js';
import { type Slapd, startSlapd } from '../support/slapd.js';
import { removeTemporaryFolder, temporaryFolder } from '../support/temporary-folder.js';
import { latchkey } from './command-harness.js';

describeWith('openldap', 'doctor with a declared OpenLDAP', () => {
  const folder = temporaryFolder('doctor');
  const variables = { LATCHKEY_DATA_DIR: join(folder, 'data') };
  let slapd: Slapd;

  beforeAll(async () => {
    slapd = await startSlapd({ serviceAccess: 'write' });
    await slapd.addPerson({ uid: 'jane', password: 'correct horse 9' });
    await latchkey(['migrate'], variables);
  });
  afterAll(async () => {
    await slapd.stop();
    removeTemporaryFolder(folder);
  });

  const examine = async (bindPassword: string, connection: string) => {
    const path = join(folder, 'latchkey.yaml');
    writeFileSync(
      path,
      `publicUrl: https://id.example.test
directories:
  - name: corp
    kind: openldap
    bindDn: ${slapd.bindDn}
    bindPassword: "\${LDAP_BIND_PASSWORD}"
    baseDn: ${slapd.baseDn}
    loginAttributes: [uid, cn]
    attributes: { displayName: cn, mobile: mobile }
    ${connection}
domains: [{ name: ACME, directory: corp }]
`,
    );
    const applied = await latchkey(['apply', path], { ...variables, LDAP_BIND_PASSWORD: bindPassword });
    expect(applied).toMatchObject({ code: 0, err: '' });
    return latchkey(['doctor'], variables);
  };

  it('proves that people can be found and passwords be set', async () => {
    const { code, out } = await examine(
      slapd.bindPassword,
      `urls: ["${slapd.url}"]\n    startTls: true\n    caFile: ${slapd.caFile}`,
    );
    const lines = out.split('\n').filter((line) => line.includes('directory corp: '));
    // The certificate of the test lives for a day, which is worth a word of its own.
    expect(lines.shift()).toMatch(/^✗ directory corp: server ldap:.*: Answers with TLSv1\.3; .* renew it\.$/);
    expect(lines).toContain('✓ directory corp: people: Can be found.');
    expect(lines).toContain('✓ directory corp: password policy: Found, and enforced by the server.');
    expect(lines.filter((line) => !line.startsWith('✓'))).toEqual([]);
    expect(code).toBe(1);
  });

  it('says that the service account is refused, without its password', async () => {
    const { code, out } = await examine(
      'canary-wrong',
      `urls: ["${slapd.ldapsUrl}"]\n    startTls: false\n    caFile: ${slapd.caFile}`,
    );
    expect(code).toBe(1);
    expect(out).toMatch(/^✗ directory corp: service account: Cannot be used, check bindDn, bindPassword/m);
    expect(out).not.toContain('canary');
  });

  it('attack 51: says that the certificate is not trusted', async () => {
    const { code, out } = await examine(slapd.bindPassword, `urls: ["${slapd.ldapsUrl}"]`);
    expect(code).toBe(1);
    expect(out).toMatch(/^✗ directory corp: server ldaps:.*: Cannot be used: /m);
  });
});
