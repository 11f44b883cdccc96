import 'reflect-metadata';
import { createApplication } from './app.js';
import { ConfigurationError } from './core/config/configuration-error.js';
import { readEnvironment } from './core/config/read-environment.js';

try {
  const environment = readEnvironment(process.env);
  const application = await createApplication(environment);
  await application.listen(environment.port, environment.host);
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  process.stderr.write(`latchkey cannot start:\n${error.message}\n`);
  process.exitCode = 1;
}
