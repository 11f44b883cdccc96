import { afterEach, beforeEach, expect, it } from 'vitest';
import { Environment } from '../../src/core/config/environment.js';
import { KeyRing } from '../../src/core/crypto/key-ring.js';
import { PasswordHasher } from '../../src/core/crypto/password-hasher.js';
import { RandomSource } from '../../src/core/crypto/random-source.js';
import { plainSecret } from '../../src/core/crypto/secret-types.js';
import { People } from '../../src/core/directory/people.js';
import { BuiltinPerson } from '../../src/core/directory/builtin/builtin-person.entity.js';
import { Configuration } from '../../src/core/domains/configuration.js';
import { ServerConfiguration } from '../../src/core/domains/server-configuration.entity.js';
import { DemoSeeder } from '../../src/demo/demo-seeder.js';
import { DemoTokens } from '../../src/demo/demo-tokens.js';
import { tokenRules } from '../../src/tokens/token-rules.js';
import { TokenStore } from '../../src/tokens/token-store.js';
import { Passcodes } from '../../src/tokens/verification/passcodes.js';
import { applyHarness } from '../core/domains/apply-harness.js';
import { type Services, startServices } from '../support/services.js';
import { eachDatabase } from '../support/test-database.js';
import { TokenFactory } from '../support/token-factory.js';

eachDatabase((database) => {
  let services: Services;

  const demoTokens = (configuration: Configuration) =>
    new DemoTokens(
      services.database,
      configuration,
      services.get(People),
      services.get(TokenStore),
      services.get(KeyRing),
      services.get(RandomSource),
    );

  const seeder = (environment: Partial<Environment> = {}) => {
    const { configuration, service } = applyHarness(database());
    return {
      configuration,
      seed: (port: number) =>
        new DemoSeeder(
          { embedded: true, configPath: undefined, dataDir: '/tmp', ...environment } as Environment,
          configuration,
          service,
          demoTokens(configuration),
        ).seed(port),
    };
  };

  beforeEach(async () => {
    services = await startServices(database());
  });
  afterEach(async () => {
    await services.close();
    await database().clear();
  });

  it('holds what the published samples call for', async () => {
    const { configuration, seed } = seeder();
    expect(await seed(8080)).toBe(true);
    const snapshot = await configuration.snapshot();
    expect(snapshot.publicUrl).toBe('http://127.0.0.1:8080');
    expect(snapshot.defaultDomain).toBe('RCDEVSDOCS');
    expect(snapshot.domains.map(({ name }) => name).toSorted()).toEqual([
      'RCDEVSDOCS',
      'domain 1',
      'pbx.era-platform.ru',
    ]);
    const [consumer] = snapshot.declared('consumer');
    expect(consumer).toMatchObject({
      name: 'myConsumer',
      spec: { domain: 'domain 1', tokens: [{ login: 'manager1' }] },
      secrets: { secret: 'mySecret', 'tokens[0].token': 'mh7an9dkrg59', 'tokens[0].secret': 'b9q1n5il4lcc' },
    });
    expect(snapshot.declared('application').map(({ name, spec }) => [name, spec['id']])).toEqual([
      ['application 1', 'aid1'],
      ['application 2', 'aid2'],
    ]);
    const people = await database().dataSource.manager.find(BuiltinPerson);
    const jane = people.find(({ login }) => login === 'Jane Doe');
    expect(jane).toMatchObject({ mail: 'jane.doe@example.test', mobile: '+35226000001' });
    const hasher = new PasswordHasher();
    const passwordOf = (login: string) => people.find((person) => person.login === login)?.passwordHash;
    for (const [login, password] of [
      ['Jane Doe', 'correct horse 1'],
      ['john', 'correct horse 2'],
      ['username1', 'correct horse 3'],
      ['administrator', 'password'],
    ] as const) {
      const stored = passwordOf(login);
      expect(stored && (await hasher.verify(stored, plainSecret(password)))).toBe(true);
    }
  });

  it('is seeded once; what people did with it stays', async () => {
    const { configuration, seed } = seeder();
    await seed(8080);
    const { revision } = await configuration.snapshot();
    const { manager } = database().dataSource;
    await manager.update(BuiltinPerson, { login: 'john' }, { displayName: 'Johnny' });
    const before = await manager.find(BuiltinPerson, { order: { id: 'ASC' } });
    expect(await seed(8080)).toBe(true);
    expect((await configuration.snapshot()).revision).toBe(revision);
    expect(await manager.find(BuiltinPerson, { order: { id: 'ASC' } })).toEqual(before);
  });

  it('gives Jane Doe a token whose seed everybody knows and a grid card, once', async () => {
    const { configuration, seed } = seeder();
    await seed(8080);
    await seed(8080);
    const snapshot = await configuration.snapshot();
    const domain = services.get(People).domain(snapshot, 'RCDEVSDOCS');
    const { account } = await services.get(People).byLogin(domain, 'Jane Doe');
    const store = services.get(TokenStore);
    const held = await store.ofAccount(services.database.manager, account.id);
    expect(held.map(({ token, assignment }) => [assignment.slot, token.serial, token.kind, token.product])).toEqual([
      ['GridCard', '77003456', 'GridCard', 'DN/GC'],
      ['Token1', '10000000', 'TOTP', 'DN/STE'],
    ]);
    const verdict = await services.get(Passcodes).verify({
      accountId: account.id,
      authenticator: 'OTP',
      typed: plainSecret(new TokenFactory(services).code()),
      rules: tokenRules(snapshot, domain.id),
      context: { actor: 'person' },
    });
    expect(verdict).toMatchObject({ ok: true });
  });

  it('does not give back what was taken from Jane Doe', async () => {
    const { seed } = seeder();
    await seed(8080);
    await services.database.query(`UPDATE token_assignments SET ended_at = now(), end_reason = 'removed'`);
    await seed(8080);
    const [row] = await services.database.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM token_assignments WHERE ended_at IS NULL',
    );
    expect(row?.count).toBe(0);
  });

  it('follows the port of the listener', async () => {
    const { configuration, seed } = seeder();
    await seed(8080);
    await seed(9090);
    expect((await configuration.snapshot()).publicUrl).toBe('http://127.0.0.1:9090');
  });

  it('leaves a configuration alone that somebody applied', async () => {
    await seeder().seed(8080);
    await applyHarness(database()).apply('publicUrl: https://id.example.test');
    expect(await seeder().seed(8080)).toBe(false);
    expect(await seeder({ configPath: '/etc/latchkey.yaml' }).seed(8080)).toBe(false);
    const server = await database().dataSource.manager.findOneByOrFail(ServerConfiguration, { id: 1 });
    expect(server.publicUrl).toBe('https://id.example.test');
  });

  it('never comes beside a configuration file, not even into an empty database', async () => {
    expect(await seeder({ configPath: '/etc/latchkey.yaml' }).seed(8080)).toBe(false);
    expect(await database().dataSource.query('SELECT 1 FROM administrators')).toEqual([]);
  });

  it('is refused outside the embedded mode', async () => {
    await expect(seeder({ embedded: false }).seed(8080)).rejects.toThrow('embedded database only');
  });
});
