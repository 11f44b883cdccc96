import type * as AuditModule from '../../src/core/audit/audit.js';
import type * as KeyRingModule from '../../src/core/crypto/key-ring.js';
import type * as RandomModule from '../../src/core/crypto/random-source.js';
import type * as DataSourceModule from '../../src/core/database/data-source.js';
import type * as DatabaseModule from '../../src/core/database/database.js';
import type * as EnvironmentModule from '../../src/core/config/read-environment.js';
import type * as SchemaModule from '../../src/schema.js';
import type * as KindsModule from '../../src/tokens/kinds/passcode-kinds.js';
import type * as TotpModule from '../../src/tokens/kinds/oath/totp.js';
import type { TokenRules } from '../../src/tokens/token-rules.js';
import type * as RepositoryModule from '../../src/tokens/verification/attempt.repository.js';
import type * as AttemptsModule from '../../src/tokens/verification/attempts.js';
import type * as PasscodesModule from '../../src/tokens/verification/passcodes.js';
import { built } from '../harness/built.js';
import type { World } from '../harness/world.js';

/** The rules as they are without any settings. */
const RULES: TokenRules = {
  maxFailures: 5,
  lockSeconds: 1800,
  time: { auto: 2, check: 30, manual: 120 },
  event: { auto: 5, check: 25, manual: 200 },
  passcodeHistory: 10,
  pinPrefix: false,
  products: new Map(),
  onDemand: { digits: 6, seconds: 300, resendSeconds: 30, channels: ['SMS', 'MAIL'] },
  challengeSeconds: undefined,
  gridWrap: undefined,
};

/** The verification of the built product, without a server around it. */
export interface Verifier {
  /** Whether `typed` is right for the one-time password token of `accountId` at `now`, which moves for all. */
  verify(accountId: string, typed: string): Promise<boolean>;
  close(): Promise<void>;
}

/** @param now what the product takes for the time, in milliseconds */
export async function openVerifier(world: World, connections: number, now: () => number): Promise<Verifier> {
  const { createDataSource } = built(world, 'core/database/data-source.js') as typeof DataSourceModule;
  const { Database } = built(world, 'core/database/database.js') as typeof DatabaseModule;
  const { schema } = built(world, 'schema.js') as typeof SchemaModule;
  const { readEnvironment } = built(world, 'core/config/read-environment.js') as typeof EnvironmentModule;
  const { KeyRing } = built(world, 'core/crypto/key-ring.js') as typeof KeyRingModule;
  const { SystemRandomSource } = built(world, 'core/crypto/random-source.js') as typeof RandomModule;
  const { Audit } = built(world, 'core/audit/audit.js') as typeof AuditModule;
  const { Totp } = built(world, 'tokens/kinds/oath/totp.js') as typeof TotpModule;
  const { PasscodeKinds } = built(world, 'tokens/kinds/passcode-kinds.js') as typeof KindsModule;
  const { AttemptRepository } = built(world, 'tokens/verification/attempt.repository.js') as typeof RepositoryModule;
  const { Attempts } = built(world, 'tokens/verification/attempts.js') as typeof AttemptsModule;
  const { Passcodes } = built(world, 'tokens/verification/passcodes.js') as typeof PasscodesModule;

  const source = await createDataSource({
    address: { url: world.database.url },
    schema,
    poolSize: connections,
    statementTimeout: 10_000,
  }).initialize();
  const clock = { now: () => new Date(now()), in: (seconds: number) => new Date(now() + seconds * 1_000) };
  const database = new Database(source);
  const keyRing = new KeyRing(readEnvironment(world.environment).masterKeys, new SystemRandomSource());
  const repository = new AttemptRepository(database);
  const attempts = new Attempts(repository, new Audit(clock), database, clock);
  const passcodes = new Passcodes(attempts, repository, new PasscodeKinds([new Totp(keyRing)]), keyRing);
  return {
    verify: async (accountId, typed) => {
      const verdict = await passcodes.verify({
        accountId,
        authenticator: 'OTP',
        typed: typed as Parameters<typeof passcodes.verify>[0]['typed'],
        rules: RULES,
        context: { actor: 'person', domain: 'BENCH', target: accountId },
      });
      return verdict.ok;
    },
    close: () => source.destroy(),
  };
}
