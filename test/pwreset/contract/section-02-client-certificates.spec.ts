import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Agent, fetch, type Response } from 'undici';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeWith } from '../../support/describe-with.js';
import { removeTemporaryFolder, temporaryFolder } from '../../support/temporary-folder.js';
import { type ServerCertificate, TestCa } from '../../support/test-ca.js';
import { basic, INVALID_LOGIN, refusal } from './answers.js';
import { databaseOfSuite } from './database-of-suite.js';
import { type AcmeParts, CHIEF, SEND, STAFF_PASSWORD, World } from './world.js';

const CALL = JSON.stringify({ jsonrpc: '2.0', method: SEND, params: {}, id: 0 });
const LET_IN = { error: { code: -32602, data: 'Parameter username missing' }, id: 0 };

/** As `openssl x509 -fingerprint -sha256` prints it. */
function fingerprint({ certFile }: ServerCertificate): string {
  return new X509Certificate(readFileSync(certFile)).fingerprint256;
}

/** Administrators with the certificates that the configuration file gives them. */
function withCertificates(chief: ServerCertificate, keeper: ServerCertificate, mode = 'PKI'): AcmeParts {
  return {
    publicUrl: 'https://portal.example.test',
    settings: `{ manager_auth: ${mode} }`,
    edit: (yaml) =>
      yaml
        .replace('login: chief, role: global-admin', `$&, certificates: ["${fingerprint(chief)}"]`)
        .replace('login: keeper, role: domain-admin', `$&, certificates: ["${fingerprint(keeper)}"]`),
  };
}

describeWith('openssl', 'section 2: manager_auth: PKI, on a listener with TLS', () => {
  const database = databaseOfSuite();
  const folder = temporaryFolder('pki');
  const names = { addresses: [], names: ['desk.example.test'] };
  let world: World;
  let ca: TestCa;
  let certificates: Record<'chief' | 'keeper' | 'unknown' | 'self-signed' | 'foreign', ServerCertificate>;

  beforeAll(async () => {
    ca = await TestCa.create(folder);
    const other = await TestCa.create(temporaryFolder('pki-other'));
    const listener = await ca.issue('listener', { addresses: ['127.0.0.1'], names: [] });
    certificates = {
      chief: await ca.issue('chief', names),
      keeper: await ca.issue('keeper', names),
      unknown: await ca.issue('unknown', names),
      'self-signed': await ca.issue('own', names, 'self-signed'),
      foreign: await other.issue('chief', names),
    };
    const tls = { cert: listener.certFile, key: listener.keyFile, clientCa: ca.caFile };
    const base = withCertificates(certificates.chief, certificates.keeper);
    world = await World.start(database(), base, { environment: { tls } });
  });
  beforeEach(() => world.calm());
  afterAll(async () => {
    await world.stop();
    removeTemporaryFolder(folder);
  });

  async function post(
    authorization: string | undefined,
    certificate: ServerCertificate | undefined,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const own = certificate && {
      cert: readFileSync(certificate.certFile),
      key: readFileSync(certificate.keyFile),
    };
    const dispatcher = new Agent({ connect: { ca: readFileSync(ca.caFile), ...own } });
    return fetch(`${world.app.url}/manag/`, {
      method: 'POST',
      body: CALL,
      dispatcher,
      headers: { ...(authorization !== undefined && { authorization }), connection: 'close', ...headers },
    });
  }

  it('login, password and the certificate stored for that administrator', async () => {
    const response = await post(basic(CHIEF.user, CHIEF.password), certificates.chief);
    expect(await response.json()).toMatchObject(LET_IN);
    const keeper = await post(basic('ACME\\keeper', STAFF_PASSWORD), certificates.keeper);
    expect(await keeper.json()).toMatchObject(LET_IN);
  });

  it.each([
    ['no certificate', undefined],
    ["another administrator's certificate", 'keeper'],
    ['a certificate of our authority that is stored for nobody', 'unknown'],
    ['a self-signed certificate', 'self-signed'],
    ["another authority's certificate", 'foreign'],
  ] as const)('%s: HTTP 200 with -32600', async (_case, name) => {
    const response = await post(basic(CHIEF.user, CHIEF.password), name && certificates[name]);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual(INVALID_LOGIN);
  });

  it('the right certificate does not make up for a wrong password', async () => {
    const response = await post(basic(CHIEF.user, 'wrong'), certificates.chief);
    expect(await response.json()).toEqual(INVALID_LOGIN);
  });

  it('the right certificate without a password: challenged like anybody', async () => {
    const response = await post(undefined, certificates.chief);
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual(refusal('Authentication required'));
  });

  it('a certificate counts for its own administrator only, also of a stored one', async () => {
    const response = await post(basic('ACME\\second chief', STAFF_PASSWORD), certificates.chief);
    expect(await response.json()).toEqual(INVALID_LOGIN);
  });

  it('a stored certificate is of no use to its owner elsewhere: the same login in another domain', async () => {
    const response = await post(basic('Umbrella\\keeper', STAFF_PASSWORD), certificates.keeper);
    expect(await response.json()).toEqual(INVALID_LOGIN);
  });

  it.each(['x-ssl-client-cert', 'ssl-client-cert', 'x-forwarded-client-cert', 'client-cert', 'x-client-cert'])(
    'a certificate in the header %s is none',
    async (name) => {
      const pem = readFileSync(certificates.chief.certFile, 'utf8');
      const headers = { [name]: encodeURIComponent(pem), 'x-ssl-client-verify': 'SUCCESS' };
      const response = await post(basic(CHIEF.user, CHIEF.password), undefined, headers);
      expect(await response.json()).toEqual(INVALID_LOGIN);
    },
  );

  it('a certificate taken out of the configuration file is refused from then on', async () => {
    await world.configure(withCertificates(certificates.unknown, certificates.keeper));
    const old = await post(basic(CHIEF.user, CHIEF.password), certificates.chief);
    expect(await old.json()).toEqual(INVALID_LOGIN);
    const renewed = await post(basic(CHIEF.user, CHIEF.password), certificates.unknown);
    expect(await renewed.json()).toMatchObject(LET_IN);
  });

  it('people, who have no certificate, still get the pages', async () => {
    const dispatcher = new Agent({ connect: { ca: readFileSync(ca.caFile) } });
    const page = await fetch(`${world.app.url}/webapps/pwreset/`, { dispatcher });
    expect(page.status).toBe(404);
    expect(page.headers.get('strict-transport-security')).toMatch(/^max-age=/);
  });

  it('manager_auth: UID asks for no certificate on the same listener', async () => {
    await world.configure(withCertificates(certificates.chief, certificates.keeper, 'UID'));
    const response = await post(basic(CHIEF.user, CHIEF.password), undefined);
    expect(await response.json()).toMatchObject(LET_IN);
  });
});
