import '../../../src/core/administrators/manager-settings.js';
import '../../../src/core/directory/password-policy.js';
import '../../../src/core/requests/request-settings.js';
import '../../../src/iam/recovery/recovery-settings.js';
import '../../../src/iam/registration/registration-settings.js';
import '../../../src/sessions/web/session-cookie-setting.js';
import '../../../src/user-requests/creation/creation-settings.js';
import '../../../src/user-requests/creation/request-settings.js';
import '../../../src/user-requests/processing/processing-settings.js';
import '../../../src/user-requests/redirect-origins.js';
import { Audit } from '../../../src/core/audit/audit.js';
import { readConfiguration, readConfigurationFile } from '../../../src/core/config/file/read-configuration-file.js';
import { KeyRing } from '../../../src/core/crypto/key-ring.js';
import { PasswordHasher } from '../../../src/core/crypto/password-hasher.js';
import { SystemRandomSource } from '../../../src/core/crypto/random-source.js';
import { ApplyConfiguration, type ApplyOptions } from '../../../src/core/domains/apply/apply-configuration.js';
import type { Plan } from '../../../src/core/domains/apply/plan.js';
import type { Environment } from '../../../src/core/config/environment.js';
import { Configuration } from '../../../src/core/domains/configuration.js';
import { SystemClock } from '../../../src/core/time/clock.js';
import type { TestDatabase } from '../../support/test-database.js';
import { testMasterKeys } from '../../support/test-keys.js';

/** Applies configurations to a test database, as the command does. */
export interface ApplyHarness {
  readonly configuration: Configuration;
  readonly service: ApplyConfiguration;
  readonly apply: (text: string, options?: ApplyOptions, variables?: Record<string, string>) => Promise<Plan>;
  readonly applyFile: (path: string, variables: Record<string, string>, options?: ApplyOptions) => Promise<Plan>;
}

/** @param keyIds the key ring, see {@link testMasterKeys} */
export function applyHarness({ database }: TestDatabase, keyIds?: readonly string[]): ApplyHarness {
  const clock = new SystemClock();
  const environment = { embedded: true } as Environment;
  const keyRing = new KeyRing(testMasterKeys(keyIds), new SystemRandomSource());
  const configuration = new Configuration(database, keyRing);
  const service = new ApplyConfiguration(
    database,
    configuration,
    keyRing,
    new PasswordHasher(),
    new Audit(clock),
    clock,
    environment,
  );
  return {
    configuration,
    service,
    apply: (text, options, variables = { PW: 'bind one' }) =>
      service.apply({ file: readConfiguration(text, 'test.yaml', variables), folder: '/etc/latchkey' }, options),
    applyFile: async (path, variables, options) => service.apply(await readConfigurationFile(path, variables), options),
  };
}
