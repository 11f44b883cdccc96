import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { describeOnPostgres } from '../../support/test-database.js';
import { TestApp } from '../../support/test-app.js';

const run = promisify(execFile);

/** The commands that the documentation prints. */
function printed(): string {
  const text = readFileSync(new URL('../../../docs/auth-methods.md', import.meta.url), 'utf8');
  const section = text.slice(text.indexOf('## Logging on'));
  return /```sh\n([\s\S]*?)```/.exec(section)?.[1] ?? '';
}

describeOnPostgres('the commands of the documentation', (database) => {
  it('log somebody on in two steps in the demo world, as they are printed', async () => {
    const app = await TestApp.start({ database: database() });
    try {
      const script = printed().replace('http://127.0.0.1:8080', app.url);
      expect(script).toContain(app.url);
      const { stdout } = await run('bash', ['-c', script]);
      const answers = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { error: number; result?: Record<string, unknown> });
      expect(answers).toMatchObject([
        { error: 0, result: { total: 2 } },
        { error: 0, result: { step: 2, steps: 2, completed: false } },
        { error: 0 },
        { error: 0, result: { step: 2, steps: 2, completed: true } },
        { error: 0 },
      ]);
    } finally {
      await app.stop();
    }
  });
});
