import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { Database } from '../../../src/core/database/database.js';
import type { BuiltinPerson } from '../../../src/core/directory/builtin/builtin-person.entity.js';
import { Certificates } from '../../../src/tokens/kinds/certificate/certificates.js';
import { Browserless, type SeenPage } from '../../support/browserless.js';
import { describeWith } from '../../support/describe-with.js';
import { fetchOver } from '../../support/fetch-over.js';
import { realPartPath } from '../../support/real-parts.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { type ServerCertificate, TestCa } from '../../support/test-ca.js';
import { makePki, type TestPki } from '../../support/test-pki.js';
import { databaseOfSuite } from './database-of-suite.js';
import { csrfOf, foundOf, type Owing, owing, STEP } from './owing.js';
import { type AcmeParts, NEW_PASSWORD, World } from './world.js';

describeWith('openssl', 'section 10.2: a certificate as second factor', () => {
  const database = databaseOfSuite();
  const folder = temporaryFolder('certificate-factor');
  let world: World;
  let ca: TestCa;
  let pki: TestPki;
  let person: BuiltinPerson;
  let base: AcmeParts;

  beforeAll(async () => {
    ca = await TestCa.create(folder);
    pki = await makePki();
    const { certFile, keyFile } = await ca.issue('listener', { addresses: ['127.0.0.1'], names: [] });
    base = {
      publicUrl: 'https://127.0.0.1:${PORT}',
      more: `pki: { certificateFile: '${pki.certificateFile}', keyFile: '${pki.keyFile}' }`,
    };
    const tls = { cert: certFile, key: keyFile, clientCa: pki.certificateFile };
    world = await World.start(database(), base, { environment: { tls }, send: fetchOver(ca.caFile) });
  });
  beforeEach(async () => {
    await world.calm();
    person = await world.person({ mobile: null });
  });
  afterAll(() => world.stop());

  /** A browser that shows this certificate when it connects. */
  const browser = (certificate?: ServerCertificate, headers: Record<string, string> = {}): Browserless =>
    new Browserless(world.app.url, { 'accept-language': 'en', ...headers }, fetchOver(ca.caFile, certificate));

  /** The person's certificate, signed for a key of theirs and stored. */
  async function enrol(whose = person): Promise<ServerCertificate> {
    const found = await foundOf(world, whose);
    const own = join(temporaryFolder('own'), 'own');
    const [keyFile, certFile] = [`${own}.key`, `${own}.pem`];
    const request = execFileSync(
      realPartPath('openssl'),
      [
        'req',
        '-new',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:P-256',
        '-nodes',
        '-keyout',
        keyFile,
        '-subj',
        '/CN=me',
      ],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    );
    const certificates = world.app.get(Certificates);
    const issued = await certificates.sign(found, request);
    const context = { actor: 'person', domain: 'ACME', target: whose.login };
    await world.app
      .get(Database)
      .transaction((tx) => certificates.enrol(tx, { found, requestId: undefined, context }, issued));
    writeFileSync(certFile, issued.pem);
    return { certFile, keyFile };
  }

  const use = ({ browser: own, page }: Owing): Promise<SeenPage> =>
    own.post(`${STEP}/certificate`, { csrf: csrfOf(page) });

  it('is offered to a browser that has shown one, and leads on to the password', async () => {
    const opened = await owing(world, person, browser(await enrol()));
    expect(opened.page.html).toContain('Use the certificate of this browser');
    const form = await use(opened);
    expect(form.url).toContain('/password');
    const done = await opened.browser.submit(form, { password: NEW_PASSWORD, repeated: NEW_PASSWORD });
    expect(done.html).toContain('Your new password is set');
  });

  it('is explained to a browser that has shown none, and other ways are offered', async () => {
    person = await world.person();
    await enrol();
    const opened = await owing(world, person, browser());
    expect([opened.page.status, opened.page.url]).toEqual([200, expect.stringContaining(STEP)]);
    expect(opened.page.html).toContain('This browser has shown no certificate');
    expect(opened.page.html).not.toContain('Use the certificate');
    expect((await use(opened)).status).toBe(422);
    expect((await opened.browser.get('/webapps/pwreset/password')).url).toContain(STEP);
  });

  it('is nothing for a person who has none, whatever their browser shows', async () => {
    const opened = await owing(world, person, browser(await enrol(await world.person())));
    expect(opened.page.status).toBe(403);
    await use(opened);
    expect((await opened.browser.get('/webapps/pwreset/password')).url).toContain(STEP);
  });

  it("attack 20: somebody else's certificate, a self-signed one and another authority's pass nothing", async () => {
    await enrol();
    const names = { addresses: [], names: ['jane.example.test'] };
    const others = [
      await enrol(await world.person()),
      await ca.issue('foreign', names),
      await ca.issue('own', names, 'self-signed'),
    ];
    for (const other of others) {
      const refused = await use(await owing(world, person, browser(other)));
      expect([refused.status, refused.url]).toEqual([422, expect.stringContaining(STEP)]);
      expect(refused.html).toContain('We could not verify the answer of your authenticator');
    }
  });

  it.each(['x-ssl-client-cert', 'ssl-client-cert', 'x-forwarded-client-cert', 'client-cert'])(
    'attack 20: a certificate in the header %s is none',
    async (name) => {
      person = await world.person();
      const pem = readFileSync((await enrol()).certFile, 'utf8');
      const opened = await owing(world, person, browser(undefined, { [name]: encodeURIComponent(pem) }));
      expect((await use(opened)).status).toBe(422);
      expect((await opened.browser.get('/webapps/pwreset/password')).url).toContain(STEP);
    },
  );

  it('attack 41: a certificate that was replaced, or is over, passes nothing', async () => {
    const old = await enrol();
    await enrol();
    expect((await use(await owing(world, person, browser(old)))).status).toBe(422);
    const other = await world.person({ mobile: null });
    const shown = browser(await enrol(other));
    await world.query(`UPDATE token_assignments SET status = 'DISABLED' WHERE ended_at IS NULL`);
    expect((await owing(world, other, shown)).page.status).toBe(403);
  });

  it('attack 27: wrong certificates lock the link, and the certificates of the person for a while', async () => {
    const own = await enrol();
    const opened = await owing(world, person, browser(await enrol(await world.person())));
    let last = opened.page;
    for (let attempt = 0; attempt < 5; attempt++) last = await use({ ...opened, page: last });
    expect(last.status).toBe(404);
    expect((await use(await owing(world, person, browser(own)))).status).toBe(429);
  });
});
