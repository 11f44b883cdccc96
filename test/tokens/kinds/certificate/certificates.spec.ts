import { execFileSync } from 'node:child_process';
import { createPrivateKey, X509Certificate as NodeCertificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Configuration } from '../../../../src/core/domains/configuration.js';
import type { Domain } from '../../../../src/core/domains/domain.entity.js';
import { DomainError } from '../../../../src/core/errors/domain-error.js';
import type { EnrolmentHolder } from '../../../../src/tokens/enrolment/enrolment-holder.js';
import { CertificateCheck } from '../../../../src/tokens/kinds/certificate/certificate-check.js';
import { requestedPerson } from '../../../../src/tokens/kinds/certificate/certificate-request.js';
import { Certificates, type IssuedCertificate } from '../../../../src/tokens/kinds/certificate/certificates.js';
import { RevocationList } from '../../../../src/tokens/kinds/certificate/revocation-list.js';
import { tokenRules } from '../../../../src/tokens/token-rules.js';
import { TokenStore } from '../../../../src/tokens/token-store.js';
import { describeWith } from '../../../support/describe-with.js';
import { enrolmentHolder } from '../../../support/enrolment-holder.js';
import { realPartPath } from '../../../support/real-parts.js';
import { type Services, startServices } from '../../../support/services.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';
import { createTestDatabase, type TestDatabase } from '../../../support/test-database.js';
import { declarePki, makePki, type TestPki } from '../../../support/test-pki.js';

const DAY = 86_400;

describeWith(['openssl', 'postgresql'], 'certificates', () => {
  let database: TestDatabase;
  let services: Services;
  let certificates: Certificates;
  let domain: Domain;
  let jane: EnrolmentHolder;
  let pki: TestPki;
  let folder: string;

  beforeAll(async () => {
    database = await createTestDatabase('postgresql', { poolSize: 1 });
    pki = await makePki();
  });

  afterAll(async () => {
    await database.stop();
  });

  beforeEach(async () => {
    services = await startServices(database);
    certificates = services.get(Certificates);
    domain = await services.domain({ name: 'ACME' });
    await services.configure({ publicUrl: 'https://id.example.test' });
    await declarePki(services, pki);
    jane = await enrolmentHolder(services, domain, {
      login: 'jane',
      displayName: 'Jane Doe',
      mail: 'jane@example.test',
    });
    folder = temporaryFolder('certificates');
  });

  afterEach(async () => {
    await services.close();
    await database.clear();
  });

  const openssl = (...args: string[]) =>
    execFileSync(realPartPath('openssl'), args, { encoding: 'utf8', cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const refused = (code: string, detail?: string) => (error: unknown) =>
    DomainError.is(error) && error.code === code && (detail === undefined || error.detail === detail);

  /** A request made by OpenSSL, for a new key. */
  function request(...key: string[]): string {
    openssl(
      'req',
      '-new',
      '-newkey',
      ...key,
      '-nodes',
      '-keyout',
      'key.pem',
      '-subj',
      '/CN=administrator/O=Evil',
      '-addext',
      'basicConstraints=critical,CA:TRUE',
      '-addext',
      'subjectAltName=email:boss@example.test',
      '-out',
      'request.pem',
    );
    return readFileSync(join(folder, 'request.pem'), 'utf8');
  }

  const pemOf = (der: Buffer) =>
    `-----BEGIN CERTIFICATE REQUEST-----\n${der.toString('base64')}\n-----END CERTIFICATE REQUEST-----\n`;

  const RSA = ['rsa:2048'] as const;
  const enrol = (issued: IssuedCertificate) =>
    services.database.transaction((tx) => certificates.enrol(tx, jane, issued));

  async function check(pem: string, holder = jane): Promise<string> {
    const rules = tokenRules(await services.get(Configuration).snapshot(), domain.id);
    const attempt = { accountId: holder.found.account.id, certificate: pem, rules, context: { actor: 'person' } };
    const verdict = await services.get(CertificateCheck).verify(attempt);
    return verdict.ok ? 'ok' : verdict.code;
  }

  /** What OpenSSL says of a certificate, against the authority and the list of today. */
  async function verifiedByOpenssl(pem: string): Promise<string> {
    writeFileSync(join(folder, 'person.pem'), pem);
    writeFileSync(join(folder, 'list.der'), await services.get(RevocationList).current());
    openssl('crl', '-inform', 'DER', '-in', 'list.der', '-out', 'list.pem');
    const at = String(Math.floor(services.clock.now().getTime() / 1_000));
    const args = [
      '-CAfile',
      pki.certificateFile,
      '-CRLfile',
      'list.pem',
      '-crl_check',
      '-x509_strict',
      '-purpose',
      'sslclient',
      '-attime',
      at,
    ];
    try {
      return openssl('verify', ...args, 'person.pem').trim();
    } catch (error) {
      return (error as { stderr: string }).stderr;
    }
  }

  it.each([
    RSA,
    ['rsa:4096'],
    ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'],
    ['ec', '-pkeyopt', 'ec_paramgen_curve:P-521'],
  ])('are signed for a request of %j, and OpenSSL takes them', async (...key) => {
    const { pem } = await certificates.sign(jane.found, request(...key.flat()));
    expect(await verifiedByOpenssl(pem)).toBe('person.pem: OK');
  });

  it('attack 20: name the person, whatever the request says', async () => {
    const { pem } = await certificates.sign(jane.found, request(...RSA));
    const certificate = new NodeCertificate(pem);
    expect(certificate.subject.split('\n')).toEqual(['O=ACME', 'CN=Jane Doe', 'UID=jane']);
    expect(certificate.subjectAltName).toBe('email:jane@example.test');
    expect(certificate.ca).toBe(false);
    expect(pem).not.toContain('administrator');
  });

  it('attack 49: name a person whose name means something in a distinguished name', async () => {
    const name = '#0401, CN=administrator + O="x" \\\n<é>';
    const odd = await enrolmentHolder(services, domain, { login: 'odd', displayName: name, mail: null });
    const { pem } = await certificates.sign(odd.found, request(...RSA));
    writeFileSync(join(folder, 'odd.pem'), pem);
    const subject = openssl(
      'x509',
      '-in',
      'odd.pem',
      '-noout',
      '-subject',
      '-nameopt',
      'multiline,utf8,-esc_msb,-esc_ctrl,-esc_2253,-esc_2254',
    );
    expect(subject.match(/commonName/g)).toHaveLength(1);
    expect(subject).toContain(`commonName                = ${name}`);
  });

  it('have random serial numbers, an end, and the address of the list', async () => {
    const csr = request(...RSA);
    const one = await certificates.sign(jane.found, csr, 30);
    const other = await certificates.sign(jane.found, csr);
    expect(one.state.serialNumber).not.toBe(other.state.serialNumber);
    expect(one.state.serialNumber).toMatch(/^[4-7][0-9a-f]{31}$/);
    expect(one.notAfter).toEqual(services.clock.in(30 * DAY));
    writeFileSync(join(folder, 'one.pem'), one.pem);
    const said = openssl('x509', '-in', 'one.pem', '-noout', '-text');
    expect(said).toContain('URI:https://id.example.test/pki/crl');
    expect(said).toContain('TLS Web Client Authentication, E-mail Protection');
  });

  it('never outlive their issuer', async () => {
    const short = await makePki({ notAfter: services.clock.in(10 * DAY) });
    await declarePki(services, short);
    const { notAfter } = await certificates.sign(jane.found, request(...RSA), 30);
    expect(notAfter).toEqual(short.certificate.notAfter);
  });

  it('are signed by an RSA authority too', async () => {
    pki = await makePki({
      algorithm: {
        name: 'RSASSA-PKCS1-v1_5',
        hash: 'SHA-256',
        modulusLength: 2_048,
        publicExponent: new Uint8Array([1, 0, 1]),
      },
    });
    await declarePki(services, pki);
    const { pem } = await certificates.sign(jane.found, request(...RSA));
    expect(await verifiedByOpenssl(pem)).toBe('person.pem: OK');
  });

  it('are packed with a new key into a file that OpenSSL opens with its password, and not without', async () => {
    const { issued, file, password } = await certificates.make(jane.found);
    writeFileSync(join(folder, 'jane.p12'), file);
    const opened = openssl('pkcs12', '-in', 'jane.p12', '-passin', `pass:${password}`, '-nodes');
    const [key = ''] = /-----BEGIN PRIVATE KEY-----[^-]+-----END PRIVATE KEY-----/.exec(opened) ?? [];
    expect(new NodeCertificate(issued.pem).checkPrivateKey(createPrivateKey(key))).toBe(true);
    expect(opened.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
    expect(() => openssl('pkcs12', '-in', 'jane.p12', '-passin', 'pass:wrong', '-nodes')).toThrow('invalid password');
    expect(await verifiedByOpenssl(issued.pem)).toBe('person.pem: OK');
  });

  describe('a request', () => {
    it('says whom it is for, which is no proof', () => {
      const named = (subject: string) => {
        const args = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'key.pem'];
        return requestedPerson(openssl('req', '-new', ...args, '-subj', subject));
      };
      expect(named('/O=ACME/CN=Jane Doe/UID=jane')).toEqual({ login: 'jane', domain: 'ACME' });
      expect(named('/CN=jane')).toEqual({ login: 'jane', domain: undefined });
      expect(named('/C=LU')).toEqual({ login: undefined, domain: undefined });
      expect(() => requestedPerson('nonsense')).toThrow('certificate-request-not-valid');
    });

    it.each([
      ['rsa:1024', ['rsa:1024']],
      ['dsa', ['ec', '-pkeyopt', 'ec_paramgen_curve:secp256k1']],
      ['ed25519', ['ed25519']],
    ])('for a key of %s is refused', async (_, key) => {
      const csr = request(...key);
      await expect(certificates.sign(jane.found, csr)).rejects.toSatisfy(refused('certificate-request-not-valid'));
    });

    it('that its own key has not signed is refused', async () => {
      const own = Buffer.from(request(...RSA).replaceAll(/-----.*-----|\s/g, ''), 'base64');
      const other = Buffer.from(request(...RSA).replaceAll(/-----.*-----|\s/g, ''), 'base64');
      const mixed = Buffer.concat([own.subarray(0, -256), other.subarray(-256)]).toString('base64');
      const pem = `-----BEGIN CERTIFICATE REQUEST-----\n${mixed}\n-----END CERTIFICATE REQUEST-----\n`;
      await expect(certificates.sign(jane.found, pem)).rejects.toSatisfy(
        refused('certificate-request-not-valid', 'signature'),
      );
    });

    it('attack 40: of any bytes is refused', async () => {
      const genuine = Buffer.from(request(...RSA).replaceAll(/-----.*-----|\s/g, ''), 'base64');
      const bent = fc.tuple(fc.nat(genuine.length - 1), fc.integer({ min: 1, max: 255 })).map(([at, bits]) => {
        const bytes = Buffer.from(genuine);
        bytes[at] = (bytes[at] ?? 0) ^ bits;
        return bytes;
      });
      const blocks = fc.oneof(bent, fc.uint8Array()).map((bytes) => pemOf(Buffer.from(bytes)));
      const keyOf = (issued: IssuedCertificate) => new NodeCertificate(issued.pem).publicKey.export({ format: 'jwk' });
      const genuineKey = keyOf(await certificates.sign(jane.found, pemOf(genuine)));
      await fc.assert(
        fc.asyncProperty(fc.oneof(fc.string(), blocks), async (pem) => {
          // Some bytes beside the signed part mean nothing; the key is the one that has signed then.
          const outcome = await certificates
            .sign(jane.found, pem)
            .then(keyOf)
            .catch((error: unknown) => (DomainError.is(error) ? error.code : error));
          expect([genuineKey, 'certificate-request-not-valid']).toContainEqual(outcome);
        }),
        { numRuns: 100 },
      );
      const huge = `-----BEGIN CERTIFICATE REQUEST-----\n${'A'.repeat(1_000_000)}\n-----END CERTIFICATE REQUEST-----`;
      await expect(certificates.sign(jane.found, huge)).rejects.toSatisfy(
        refused('certificate-request-not-valid', 'form'),
      );
    });

    it.each([0, -1, 3_651, 1.5])('for %s days is refused', async (days) => {
      await expect(certificates.sign(jane.found, request(...RSA), days)).rejects.toSatisfy(
        refused('value-out-of-range'),
      );
    });
  });

  describe('shown by a person', () => {
    it('are right while they are that person’s', async () => {
      const issued = await certificates.sign(jane.found, request(...RSA));
      expect(await check(issued.pem)).toBe('no-usable-token');
      await enrol(issued);
      expect(await check(issued.pem)).toBe('ok');
      expect(await check(issued.pem)).toBe('ok');
      expect(await certificates.ofAccount(jane.found.account.id)).toEqual([issued.pem]);
      expect(await services.audit('authenticator.verified')).toHaveLength(2);
    });

    it('attack 8: are of no use to anybody else', async () => {
      const john = await enrolmentHolder(services, domain, { login: 'john' });
      const issued = await certificates.sign(jane.found, request(...RSA));
      const johns = await certificates.sign(john.found, request(...RSA));
      await enrol(issued);
      await services.database.transaction((tx) => certificates.enrol(tx, john, johns));
      expect(await check(issued.pem, john)).toBe('proof-not-valid');
      expect(await check(johns.pem)).toBe('proof-not-valid');
    });

    it('attack 41: are refused when replaced, disabled, over, or of another authority', async () => {
      const first = await certificates.sign(jane.found, request(...RSA), 30);
      const second = await certificates.sign(jane.found, request(...RSA), 30);
      await enrol(first);
      const { assignment } = await enrol(second);
      expect(await check(first.pem)).toBe('proof-not-valid');
      const store = services.get(TokenStore);
      await store.setAssignmentStatus(services.database.manager, assignment.id, 'DISABLED');
      expect(await check(second.pem)).toBe('no-usable-token');
      await store.setAssignmentStatus(services.database.manager, assignment.id, 'ACTIVE');
      await declarePki(services, await makePki());
      expect(await check(second.pem)).toBe('proof-not-valid');
      await declarePki(services, pki);
      expect(await check(second.pem)).toBe('ok');
      services.clock.advance(30 * DAY);
      expect(await check(second.pem)).toBe('no-usable-token');
    });

    it.each(['', 'nonsense', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'])(
      'are refused when they are %j',
      async (text) => {
        await enrol(await certificates.sign(jane.found, request(...RSA)));
        expect(await check(text)).toBe('proof-not-valid');
      },
    );
  });

  describe('the list of revoked ones', () => {
    it('is empty at first, and names who signed it and when the next is due', async () => {
      writeFileSync(join(folder, 'list.der'), await services.get(RevocationList).current());
      const said = openssl(
        'crl',
        '-inform',
        'DER',
        '-in',
        'list.der',
        '-noout',
        '-text',
        '-CAfile',
        pki.certificateFile,
      );
      expect(said).toContain('No Revoked Certificates');
      expect(said).toContain('X509v3 CRL Number');
      expect(said).toContain('Next Update: Aug  4 09:00:00 2026 GMT');
    });

    it('names what was replaced, removed or stopped, within a minute', async () => {
      const first = await certificates.sign(jane.found, request(...RSA));
      const second = await certificates.sign(jane.found, request(...RSA));
      await enrol(first);
      expect(await verifiedByOpenssl(first.pem)).toBe('person.pem: OK');
      const { assignment } = await enrol(second);
      services.clock.advance(60);
      expect(await verifiedByOpenssl(first.pem)).toContain('certificate revoked');
      expect(await verifiedByOpenssl(second.pem)).toBe('person.pem: OK');
      const store = services.get(TokenStore);
      await store.setAssignmentStatus(services.database.manager, assignment.id, 'DISABLED');
      services.clock.advance(60);
      expect(await verifiedByOpenssl(second.pem)).toContain('certificate revoked');
      await store.setAssignmentStatus(services.database.manager, assignment.id, 'ACTIVE');
      services.clock.advance(60);
      expect(await verifiedByOpenssl(second.pem)).toBe('person.pem: OK');
      await store.end(services.database.manager, assignment.id, 'removed');
      services.clock.advance(60);
      const text = openssl('crl', '-inform', 'DER', '-in', 'list.der', '-noout', '-text');
      expect(text).not.toContain('Cessation Of Operation');
      expect(await verifiedByOpenssl(second.pem)).toContain('certificate revoked');
      const whole = openssl('crl', '-inform', 'DER', '-in', 'list.der', '-noout', '-text');
      expect(whole).toContain('Superseded');
      expect(whole).toContain('Cessation Of Operation');
    });
  });

  describe('without an authority that can sign', () => {
    it.each<[string, () => Promise<TestPki>]>([
      ['another key', async () => ({ ...pki, key: (await makePki()).key })],
      ['no key', async () => ({ ...pki, key: 'nonsense' })],
      ['no file', async () => ({ ...pki, certificateFile: join(folder, 'missing.pem') })],
      ['no authority', () => makePki({ isAuthority: false })],
    ])('are not signed: %s', async (_, make) => {
      await declarePki(services, await make());
      await expect(certificates.make(jane.found)).rejects.toSatisfy(refused('feature-locked'));
    });
  });
});
