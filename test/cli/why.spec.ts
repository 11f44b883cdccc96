import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWith } from '../support/describe-with.js';
import { removeTemporaryFolder, temporaryFolder } from '../support/temporary-folder.js';
import { emptyDatabase, latchkey } from './command-harness.js';

const CONFIGURATION = `publicUrl: https://id.example.test
domains: [{ name: ACME, users: [{ login: mara, name: Mara, password: correct horse 9 }] }]
realms: [{ name: all, domains: [ACME] }]
applications:
  - { name: files, realm: all, logonProcedure: { type: Web SSO, steps: [{ name: password, authenticators: [SPASS] }] } }
  - { name: vault, realm: all, logonProcedure: { type: Web SSO, steps: [{ name: code, authenticators: [OTP, OTPoD] }] } }
`;

describeWith('postgresql', 'latchkey why', () => {
  const folder = temporaryFolder('why-command');
  let variables: Record<string, string>;
  let database: Awaited<ReturnType<typeof emptyDatabase>>;

  const run = (...args: string[]) => latchkey(['why', ...args], variables);

  beforeAll(async () => {
    database = await emptyDatabase('tables');
    variables = database.variables;
    const file = join(folder, 'latchkey.yaml');
    writeFileSync(file, CONFIGURATION);
    await latchkey(['apply', file], variables);
  });
  afterAll(async () => {
    await database.drop();
    removeTemporaryFolder(folder);
  });

  it('ends with 0 where nothing stands in the way', async () => {
    const { code, out } = await run('mara', '--application', 'files');
    expect(code).toBe(0);
    expect(out).toBe('nothing stands in the way, as far as can be seen without a credential');
  });

  it('says the first reason and what to do, and ends with 1', async () => {
    const { code, out, err } = await run('mara', '--application', 'vault', '--domain', 'ACME');
    expect(code).toBe(1);
    expect(out.split('\n')).toEqual([
      'Step 1 (code): The person has no mobile number and no mail address in the directory.',
      '  Add one to the person in the directory, or allow another channel.',
      expect.stringMatching(/^ {2}OTP: The person has nothing for One-Time Password\. /) as string,
      expect.stringMatching(/^ {2}OTPoD: The person has no mobile number/) as string,
    ]);
    expect(err).toBe('no-address (code 342)');
  });

  it('says it for programs', async () => {
    const { code, out } = await run('nobody', '--application', 'vault', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ able: false, reason: 'person-unknown', code: 200 });
  });

  it('ends with 2 when called wrongly', async () => {
    expect((await run('mara')).code).toBe(2);
    expect((await run('--application', 'vault')).code).toBe(2);
  });

  it('writes nothing of it down', async () => {
    await run('mara', '--application', 'vault');
    const client = new Client({ connectionString: variables['DATABASE_URL'] });
    await client.connect();
    try {
      const { rows } = await client.query('SELECT authenticator FROM authenticator_counters');
      expect(rows).toEqual([]);
    } finally {
      await client.end();
    }
  });
});
