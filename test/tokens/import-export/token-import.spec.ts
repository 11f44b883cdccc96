import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Audit } from '../../../src/core/audit/audit.js';
import { KeyRing } from '../../../src/core/crypto/key-ring.js';
import { plainSecret } from '../../../src/core/crypto/secret-types.js';
import { Accounts } from '../../../src/core/directory/accounts.js';
import { People } from '../../../src/core/directory/people.js';
import { Configuration } from '../../../src/core/domains/configuration.js';
import { BATCH_SIZE, type ImportOptions, TokenImport } from '../../../src/tokens/import-export/token-import.js';
import { ActivationDispatch } from '../../../src/tokens/activation/activation-dispatch.js';
import { AssignedTokens } from '../../../src/tokens/activation/assigned-tokens.js';
import { TokenBatches } from '../../../src/tokens/import-export/token-batches.js';
import { TokenOwners } from '../../../src/tokens/import-export/token-owners.js';
import { tokenRules } from '../../../src/tokens/token-rules.js';
import { TokenPlaces } from '../../../src/tokens/token-places.js';
import { TokenStore } from '../../../src/tokens/token-store.js';
import { Passcodes } from '../../../src/tokens/verification/passcodes.js';
import { type SecondProcess, secondProcess } from '../../support/second-process.js';
import { type Services, startServices } from '../../support/services.js';
import { describeOnPostgres, eachDatabase, type TestDatabase } from '../../support/test-database.js';
import { TokenFactory } from '../../support/token-factory.js';

/** Base32 of the seed of RFC 4226 and 6238. */
const SEED = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const HEADER = 'serial,secret base32,type,digits,period,counter,owner,not before,not after\n';

function importOf(services: Services): TokenImport {
  const { database, clock } = services;
  const audit = services.get(Audit);
  return new TokenImport(
    services.get(Configuration),
    new TokenBatches(database, audit, clock),
    new TokenOwners(
      database,
      services.get(People),
      services.get(Accounts),
      services.get(TokenStore),
      services.get(AssignedTokens),
      services.get(TokenPlaces),
      audit,
    ),
    services.get(KeyRing),
  );
}

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < text.length; at += 4096) yield Buffer.from(text.slice(at, at + 4096));
}

async function importText(services: Services, text: string | AsyncIterable<Uint8Array>, options: ImportOptions = {}) {
  const remarks: string[] = [];
  const counts = await importOf(services).run(typeof text === 'string' ? bytes(text) : text, options, {
    remark: ({ line, text }) => remarks.push(`${line}: ${text}`),
    progress: () => undefined,
  });
  return { counts, remarks };
}

function tokens(count: number): string {
  return Array.from({ length: count }, (_, i) => `S${String(i).padStart(5, '0')},${SEED},TOTP,6,30,,,,\n`).join('');
}

async function serials({ database }: Services): Promise<string[]> {
  return (await database.query<{ serial: string }>('SELECT serial FROM tokens ORDER BY serial')).map(
    ({ serial }) => serial,
  );
}

eachDatabase((database: () => TestDatabase) => {
  let services: Services;

  beforeEach(async () => {
    services = await startServices(database());
  });
  afterEach(async () => {
    await services.close();
    await database().clear();
  });

  it('stores more than fits into one batch, once, and says so once a batch', async () => {
    const size = 2 * BATCH_SIZE + 1;
    const { counts, remarks } = await importText(services, HEADER + tokens(size));
    expect(counts).toEqual({ stored: size, assigned: 0, present: 0, refused: 0, skipped: 0 });
    expect(remarks).toEqual([]);
    expect(await serials(services)).toHaveLength(size);
    const events = await services.audit('tokens.imported');
    expect(events.map(({ detail }) => detail?.['count'])).toEqual([BATCH_SIZE, BATCH_SIZE, 1]);
    // Plans that servers keep are made for the size that PostgreSQL knows of.
    const [table] = await services.database.query<{ rows: number }>(
      "SELECT reltuples::int AS rows FROM pg_class WHERE relname = 'tokens'",
    );
    expect(table?.rows).toBe(size);
  });

  it('keeps the batches before an interruption, and goes on where it was', async () => {
    const whole = HEADER + tokens(2 * BATCH_SIZE);
    async function* interrupted(): AsyncGenerator<Uint8Array> {
      yield* bytes(whole.slice(0, whole.length * 0.8));
      throw new Error('the disk is gone');
    }
    await expect(importText(services, interrupted())).rejects.toThrow('the disk is gone');
    const before = (await serials(services)).length;
    expect(before).toBeGreaterThanOrEqual(BATCH_SIZE);
    const { counts } = await importText(services, whole, { resume: true });
    expect(counts).toMatchObject({ stored: 2 * BATCH_SIZE - before, present: before, refused: 0 });
  });

  it('gives a token to the person the file names, whose first code is right once', async () => {
    const domain = await services.domain({ name: 'ACME' });
    const jane = await services.factory.account(await services.factory.person(domain, { login: 'jane' }));
    const text = `${HEADER}A1,${SEED},TOTP,6,30,,jane,2000-01-01,2100-01-01\n`;
    expect((await importText(services, text, { domain: 'ACME' })).counts).toMatchObject({ stored: 1, assigned: 1 });
    const [held] = await services.get(TokenStore).ofAccount(services.database.manager, jane.id);
    expect(held).toMatchObject({
      token: { serial: 'A1', product: 'LK/TOTP' },
      assignment: { slot: 'Token1', starts: new Date('2000-01-01'), expires: new Date('2100-01-01') },
    });
    const verify = async () =>
      services.get(Passcodes).verify({
        accountId: jane.id,
        authenticator: 'OTP',
        typed: plainSecret(new TokenFactory(services).code()),
        rules: tokenRules(await services.get(Configuration).snapshot(), domain.id),
        context: { actor: 'person' },
      });
    expect(await verify()).toMatchObject({ ok: true });
    expect(await verify()).toMatchObject({ ok: false, code: 'passcode-replayed' });
  });

  it.each([
    ['AUTO', 'ACTIVE', 0, 0],
    ['NONE', 'INACTIVE', 0, 0],
    ['SEND_CODE', 'INACTIVE', 1, 1],
  ])(
    'section 6.8: %s makes a token that is given %s, with %i code on its way',
    async (activation, status, codes, sent) => {
      const domain = await services.domain({ name: 'ACME' });
      await services.factory.person(domain, { login: 'jane' });
      await services.database.query(
        `INSERT INTO declared_objects (kind, name, position, spec, updated_at) VALUES ('policy', 'apps', 0, $1::jsonb, $2)`,
        [
          JSON.stringify({
            category: 'LK/TOTP',
            applications: [],
            enabled: true,
            priority: 0,
            options: { activation },
          }),
          services.clock.now(),
        ],
      );
      await services.configure({});
      await importText(services, `${HEADER}A1,${SEED},TOTP,6,30,,ACME\\jane,,\n`);
      expect(await services.database.query('SELECT status, slot FROM token_assignments')).toEqual([
        { status, slot: 'Token1' },
      ]);
      expect(await services.database.query('SELECT id FROM activation_codes WHERE to_be_sent')).toHaveLength(codes);
      expect(await services.get(ActivationDispatch).run()).toBe(sent);
      expect(await services.outbox.messages()).toHaveLength(sent);
    },
  );

  it('refuses a token for somebody who has no free place, and stores nothing of it', async () => {
    const domain = await services.domain({ name: 'ACME' });
    await services.factory.person(domain, { login: 'jane' });
    await services.set('token_slots', 1, domain);
    const text = `${HEADER}A1,${SEED},TOTP,6,30,,ACME\\jane,,\nA2,${SEED},TOTP,6,30,,ACME\\jane,,\n`;
    const { counts, remarks } = await importText(services, text);
    expect(counts).toMatchObject({ stored: 1, assigned: 1, refused: 1 });
    expect(remarks).toEqual(['3: the owner has no free place for a token']);
    expect(await serials(services)).toEqual(['A1']);
  });

  it.each([
    ['nobody names a domain', 'jane'],
    ['the domain is empty', '\\jane'],
    ['there are too many parts', 'ACME\\x\\jane'],
  ])('refuses an owner when %s', async (_, owner) => {
    const { remarks } = await importText(services, `${HEADER}A1,${SEED},TOTP,6,30,,${owner},,\n`);
    expect(remarks).toEqual(['2: the owner is no `domain\\login`, and no domain was named']);
    expect(await serials(services)).toEqual([]);
  });

  it('stores the last counter where files name the next one', async () => {
    await importText(services, `${HEADER}A1,${SEED},HOTP,6,,0,,,\nA2,${SEED},HOTP,6,,7,,,\n`);
    const rows = await services.database.query<{ counter: string | null }>(
      'SELECT counter FROM tokens ORDER BY serial',
    );
    expect(rows.map(({ counter }) => counter)).toEqual([null, '6']);
  });
});

describe('one file from two places at once', () => {
  describeOnPostgres('on PostgreSQL', (database) => {
    let processes: { services: Services; stop: () => Promise<void> }[];

    beforeEach(async () => {
      const second: SecondProcess = await secondProcess(database());
      processes = [
        { services: await startServices(database()), stop: () => Promise.resolve() },
        { services: await startServices(database(), { database: second.database }), stop: () => second.stop() },
      ];
    });
    afterEach(async () => {
      for (const { services, stop } of processes) {
        await services.close();
        await stop();
      }
      await database().clear();
    });

    it('is stored once, and each token counts for one of them', async () => {
      const size = 3 * BATCH_SIZE;
      const results = await Promise.all(
        processes.map(({ services }) => importText(services, HEADER + tokens(size), { resume: true })),
      );
      const total = (name: 'stored' | 'present' | 'refused') =>
        results.reduce((sum, { counts }) => sum + counts[name], 0);
      expect([total('stored'), total('present'), total('refused')]).toEqual([size, size, 0]);
    });
  });
});
