import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Environment } from '../core/config/environment.js';
import { WorkbenchModule } from './workbench.module.js';

/**
 * Opens the core on the configured database for one piece of work, and closes it again.
 *
 * @throws whatever opening the database or `work` throws
 */
export async function onWorkbench<T>(
  environment: Environment,
  work: (workbench: INestApplicationContext) => Promise<T>,
): Promise<T> {
  const workbench = await NestFactory.createApplicationContext(WorkbenchModule.forRoot(environment), {
    logger: false,
    abortOnError: false,
  });
  try {
    return await work(workbench);
  } finally {
    await workbench.close();
  }
}
