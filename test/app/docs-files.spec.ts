import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestApp } from '../support/test-app.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const PACKAGE = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

describe('the page with the description of the API', () => {
  let database: TestDatabase;
  let server: TestApp;

  beforeAll(async () => {
    database = await createTestDatabase('embedded');
    server = await TestApp.start({ database });
  });

  afterAll(async () => {
    await server.stop();
    await database.stop();
  });

  it('gets every file that it names', async () => {
    const page = await server.app.inject('/docs');
    expect(page.statusCode).toBe(200);
    const files = [...page.body.matchAll(/(?:src|href)=["'](\.\/[^"']+)["']/g)].map(([, file = '']) => file);
    expect(files.length).toBeGreaterThanOrEqual(5);
    for (const file of files) {
      const { pathname } = new URL(file, 'http://127.0.0.1/');
      const answer = await server.app.inject(pathname);
      expect([pathname, answer.statusCode]).toEqual([pathname, 200]);
      expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
    }
  });

  it('shows nothing else of the package that it comes from, however it is spelt', async () => {
    const served = [];
    for (const file of readdirSync(PACKAGE)) {
      if ((await server.app.inject(`/docs/${file}`)).statusCode === 200) served.push(file);
    }
    expect(served.toSorted()).toEqual([
      'favicon-16x16.png',
      'favicon-32x32.png',
      'index.html', // our own
      'swagger-ui-bundle.js',
      'swagger-ui-standalone-preset.js',
      'swagger-ui.css',
    ]);
    for (const path of [
      '/docs/%70ackage.json',
      '/%64ocs/package.json',
      '/docs/./package.json',
      '/docs//package.json',
      '/docs/x/../package.json',
      '/docs/..%2fdocs/package.json',
      '/docs/package.json?x=swagger-ui.css',
    ]) {
      expect([path, (await server.app.inject(path)).statusCode]).toEqual([path, 404]);
    }
  });
});
