import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BuiltinPerson } from '../../../src/core/directory/builtin/builtin-person.entity.js';
import type { SeenPage } from '../../support/browserless.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { databaseOfSuite } from '../../pwreset/contract/database-of-suite.js';
import { World } from '../../pwreset/contract/world.js';
import { type Enrolling, enrolmentLink, formTo, pageOf, pastLogin, storedTokens } from './enrolling.js';

const PUBLIC_KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl jane@laptop';
const NEW_KEY = { type: 'Ed25519', format: 'PEM', passphrase: '', days: '30', uses: '5' };

describe('section 10.1: what is shown once', () => {
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

  const secret = ({ html }: SeenPage): string | undefined => /id="secret"[^>]*>\s*([\s\S]*?)<\//.exec(html)?.[1];
  const assignment = async () =>
    (
      await world.query<{ usage_limit: number; expires: Date | null; state: Record<string, unknown> }>(
        `SELECT ta.usage_limit, ta.expires, t.state FROM token_assignments ta JOIN tokens t ON t.id = ta.token_id
         JOIN accounts a ON a.id = ta.account_id WHERE a.directory_key = $1 ORDER BY ta.created_at DESC LIMIT 1`,
        [person.id],
      )
    )[0];

  describe('an emergency code', () => {
    it('is in one answer and nowhere else', async () => {
      const { browser, page } = await enter('emergency-code');
      const made = await browser.submit(page, {});
      expect(secret(made)?.trim()).toMatch(/^[0-9a-z-]{10,12}$/);
      expect(made.headers.get('cache-control')).toBe('no-store');
      expect(secret(await browser.get(pageOf('emergency-code')))).toBeUndefined();
      expect(await storedTokens(world, person)).toMatchObject([{ slot: 'EmergencyCode1', status: 'ACTIVE' }]);
      const stored = JSON.stringify(await world.query('SELECT * FROM tokens'));
      expect(stored).not.toContain(secret(made)?.trim());
    });

    it('is refused when the person has ten', async () => {
      const { browser, page } = await enter('emergency-code');
      for (let code = 0; code < 10; code++) await browser.submit(page, {});
      expect((await browser.submit(page, {})).status).toBe(422);
      expect(await storedTokens(world, person)).toHaveLength(10);
    });
  });

  describe('an SSH key', () => {
    const made = async (fields: Partial<typeof NEW_KEY> = {}): Promise<SeenPage> => {
      const { browser, page } = await enter('ssh-key');
      return browser.submit(formTo(page, pageOf('ssh-key/make')), { ...NEW_KEY, ...fields });
    };

    it.each(['Ed25519', 'ECDSA 256', 'ECDSA 384', 'ECDSA 521', 'RSA 3072', 'RSA 4096'])(
      'is made: %s, and its private half is in one answer',
      async (type) => {
        const page = await made({ type });
        expect(secret(page)).toContain('-----BEGIN OPENSSH PRIVATE KEY-----');
        expect(page.headers.get('cache-control')).toBe('no-store');
        expect(await storedTokens(world, person)).toMatchObject([{ slot: 'SSHKey', status: 'ACTIVE' }]);
        const stored = await assignment();
        expect(stored?.usage_limit).toBe(5);
        expect(stored?.expires).toEqual(world.app.clock.in(30 * 86_400));
        expect(JSON.stringify(stored)).not.toContain('PRIVATE');
      },
    );

    it('is one that ssh-keygen reads, with the fingerprint on the page', async () => {
      const page = await made();
      const file = join(temporaryFolder('ssh'), 'key');
      writeFileSync(file, secret(page) ?? '', { mode: 0o600 });
      const printed = execFileSync('ssh-keygen', ['-l', '-f', file], { encoding: 'utf8' });
      const fingerprint = /SHA256:[\w+/]+/.exec(page.html)?.[0];
      expect(printed).toContain(fingerprint);
      expect((await assignment())?.state['fingerprint']).toBe(fingerprint);
    });

    it('is made for PuTTY, with a pass phrase', async () => {
      const page = await made({ format: 'PPK', passphrase: 'seven lakes' });
      expect(secret(page)).toContain('PuTTY-User-Key-File-3');
      expect(secret(page)).toContain('Encryption: aes256-cbc');
    });

    it.each([
      [{ days: '361' }],
      [{ days: '-1' }],
      [{ days: 'ten' }],
      [{ uses: '501' }],
      [{ uses: '' }],
      [{ type: 'DSA' }],
      [{ format: 'XML' }],
    ])('attack 44: %j is refused, and nothing stored', async (fields) => {
      expect((await made(fields)).status).toBeGreaterThanOrEqual(400);
      expect(await storedTokens(world, person)).toEqual([]);
    });

    it('is pasted', async () => {
      const { browser, page } = await enter('ssh-key');
      const done = await browser.submit(page, { 'public-key': `\n ${PUBLIC_KEY}\n` });
      expect(done.html).toContain('Your SSH key is set up');
      expect(secret(done)).toBeUndefined();
      expect((await assignment())?.state['type']).toBe('ssh-ed25519');
    });

    it.each(['', 'ssh-dss AAAA', 'ssh-ed25519 AAAA', '-----BEGIN OPENSSH PRIVATE KEY-----', 'x'.repeat(20_000)])(
      'attack 44: %.30j is no public key',
      async (line) => {
        const { browser, page } = await enter('ssh-key');
        expect((await browser.submit(page, { 'public-key': line })).status).toBe(422);
        expect(await storedTokens(world, person)).toEqual([]);
      },
    );

    it('replaces another only with consent', async () => {
      const { browser, page } = await enter('ssh-key');
      await browser.submit(page, { 'public-key': PUBLIC_KEY });
      world.app.clock.advance(1);
      const again = await browser.get(pageOf('ssh-key'));
      const refused = await browser.submit(formTo(again, pageOf('ssh-key/make')), NEW_KEY);
      expect(refused.status).toBe(422);
      expect(await storedTokens(world, person)).toHaveLength(1);
      const replaces = /name="replaces" value="([^"]+)"/.exec(again.html)?.[1] ?? '';
      await browser.submit(formTo(again, pageOf('ssh-key/make')), { ...NEW_KEY, replaces });
      expect(await storedTokens(world, person)).toMatchObject([{ ended: true }, { ended: false, slot: 'SSHKey' }]);
    });

    it('is what a link limited to SpanKey offers, and nothing else', async () => {
      const { page } = await pastLogin(world, await enrolmentLink(world, person, { application: 'SpanKey' }));
      expect(page.html).toContain('SSH key');
      expect(page.html).not.toContain('Authenticator app');
    });
  });
});
