import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { KeyRing } from '../../../src/core/crypto/key-ring.js';
import { keyedColumns } from '../../../src/core/crypto/keyed-columns.js';
import { KeyRotation } from '../../../src/core/crypto/rotation/key-rotation.js';
import { KeyUsage } from '../../../src/core/crypto/rotation/key-usage.js';
import { sealedColumns } from '../../../src/core/crypto/rotation/sealed-column.js';
import { plainSecret } from '../../../src/core/crypto/secret-types.js';
import type { Account } from '../../../src/core/directory/account.entity.js';
import { Configuration } from '../../../src/core/domains/configuration.js';
import { DECLARED_SECRET, DeclaredObject } from '../../../src/core/domains/declared-object.entity.js';
import type { Domain } from '../../../src/core/domains/domain.entity.js';
import { seedText, newSeed } from '../../../src/tokens/oath/seed.js';
import { tokenRules } from '../../../src/tokens/token-rules.js';
import { TOKEN_SECRET } from '../../../src/tokens/token-secrets.js';
import { Passcodes } from '../../../src/tokens/verification/passcodes.js';
import { FixedRandom } from '../../support/fixed-random.js';
import { type SecondProcess, secondProcess } from '../../support/second-process.js';
import { type Services, startServices } from '../../support/services.js';
import { describeOnPostgres, eachDatabase, type TestDatabase } from '../../support/test-database.js';
import { TokenFactory } from '../../support/token-factory.js';

const MANY = 1_100;

/** Stores tokens that nobody has, under the key that `services` seal with. */
async function fill(services: Services, count: number): Promise<void> {
  const keyRing = services.get(KeyRing);
  const seed = seedText(newSeed(new FixedRandom('rotation'), 'SHA1'));
  const ids = Array.from({ length: count }, () => randomUUID());
  await services.database.query(
    `INSERT INTO tokens (id, serial, kind, product, secret_sealed, created_at)
     SELECT id, 'R-' || id, 'TOTP', 'LK/TOTP', sealed, now() FROM unnest($1::uuid[], $2::text[]) AS new (id, sealed)`,
    [ids, ids.map(() => keyRing.seal(seed, TOKEN_SECRET))],
  );
}

function keysOf(uses: Awaited<ReturnType<KeyUsage['uses']>>, kind: 'sealed' | 'digest'): string[] {
  return [...new Set(uses.filter((use) => use.kind === kind).map(({ keyId }) => keyId))];
}

eachDatabase((database: () => TestDatabase) => {
  let older: Services;
  let newer: Services;
  let rotation: KeyRotation;
  let usage: KeyUsage;

  beforeEach(async () => {
    older = await startServices(database(), { keyIds: ['k1'] });
    newer = await startServices(database(), { keyIds: ['k2', 'k1'] });
    rotation = new KeyRotation(newer.database, newer.get(KeyRing));
    usage = new KeyUsage(newer.database);
  });
  afterEach(async () => {
    await older.close();
    await newer.close();
    await database().clear();
  });

  it('knows how to walk through every column of sealed values', () => {
    const declared = keyedColumns().filter(({ kind }) => kind === 'sealed');
    expect(declared.length).toBeGreaterThan(2);
    expect(sealedColumns(newer.database.dataSource)).toHaveLength(declared.length);
  });

  it('seals what lies under an older key anew, so that the new one alone opens it, and a second time does nothing', async () => {
    await fill(older, MANY);
    const steps: number[] = [];
    expect(await rotation.stale()).toBe(MANY);
    expect(await rotation.run((done) => steps.push(done))).toEqual({ resealed: MANY, overtaken: 0, lost: 0 });
    expect(steps).toContain(500);
    expect(await rotation.stale()).toBe(0);
    expect(await rotation.run()).toEqual({ resealed: 0, overtaken: 0, lost: 0 });
    const alone = await startServices(database(), { keyIds: ['k2'] });
    const stored = await newer.database.query<{ sealed: never }>('SELECT secret_sealed AS sealed FROM tokens');
    for (const { sealed } of stored)
      expect(alone.get(KeyRing).open(sealed, TOKEN_SECRET)).toMatch(/^[A-Za-z0-9+/]+=*$/);
    await alone.close();
  });

  it('seals the secrets of declared things, several in one row', async () => {
    const secret = (text: string) => older.get(KeyRing).seal(plainSecret(text), DECLARED_SECRET);
    await newer.database.manager.insert(DeclaredObject, {
      kind: 'mail-profile',
      name: `it's "one"`,
      position: 0,
      spec: {},
      secrets: { a: secret('first'), 'b[0].c': newer.get(KeyRing).seal(plainSecret('second'), DECLARED_SECRET) },
      updatedAt: newer.clock.now(),
    });
    expect(await rotation.run()).toMatchObject({ resealed: 1, lost: 0 });
    const [object] = await newer.database.manager.find(DeclaredObject);
    const opened = Object.entries(object?.secrets ?? {}).map(([path, sealed]) => {
      expect(newer.get(KeyRing).isCurrent(sealed)).toBe(true);
      return [path, newer.get(KeyRing).open(sealed, DECLARED_SECRET)];
    });
    expect(opened).toEqual([
      ['a', 'first'],
      ['b[0].c', 'second'],
    ]);
  });

  it('leaves alone what no key opens, and says how much it is', async () => {
    await fill(older, 3);
    await newer.database.query(
      `UPDATE tokens SET secret_sealed = 'k0.a.b.c' WHERE id = (SELECT id FROM tokens LIMIT 1)`,
    );
    expect(await rotation.run()).toEqual({ resealed: 2, overtaken: 0, lost: 1 });
    expect(await rotation.stale()).toBe(1);
  });

  it('tells sealed values from digests, which stay under the key they were made with', async () => {
    const domain = await older.domain({ name: 'ACME' });
    await older.factory.account(await older.factory.person(domain, { login: 'jane' }));
    await older.database.query('UPDATE accounts SET contact_digest = $1', [
      older.get(KeyRing).digest(plainSecret('x'), 'contact'),
    ]);
    await fill(older, 2);
    await rotation.run();
    const uses = await usage.uses();
    expect(keysOf(uses, 'sealed')).toEqual(['k2']);
    expect(keysOf(uses, 'digest')).toEqual(['k1']);
    expect(uses).toContainEqual({ keyId: 'k2', column: 'tokens.secret_sealed', kind: 'sealed', count: 2 });
  });
});

describeOnPostgres('while two servers verify', (database) => {
  let second: SecondProcess;
  let servers: Services[];
  let domain: Domain;

  beforeEach(async () => {
    second = await secondProcess(database(), 10);
    servers = [
      await startServices(database(), { keyIds: ['k2', 'k1'] }),
      await startServices(database(), { keyIds: ['k2', 'k1'], database: second.database }),
    ];
    domain = (await servers[0]?.domain({ name: 'ACME' })) ?? expect.fail();
  });
  afterEach(async () => {
    for (const server of servers) await server.close();
    await second.stop();
    await database().clear();
  });

  it('a rotation costs nobody a passcode, and every passcode is still good once', async () => {
    const [one, other] = servers as [Services, Services];
    const older = await startServices(database(), { keyIds: ['k1'] });
    const factory = new TokenFactory(older);
    const people: Account[] = [];
    for (let i = 0; i < 40; i++) {
      const account = await one.factory.account(await one.factory.person(domain, { login: `p${i}` }));
      await factory.totp(account);
      people.push(account);
    }
    await fill(older, MANY);
    const typed = plainSecret(factory.code());
    const verify = async (server: Services, account: Account) =>
      server.get(Passcodes).verify({
        accountId: account.id,
        authenticator: 'OTP',
        typed,
        rules: tokenRules(await server.get(Configuration).snapshot(), domain.id),
        context: { actor: 'person' },
      });
    const rotate = (server: Services) => new KeyRotation(server.database, server.get(KeyRing)).run();
    const [verdicts, ...rotations] = await Promise.all([
      Promise.all(people.map((account) => Promise.all([verify(one, account), verify(other, account)]))),
      rotate(one),
      rotate(other),
    ]);
    expect(verdicts.map((pair) => pair.filter(({ ok }) => ok).length)).toEqual(people.map(() => 1));
    expect(rotations.reduce((sum, { resealed }) => sum + resealed, 0)).toBe(MANY + people.length);
    expect(await new KeyRotation(one.database, one.get(KeyRing)).stale()).toBe(0);
    await older.close();
  });

  it('a value that is written anew in the meantime is never overwritten with the one that was read', async () => {
    const [one] = servers as [Services, Services];
    const older = await startServices(database(), { keyIds: ['k1'] });
    await fill(older, 1);
    const fresh = one.get(KeyRing).seal(plainSecret('fresh'), TOKEN_SECRET);
    const keyRing = one.get(KeyRing);
    const rotation = new KeyRotation(
      one.database,
      Object.assign(Object.create(keyRing) as KeyRing, {
        // The row changes after it was read and before it is written.
        seal: (...args: Parameters<KeyRing['seal']>) => {
          written ??= second.database.query('UPDATE tokens SET secret_sealed = $1', [fresh]);
          return keyRing.seal(...args);
        },
      }),
    );
    let written: Promise<unknown> | undefined;
    const original = one.database.manager.query.bind(one.database.manager);
    one.database.manager.query = (async (...args: Parameters<typeof original>) => {
      await written;
      return original(...args);
    }) as typeof original;
    try {
      expect(await rotation.run()).toMatchObject({ resealed: 0, overtaken: 1, lost: 0 });
    } finally {
      one.database.manager.query = original;
    }
    const [row] = await one.database.query<{ sealed: string }>('SELECT secret_sealed AS sealed FROM tokens');
    expect(row?.sealed).toBe(fresh);
    await older.close();
  });
});
