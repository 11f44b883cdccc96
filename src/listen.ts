import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ConfigurationError } from './core/config/configuration-error.js';
import type { Environment } from './core/config/environment.js';

/** What the operator has to change when the system gives no listener, by its error code. */
const REFUSALS: Readonly<
  Record<string, (place: Pick<Environment, 'host' | 'port'>) => [where: string, problem: string]>
> = {
  EADDRINUSE: ({ host, port }) => [
    'PORT',
    `${port} on ${host} is taken by another program, perhaps by a server that still runs; end that one or set another port`,
  ],
  EACCES: ({ port }) => [
    'PORT',
    `${port} may not be opened by this user; set one above 1023 or give the right to do so`,
  ],
  EADDRNOTAVAIL: ({ host }) => ['HOST', `${host} is no address of this machine`],
};

/**
 * Opens the listener.
 *
 * @throws ConfigurationError when its address or port cannot be had
 */
export async function listen(application: NestFastifyApplication, environment: Environment): Promise<void> {
  try {
    await application.listen(environment.port, environment.host);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const refusal = REFUSALS[code]?.(environment);
    if (!refusal) throw error;
    const [where, problem] = refusal;
    throw new ConfigurationError([{ where, problem }]);
  }
}
