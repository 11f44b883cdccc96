import 'reflect-metadata';
import { ConfigurationError } from './core/config/configuration-error.js';
import { readEnvironment } from './core/config/read-environment.js';
import { serve } from './serve.js';

try {
  await serve(readEnvironment(process.env), process.env);
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  process.stderr.write(`latchkey cannot start:\n${error.message}\n`);
  process.exitCode = 1;
}
