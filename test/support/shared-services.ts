import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { createDataSource, type DataSourceSettings } from '../../src/core/database/data-source.js';
import { EmbeddedDatabase } from '../../src/core/database/embedded-database.js';
import { prepareQueue } from '../../src/delivery/queue-tables.js';
import { schema } from '../../src/schema.js';
import { generateClient } from './generated-client.js';
import { PostgresCluster } from './postgres.js';
import { temporaryFolder } from './temporary-folder.js';

/** A service that one test run starts once, when its first test asks for it, and that all spec files share. */
export interface SharedService {
  /** What a spec file needs to know to use it; plain JSON. */
  readonly info: Record<string, string>;
  stop(): Promise<void>;
}

const TEMPLATE_DATABASE = 'latchkey_template';

/** The shared services by name. They run in the main process of the test run; see `sharedService` for the other end. */
export const sharedServices = {
  /** A PostgreSQL cluster: the URL of its maintenance database, and the name of the migrated one that spec files clone. */
  postgresql: async () => {
    const cluster = await PostgresCluster.start();
    await cluster.administer(`CREATE DATABASE ${TEMPLATE_DATABASE}`);
    await migrate({ url: cluster.url(TEMPLATE_DATABASE) });
    return { info: { url: cluster.url(), template: TEMPLATE_DATABASE }, stop: () => cluster.stop() };
  },

  /** The image of a migrated embedded database; `path` of the file. Kept between runs while nothing it is made of changes. */
  'embedded-image': async () => {
    const path = embeddedImagePath();
    if (!existsSync(path)) {
      const embedded = await EmbeddedDatabase.start();
      await migrate(embedded.address);
      const image = await embedded.image();
      await embedded.stop();
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(`${path}.${process.pid}`, Buffer.from(await image.arrayBuffer()));
      renameSync(`${path}.${process.pid}`, path);
    }
    return { info: { path }, stop: () => Promise.resolve() };
  },

  /** The server built from the sources as they are; `main` is the path of its main script. */
  build: async () => {
    await promisify(execFile)(process.execPath, ['scripts/build.mjs', '--if-needed']);
    return { info: { main: resolve('dist/src/main.js') }, stop: () => Promise.resolve() };
  },

  /** A client generated from `openapi.json`: `folder` of the compiled code, `problems` that the compiler has with it. */
  'generated-client': async () => {
    const folder = temporaryFolder('generated-client');
    const problems = await generateClient(folder);
    return { info: { folder: join(folder, 'built'), problems }, stop: () => Promise.resolve() };
  },
} satisfies Record<string, () => Promise<SharedService>>;

export type SharedServiceName = keyof typeof sharedServices;

async function migrate(address: DataSourceSettings['address']): Promise<void> {
  const dataSource = await createDataSource({ address, schema, poolSize: 1, statementTimeout: 60_000 }).initialize();
  await dataSource.runMigrations();
  await prepareQueue(dataSource);
  await dataSource.destroy();
}

function embeddedImagePath(): string {
  const hash = createHash('sha256');
  const sources = [
    'src/schema.ts',
    'src/core/database/embedded-database.ts',
    'src/delivery/queue-tables.ts',
    'node_modules/@electric-sql/pglite/package.json',
    'node_modules/pg-boss/package.json',
    ...globSync('migrations/*.ts').toSorted(),
  ];
  for (const source of sources) hash.update(source).update('\0').update(readFileSync(source)).update('\0');
  return join('node_modules/.cache/latchkey', `embedded-${hash.digest('hex').slice(0, 16)}.tar`);
}
