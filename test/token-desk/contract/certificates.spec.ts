import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { BuiltinPerson } from '../../../src/core/directory/builtin/builtin-person.entity.js';
import { callAs, type Caller, dnOf } from '../../help-desk/contract/desk.js';
import { FALSE } from '../../pwreset/contract/answers.js';
import { databaseOfSuite } from '../../pwreset/contract/database-of-suite.js';
import { World } from '../../pwreset/contract/world.js';
import { storedTokens } from '../../selfreg/contract/enrolling.js';
import { describeWith } from '../../support/describe-with.js';
import type { RpcAnswer } from '../../support/manager-client.js';
import { realPartPath } from '../../support/real-parts.js';
import { makePki, type TestPki } from '../../support/test-pki.js';

const METHOD = 'Sign_Certificate_Request';
const EC = ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];
const DAY_MS = 86_400_000;

/** A request for a new key, made by OpenSSL. */
function requestFor(subject: string, key = EC, ...more: string[]): string {
  const args = ['req', '-new', '-newkey', ...key, '-nodes', '-keyout', '/dev/null', '-subj', subject, '-utf8', ...more];
  return execFileSync(realPartPath('openssl'), args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

describeWith('openssl', 'section 12: Sign_Certificate_Request', () => {
  const database = databaseOfSuite();
  let pki: TestPki;
  let world: World;
  let person: BuiltinPerson;

  beforeAll(async () => {
    pki = await makePki();
    const more = `pki: { certificateFile: '${pki.certificateFile}', keyFile: '${pki.keyFile}' }`;
    world = await World.start(database(), { more });
  });
  beforeEach(async () => {
    await world.calm();
    person = await world.person();
  });
  afterAll(() => world.stop());

  const sign = (subject: string, params: object = {}): Promise<RpcAnswer> =>
    world.chief.call(METHOD, { request: requestFor(subject), ...params });
  const read = ({ result }: RpcAnswer): X509Certificate => new X509Certificate(result as string);

  it('signs the key of the request for the person whom its subject names, and says what the directory says', async () => {
    const request = requestFor(`/O=acme/CN=${person.login}/OU=Evil`);
    const certificate = read(await world.chief.call(METHOD, { request, expires: 30 }));
    expect(certificate.verify(new X509Certificate(pki.certificate.toString('pem')).publicKey)).toBe(true);
    expect(certificate.subject).toContain(`UID=${person.login}`);
    expect(certificate.subject).toContain('O=ACME');
    expect(certificate.subject).not.toContain('Evil');
    expect(certificate.subjectAltName).toBe(`email:${person.mail}`);
    const key = execFileSync(realPartPath('openssl'), ['req', '-noout', '-pubkey'], {
      input: request,
      encoding: 'utf8',
    });
    expect(certificate.publicKey.export({ type: 'spki', format: 'pem' })).toBe(key);
    expect(certificate.validToDate.getTime()).toBe(world.app.clock.now().getTime() + 30 * DAY_MS);
  });

  it('gives PEM without a line break at its end, as the other methods do', async () => {
    const { result } = await sign(`/CN=${person.login}`);
    expect(result).toMatch(/^-----BEGIN CERTIFICATE-----\n[\s\S]+\n-----END CERTIFICATE-----$/);
  });

  it('takes the login from UID rather than from CN, and the default domain without O', async () => {
    const certificate = read(await sign(`/CN=chief/UID=${person.login}`));
    expect(certificate.subject).toContain(`UID=${person.login}`);
  });

  it('is the certificate of that person, in place of the one before, and the person is told', async () => {
    await sign(`/CN=${person.login}`);
    await sign(`/CN=${person.login}`);
    const stored = await storedTokens(world, person);
    expect(stored).toHaveLength(2);
    expect(stored.filter(({ ended }) => !ended)).toMatchObject([{ slot: 'Certificate', status: 'ACTIVE' }]);
    expect(await world.messages(person)).not.toEqual([]);
  });

  it('leaves an audit row that names the administrator and the person', async () => {
    const after = await world.lastAuditId();
    await sign(`/CN=${person.login}`);
    const rows = await world.audit({ after });
    expect(rows).toContainEqual(
      expect.objectContaining({ actor: 'ACME\\chief', target: dnOf(person), outcome: 'success' }),
    );
  });

  it.each([
    ['no request', () => 'x'],
    ['nothing', () => ''],
    [
      'a certificate',
      () => execFileSync(realPartPath('openssl'), ['x509', '-in', pki.certificateFile], { encoding: 'utf8' }),
    ],
    ['a subject without a login', () => requestFor('/O=ACME')],
    ['a short key', () => requestFor(`/CN=${person.login}`, ['rsa:1024'])],
    ['a weak signature', () => requestFor(`/CN=${person.login}`, ['rsa:2048'], '-sha1')],
    [
      'a signature of somebody else',
      () => {
        const der = Buffer.from(requestFor(`/CN=${person.login}`).replaceAll(/-----.*-----|\s/g, ''), 'base64');
        der[der.length - 1] = (der[der.length - 1] ?? 0) ^ 1;
        return `-----BEGIN CERTIFICATE REQUEST-----\n${der.toString('base64')}\n-----END CERTIFICATE REQUEST-----`;
      },
    ],
  ])('answers false to %s', async (_what, request) => {
    expect(await world.chief.call(METHOD, { request: request() })).toEqual(FALSE);
    expect(await storedTokens(world, person)).toEqual([]);
  });

  it.each([0, -1, 3_651])('answers false to %j days', async (expires) => {
    expect(await sign(`/CN=${person.login}`, { expires })).toEqual(FALSE);
  });

  it('answers false where nothing signs', async () => {
    await world.configure({ more: '' });
    expect(await sign(`/CN=${person.login}`)).toEqual(FALSE);
  });

  it.each([
    ['no request', {}, -32602, 'Parameter request missing'],
    ['a number as request', { request: 5 }, -32602, 'Parameter request not String'],
    ['days in words', { request: 'x', expires: 'abc' }, -32602, 'Parameter expires not Integer'],
  ])('refuses %s', async (_what, params, code, data) => {
    expect(await world.chief.call(METHOD, params)).toMatchObject({ error: { code, data } });
  });

  it('says precisely whom it does not find', async () => {
    expect(await sign('/CN=nobody at all')).toMatchObject({
      error: { code: -32603, data: 'User not found ACME\\nobody at all' },
    });
    expect(await sign(`/O=Nowhere/CN=${person.login}`)).toMatchObject({
      error: { code: -32603, data: "Domain 'Nowhere' not existing" },
    });
  });

  it('signs for nobody who is switched off', async () => {
    await world.change(person, { disabled: true });
    expect(await sign(`/CN=${person.login}`)).toMatchObject({ error: { code: -32603 } });
    expect(await storedTokens(world, person)).toEqual([]);
  });

  it.each<[Caller, string]>([
    ['user-manager of ACME', '/CN=plain'],
    ['domain-admin of Umbrella', '/CN=plain'],
    ['domain-admin of ACME', '/CN=chief'],
    ['domain-admin of ACME', '/O=Umbrella/CN=keeper'],
  ])('attack 65: %s signs nothing for %s', async (caller, subject) => {
    await world.person({ login: 'plain' }).catch(() => undefined);
    const answer = await callAs(world, caller, METHOD, { request: requestFor(subject) });
    expect(answer).toMatchObject({ error: { code: -32603, data: 'Access denied' } });
  });

  it('attack 8: a subject names one person, whatever else stands in it', async () => {
    const other = await world.person();
    const certificate = read(await sign(`/CN=${other.login}/UID=${person.login}/emailAddress=${other.mail ?? ''}`));
    expect(certificate.subject).toContain(`UID=${person.login}`);
    expect(certificate.subjectAltName).toBe(`email:${person.mail}`);
    expect(await storedTokens(world, other)).toEqual([]);
  });
});
