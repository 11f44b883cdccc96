import 'reflect-metadata';
import { ConfigurationError } from './core/config/configuration-error.js';
import { readEnvironment } from './core/config/read-environment.js';
import { provideThreads } from './core/crypto/hashing-threads.js';
import { serve } from './serve.js';

provideThreads(process.env);

try {
  await serve(readEnvironment(process.env), process.env);
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  process.stderr.write(`latchkey cannot start:\n${error.message}\n`);
  process.exitCode = 1;
}
