import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Orders } from '../../src/core/orders/orders.js';
import { describeWith } from '../support/describe-with.js';
import { deliverAll } from '../support/help-desk.js';
import { TestApp } from '../support/test-app.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { run } from './run-sample.js';

/** A sample of the page, and the answer that stands behind it. */
interface Sample {
  readonly heading: string;
  readonly script: string;
  readonly answer: unknown;
}

/** Where the page says that the demo is. */
const DEMO = 'http://127.0.0.1:8080';
const SAMPLES = samplesOf(readFileSync('docs/iam-rest.md', 'utf8'));

describeWith('curl', 'the samples of the IAM REST page, word for word against the demo world', () => {
  let database: TestDatabase;
  let app: TestApp;

  beforeAll(async () => {
    database = await createTestDatabase('embedded');
    app = await TestApp.start({ database });
  });
  afterAll(async () => {
    await app?.stop();
    await database?.stop();
  });

  it('are all found', () => {
    expect(SAMPLES.map(({ heading }) => heading)).toEqual([
      'Register',
      'Register',
      'Forgot the password',
      'Forgot the password',
      'Log in, and change the own password',
      'Administrators',
    ]);
    expect(SAMPLES.filter(({ answer }) => answer !== undefined)).toHaveLength(3);
  });

  // In the order of the page: one goes on where the one before it ended.
  it.each(SAMPLES.map((sample, index) => ({ ...sample, number: index + 1 })))(
    'number $number: $heading',
    async ({ script, answer }) => {
      const { code, stdout } = await run('bash', '-e', '-c', script.replaceAll(DEMO, app.url));
      expect([code, stdout]).toEqual([0, expect.stringMatching(/^[[{].*[}\]]$/s)]);
      expect(stdout).not.toMatch(/"error_code":1\d{3}/);
      expect(answer === undefined ? undefined : JSON.parse(stdout)).toEqual(answer);
      await app.get(Orders).run();
      await deliverAll(app, database);
    },
  );
});

/** The shell blocks of a page; a JSON block that follows one at once is what it answers. */
function samplesOf(page: string): Sample[] {
  return page.split(/^## /m).flatMap((section) => {
    const heading = section.split('\n', 1)[0] ?? '';
    return [...section.matchAll(/^```sh\n(.*?)^```\n(?:\n```json\n(.*?)^```\n)?/gms)].map(
      ([, script = '', answer]): Sample => ({
        heading,
        script,
        answer: answer === undefined ? undefined : (JSON.parse(answer) as unknown),
      }),
    );
  });
}
