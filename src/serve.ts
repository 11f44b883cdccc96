import { isIP } from 'node:net';
import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApplication } from './app.js';
import { ConfigurationError } from './core/config/configuration-error.js';
import type { Environment } from './core/config/environment.js';
import { readConfigurationFile } from './core/config/file/read-configuration-file.js';
import type { Variables } from './core/config/file/substitute-variables.js';
import { letOthersGoFirst } from './core/crypto/hashing-threads.js';
import { Database } from './core/database/database.js';
import { refusePendingMigrations } from './core/database/pending-migrations.js';
import { ApplyConfiguration } from './core/domains/apply/apply-configuration.js';
import { printPlan } from './core/domains/apply/print-plan.js';
import { Configuration } from './core/domains/configuration.js';
import { startupProblems } from './core/domains/startup-problems.js';
import { embeddedBanner } from './demo/banner.js';
import { DemoSeeder } from './demo/demo-seeder.js';
import { listen } from './listen.js';

/**
 * Starts the server: checks, the demo world in the embedded mode, the configuration file, the listener.
 *
 * @throws ConfigurationError when it must not start as it is configured
 */
export async function serve(environment: Environment, variables: Variables): Promise<NestFastifyApplication> {
  const application = await createApplication(environment);
  try {
    await refusePendingMigrations(application.get(Database).dataSource);
    if (environment.embedded && environment.port > 0) await application.get(DemoSeeder).seed(environment.port);
    if (environment.configPath) await applyFile(application, environment.configPath, variables);
    const problems = startupProblems(environment, await application.get(Configuration).snapshot());
    if (problems.length > 0) throw new ConfigurationError(problems);
    lowerHashing();
    await listen(application, environment);
    const url = listeningUrl(application, environment);
    // With port 0 the system chooses, and links of the demo world can be made only now.
    if (environment.embedded && environment.port === 0) await application.get(DemoSeeder).seed(Number(url.port));
    announce(environment, url);
    return application;
  } catch (error) {
    await application.close();
    throw error;
  }
}

async function applyFile(application: NestFastifyApplication, path: string, variables: Variables): Promise<void> {
  const plan = await application.get(ApplyConfiguration).apply(await readConfigurationFile(path, variables));
  const logger = new Logger('Configuration');
  for (const line of printPlan(plan)) logger.log(line);
}

/** Without it the server is slower under a crowd of passwords, and right. */
function lowerHashing(): void {
  try {
    letOthersGoFirst();
  } catch (error) {
    new Logger('Latchkey').warn(`password hashes run with the priority of everything else: ${String(error)}`);
  }
}

function listeningUrl(application: NestFastifyApplication, { tls, host, port }: Environment): URL {
  const server = application.getHttpServer() as { address(): { port: number } | null };
  const name = isIP(host) === 6 ? `[${host}]` : host;
  return new URL(`${tls ? 'https' : 'http'}://${name}:${server.address()?.port ?? port}`);
}

/** One line in the log, and in the embedded mode a text for the person who started it. */
function announce({ embedded, logLevel }: Environment, { origin }: URL): void {
  new Logger('Latchkey').log(`listening on ${origin}`);
  if (embedded && logLevel !== 'silent') process.stdout.write(embeddedBanner(origin));
}
