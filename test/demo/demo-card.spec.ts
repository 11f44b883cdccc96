import { afterAll, beforeAll, expect, it } from 'vitest';
import { Configuration } from '../../src/core/domains/configuration.js';
import { plainSecret } from '../../src/core/crypto/secret-types.js';
import { People } from '../../src/core/directory/people.js';
import { DemoSeeder } from '../../src/demo/demo-seeder.js';
import { Responses } from '../../src/tokens/kinds/responses/responses.js';
import { tokenRules } from '../../src/tokens/token-rules.js';
import { describeWith } from '../support/describe-with.js';
import { pdfCells } from '../support/read-pdf.js';
import { TestApp } from '../support/test-app.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

describeWith('pdftotext', 'the grid card of the demo world', () => {
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

  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${server.url}${path}`, { headers: { 'accept-language': 'en', ...headers } });

  /** What stands in the cells of the page's table. */
  const cellsOf = (html: string): Map<string, string> =>
    new Map(
      [...html.matchAll(/data-cell="([A-Z]\d+)"[^>]*>(.)</g)].map(([, label = '', symbol = '']) => [label, symbol]),
    );

  it('is not there before the demo world is', async () => {
    expect((await get('/dev/grid-card')).status).toBe(404);
    expect((await get('/dev/grid-card/card.pdf')).status).toBe(404);
  });

  it('is linked from the start page, read on its page and printed, the same everywhere', async () => {
    await server.get(DemoSeeder).seed(Number(new URL(server.url).port));
    expect(await (await get('/')).text()).toContain('href="/dev/grid-card"');
    const page = await get('/dev/grid-card');
    expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-store']);
    const html = await page.text();
    const cells = cellsOf(html);
    expect(cells.size).toBe(220);
    for (const [, path = ''] of html.matchAll(/href="(\/dev\/grid-card\/card\.pdf[^"]*)"/g)) {
      const pdf = await get(path);
      expect(pdf.headers.get('cache-control')).toBe('no-store');
      expect(pdfCells(Buffer.from(await pdf.arrayBuffer()))).toEqual(cells);
    }
    expect(cellsOf(await (await get('/dev/grid-card?large=1')).text())).toEqual(cells);
  });

  it('answers its question', async () => {
    const snapshot = await server.get(Configuration).snapshot();
    const domain = server.get(People).domain(snapshot, 'RCDEVSDOCS');
    const { account } = await server.get(People).byLogin(domain, 'Jane Doe');
    const responses = server.get(Responses);
    const [{ id, code }] = await responses.put({ accountId: account.id, authenticator: 'GRID', boundTo: 'logon 1' });
    const cells = cellsOf(await (await get('/dev/grid-card')).text());
    const verdict = await responses.answer({
      accountId: account.id,
      authenticator: 'GRID',
      typed: plainSecret(
        (code ?? '')
          .split(' ')
          .map((label) => cells.get(label))
          .join(''),
      ),
      challengeId: id,
      boundTo: 'logon 1',
      rules: tokenRules(snapshot, domain.id),
      context: { actor: 'person' },
    });
    expect(verdict).toMatchObject({ ok: true, token: { serial: '77003456' } });
  });

  it('is shown under the names of this machine only (DNS rebinding)', async () => {
    for (const url of ['/dev/grid-card', '/dev/grid-card/card.pdf']) {
      const { statusCode, body } = await server.app.inject({
        method: 'GET',
        url,
        headers: { host: 'evil.example.test' },
      });
      expect(statusCode).toBeGreaterThanOrEqual(400);
      expect(body).not.toContain('data-cell');
    }
  });
});
