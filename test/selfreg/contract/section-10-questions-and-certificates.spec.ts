import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BuiltinPerson } from '../../../src/core/directory/builtin/builtin-person.entity.js';
import type { SeenPage } from '../../support/browserless.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { makePki } from '../../support/test-pki.js';
import { FALSE } from '../../pwreset/contract/answers.js';
import { databaseOfSuite } from '../../pwreset/contract/database-of-suite.js';
import { World } from '../../pwreset/contract/world.js';
import { type Enrolling, enrolmentLink, formTo, pageOf, pastLogin, storedTokens } from './enrolling.js';

const ANSWERS = ['Fontainebleau', 'Rue Haute 4', 'Minette', 'Lilac', 'Mme Weber'];
const FIELDS = Object.fromEntries(
  ANSWERS.flatMap((answer, index) => [
    [`question-${index + 1}`, `What is my own riddle ${index + 1}?`],
    [`answer-${index + 1}`, answer],
  ]),
);

describe('section 10.1: questions and certificates', () => {
  const database = databaseOfSuite();
  let world: World;
  let person: BuiltinPerson;

  beforeAll(async () => {
    world = await World.start(database());
  });
  beforeEach(async () => {
    await world.calm();
    person = await world.person();
  });
  afterAll(() => world.stop());

  async function enter(name: string): Promise<Enrolling> {
    const { browser } = await pastLogin(world, await enrolmentLink(world, person));
    return { browser, page: await browser.get(pageOf(name)) };
  }

  describe('security questions', () => {
    it('are stored all together, without an answer in clear', async () => {
      const { browser, page } = await enter('questions');
      expect((await browser.submit(page, FIELDS)).html).toContain('Set up: security questions');
      expect(await storedTokens(world, person)).toMatchObject([{ slot: 'Questions', status: 'ACTIVE' }]);
      const stored = JSON.stringify(await world.query('SELECT * FROM token_codes'));
      expect(stored).not.toMatch(/fontainebleau/i);
    });

    it.each([
      ['an answer is missing', { 'answer-3': '' }],
      ['an answer is too short', { 'answer-3': 'ab' }],
      ['an answer is there twice', { 'answer-3': 'rue haute4' }],
      ['a question is there twice', { 'question-3': 'What is my own riddle 1?' }],
      ['an answer stands in its question', { 'answer-3': 'riddle' }],
      ['a question is missing', { 'question-3': '' }],
    ])('attack 44: are refused when %s, and answers do not come back', async (_what, fields) => {
      const { browser, page } = await enter('questions');
      const refused = await browser.submit(page, { ...FIELDS, ...fields });
      expect(refused.status).toBe(422);
      expect(refused.html).not.toContain('Fontainebleau');
      expect(await storedTokens(world, person)).toEqual([]);
    });

    it('are those of the domain where people may not write their own', async () => {
      const offered = ['Which town?', 'Which street?', 'Which cat?', 'Which tree?', 'Which teacher?'];
      await world.configure({
        domainSettings: `{ security_questions_own: false, security_questions: ${JSON.stringify(offered)} }`,
      });
      const { browser, page } = await enter('questions');
      expect(page.html).toContain('Which teacher?');
      expect((await browser.submit(page, FIELDS)).status).toBe(422);
      const chosen = Object.fromEntries(offered.map((text, index) => [`question-${index + 1}`, text]));
      expect((await browser.submit(page, { ...FIELDS, ...chosen })).html).toContain('Set up: security questions');
    });
  });

  describe('a certificate', () => {
    const PASSWORD = /id="secret"[^>]*>\s*([A-Z0-9]{24})/;
    const withAuthority = async (): Promise<void> => {
      const { certificateFile, keyFile } = await makePki();
      await world.configure({ more: `pki: { certificateFile: '${certificateFile}', keyFile: '${keyFile}' }` });
    };
    const file = ({ html }: SeenPage): Buffer =>
      Buffer.from(/data:application\/x-pkcs12;base64,([\w+/=]+)/.exec(html)?.[1] ?? '', 'base64');

    it('is not offered by a server that signs none', async () => {
      expect(
        await world.chief.call('SelfReg.Send_Request', { username: person.login, method: 'NONE', application: 'PKI' }),
      ).toEqual(FALSE);
      expect((await enter('certificate')).page.url).toContain('/choose');
    });

    it('is made with its key, as a file that openssl reads', async () => {
      await withAuthority();
      const { browser, page } = await enter('certificate');
      const made = await browser.submit(page, {});
      const path = join(temporaryFolder('p12'), 'certificate.p12');
      writeFileSync(path, file(made));
      const password = PASSWORD.exec(made.html)?.[1] ?? '';
      const read = execFileSync('openssl', ['pkcs12', '-in', path, '-nodes', '-passin', `pass:${password}`], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      expect(read).toContain('-----BEGIN PRIVATE KEY-----');
      expect(read).toContain('-----BEGIN CERTIFICATE-----');
      expect(made.headers.get('cache-control')).toBe('no-store');
      expect(await storedTokens(world, person)).toMatchObject([{ slot: 'Certificate', status: 'ACTIVE' }]);
      expect(PASSWORD.exec((await browser.get(pageOf('certificate'))).html)).toBeNull();
    });

    it('is signed for a request, and names the person of the link', async () => {
      await withAuthority();
      const folder = temporaryFolder('csr');
      const request = execFileSync(
        'openssl',
        ['req', '-new', '-newkey', 'rsa:2048', '-nodes', '-keyout', join(folder, 'key'), '-subj', '/CN=somebody else'],
        { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
      );
      const { browser, page } = await enter('certificate');
      const signed = await browser.submit(formTo(page, pageOf('certificate/sign')), { request });
      const pem = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/.exec(signed.html)?.[0] ?? '';
      const text = execFileSync('openssl', ['x509', '-noout', '-subject'], { input: pem, encoding: 'utf8' });
      expect(text).not.toContain('somebody else');
      expect(await storedTokens(world, person)).toMatchObject([{ slot: 'Certificate', status: 'ACTIVE' }]);
    });

    it.each(['', 'no request', '-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----'])(
      'attack 44: %.40j is no request',
      async (request) => {
        await withAuthority();
        const { browser, page } = await enter('certificate');
        const refused = await browser.submit(formTo(page, pageOf('certificate/sign')), { request });
        expect(refused.status).toBe(422);
        expect(await storedTokens(world, person)).toEqual([]);
      },
    );

    it('replaces another only with consent', async () => {
      await withAuthority();
      const { browser, page } = await enter('certificate');
      await browser.submit(page, {});
      world.app.clock.advance(1);
      const again = await browser.get(pageOf('certificate'));
      expect((await browser.submit(again, {})).status).toBe(422);
      const replaces = /name="replaces" value="([^"]+)"/.exec(again.html)?.[1] ?? '';
      await browser.submit(again, { replaces });
      expect(await storedTokens(world, person)).toMatchObject([{ ended: true }, { ended: false }]);
    });
  });
});
