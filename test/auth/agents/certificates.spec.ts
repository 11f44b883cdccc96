import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fetchOver } from '../../support/fetch-over.js';
import { removeTemporaryFolder, temporaryFolder } from '../../support/temporary-folder.js';
import { TestCa, type ServerCertificate } from '../../support/test-ca.js';
import { TestClock } from '../../support/test-clock.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';
import { AgentWorld, VPN, world } from './agent-world.js';

const MAIL = 'name: mail, applications: [], clientId: mail-1, clientSecret: "another secret of an agent"';
const LOOPBACK = { addresses: ['127.0.0.1'], names: ['localhost'] };

const digestOf = ({ certFile }: ServerCertificate): string =>
  new X509Certificate(readFileSync(certFile)).fingerprint256.replaceAll(':', '').toLowerCase();

describe('authentication methods, section 1.3: client certificates of agents', () => {
  const folder = temporaryFolder('agents-pki');
  let ca: TestCa;
  let server: ServerCertificate;
  let vpn: ServerCertificate;
  let sameName: ServerCertificate;
  let foreign: ServerCertificate;
  let expired: ServerCertificate;
  let database: TestDatabase;
  let agents: AgentWorld;
  let plain: AgentWorld;

  const configured = (settings = ''): string =>
    world([`${VPN}, certificates: [${digestOf(vpn)}, ${digestOf(foreign)}, ${digestOf(expired)}]`, MAIL], settings);
  const showing = (certificate?: ServerCertificate): AgentWorld => agents.over(fetchOver(ca.caFile, certificate));

  beforeAll(async () => {
    ca = await TestCa.create(folder);
    const otherFolder = temporaryFolder('agents-pki-other');
    foreign = await (await TestCa.create(otherFolder)).issue('vpn', LOOPBACK);
    server = await ca.issue('server', LOOPBACK);
    vpn = await ca.issue('vpn', LOOPBACK);
    sameName = await (await TestCa.create(temporaryFolder('agents-pki-same'))).issue('vpn', LOOPBACK);
    expired = await ca.issue('late', LOOPBACK, 'expired');
    database = await createTestDatabase('embedded');
    const tls = { cert: server.certFile, key: server.keyFile, clientCa: ca.caFile };
    // Certificates are issued at the machine's time.
    const clock = new TestClock(new Date());
    agents = await AgentWorld.start({ database, clock, environment: { tls }, configuration: configured() });
    plain = await AgentWorld.start({
      database,
      clock,
      environment: { trustedProxies: ['127.0.0.1'] },
      configuration: configured(),
    });
  });
  beforeEach(async () => {
    for (const process of [agents, plain]) await process.configure(configured());
  });
  afterAll(async () => {
    await agents.stop();
    await plain.stop();
    await database.stop();
    removeTemporaryFolder(folder);
  });

  it('lets an agent in that shows its certificate, and says so', async () => {
    const client = showing(vpn);
    for (let call = 0; call < 2; call++) {
      expect(await client.invoke(undefined)).toMatchObject({ status: 200, result: { agent: 'vpn', mutualTls: true } });
    }
  });

  it('lets nobody in with none, one of another authority, one that has expired, or one of the same name', async () => {
    for (const certificate of [undefined, foreign, expired, sameName, server]) {
      expect(await showing(certificate).invoke(undefined)).toMatchObject({ status: 401, error: 120 });
    }
  });

  it('refuses the next request on the same connection when the certificate is taken out of the configuration', async () => {
    const client = showing(vpn);
    expect(await client.invoke(undefined)).toMatchObject({ status: 200 });
    await agents.configure(world([VPN, MAIL]));
    expect(await client.invoke(undefined)).toMatchObject({ status: 401, error: 120 });
  });

  it('lets an agent in with its token and its certificate, and not with the token of another', async () => {
    const own = await plain.token();
    const others = await plain.token('mail-1', 'another secret of an agent');
    expect(await showing(vpn).invoke(own)).toMatchObject({ status: 200, result: { agent: 'vpn', mutualTls: true } });
    expect(await showing().invoke(own)).toMatchObject({ status: 200, result: { agent: 'vpn', mutualTls: false } });
    expect(await showing(vpn).invoke(others)).toMatchObject({ status: 401, error: 120 });
    expect(await showing(vpn).invoke('A'.repeat(43))).toMatchObject({ status: 401, error: 120 });
  });

  const forwarded = (certificate: ServerCertificate) => {
    const pem = readFileSync(certificate.certFile, 'utf8');
    const der = new X509Certificate(pem).raw.toString('base64');
    return { pem: encodeURIComponent(pem), der, rfc9440: `:${der}:`, sha256: digestOf(certificate).toUpperCase() };
  };

  it.each([
    ['url-encoded-pem', 'pem'],
    ['base64-der', 'der'],
    ['base64-der', 'rfc9440'],
    ['sha256', 'sha256'],
  ] as const)('takes a certificate that a trusted proxy forwards as %s (%s)', async (format, form) => {
    await plain.configure(configured(`, agent_certificate_header: X-Client-Cert, agent_certificate_format: ${format}`));
    const call = (certificate: ServerCertificate) =>
      plain.invoke(undefined, { 'x-client-cert': forwarded(certificate)[form], 'x-forwarded-for': '203.0.113.5' });
    expect(await call(vpn)).toMatchObject({
      status: 200,
      result: { agent: 'vpn', mutualTls: true, address: '203.0.113.5' },
    });
    expect(await call(sameName)).toMatchObject({ status: 401 });
    // A mere digest says nothing of the certificate's time; the proxy has to look.
    expect(await call(expired)).toMatchObject({ status: format === 'sha256' ? 200 : 401 });
  });

  it.each(['', 'x', '%', '::', ':AAAA:', '%2D%2D', 'a'.repeat(5_000)])(
    'refuses the forwarded header %j',
    async (header) => {
      for (const format of ['url-encoded-pem', 'base64-der', 'sha256']) {
        await plain.configure(
          configured(`, agent_certificate_header: x-client-cert, agent_certificate_format: ${format}`),
        );
        expect(await plain.invoke(undefined, { 'x-client-cert': header })).toMatchObject({ status: 401, error: 120 });
      }
    },
  );

  it('takes no forwarded certificate from anybody else, nor without the setting', async () => {
    const { pem } = forwarded(vpn);
    expect(await plain.invoke(undefined, { 'x-client-cert': pem })).toMatchObject({ status: 401 });
    await agents.configure(configured(', agent_certificate_header: x-client-cert'));
    expect(await showing().invoke(undefined, { 'x-client-cert': pem })).toMatchObject({ status: 401 });
  });
});
