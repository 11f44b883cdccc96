import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenAPIObject } from '@nestjs/swagger';
import { describeApi } from './api-description.js';
import { createApplication } from './app.js';
import { readEnvironment } from './core/config/read-environment.js';
import { AuthMethodRegistry } from './surfaces/auth-envelope/auth-method-registry.js';
import { RpcMethodRegistry } from './surfaces/json-rpc/rpc-method-registry.js';

/** The description without a running server: an application on an empty database in a folder of its own. */
export async function createOpenApiDocument(): Promise<OpenAPIObject> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-openapi-'));
  const application = await createApplication(
    readEnvironment({ LATCHKEY_DATA_DIR: folder, LATCHKEY_LOG_LEVEL: 'silent' }),
  );
  try {
    application.get(RpcMethodRegistry).onModuleInit();
    application.get(AuthMethodRegistry).onModuleInit();
    return describeApi(application);
  } finally {
    await application.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
