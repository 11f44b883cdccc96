import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWith } from '../support/describe-with.js';
import { TEST_MASTER_KEYS } from '../support/latchkey-process.js';
import { removeTemporaryFolder, temporaryFolder } from '../support/temporary-folder.js';
import { emptyDatabase, latchkey } from './command-harness.js';

const NEW_KEY = `k2:${Buffer.alloc(32, 'another key of thirty-two bytes ').toString('base64')}`;
const CONFIGURATION = `publicUrl: https://id.example.test
domains: [{ name: ACME }]
mail:
  profiles: [{ name: relay, url: "smtp://u:canary@127.0.0.1:1" }]
  accounts: [{ name: system, profile: relay, address: a@example.test, isSystem: true }]
`;

describeWith('postgresql', 'latchkey keys', () => {
  const folder = temporaryFolder('keys-command');
  let variables: Record<string, string>;
  let database: Awaited<ReturnType<typeof emptyDatabase>>;
  const keys = (args: string[], ring: string) =>
    latchkey(['keys', ...args], { ...variables, LATCHKEY_MASTER_KEYS: ring });

  beforeAll(async () => {
    database = await emptyDatabase('tables');
    variables = database.variables;
    const file = join(folder, 'latchkey.yaml');
    writeFileSync(file, CONFIGURATION);
    await latchkey(['apply', file], variables);
    const text = 'serial,secret,type\n' + ['A', 'B'].map((serial) => `${serial},${'3132'.repeat(10)},TOTP\n`).join('');
    await latchkey(['tokens', 'import', '-'], variables, text);
  });
  afterAll(async () => {
    await database.drop();
    removeTemporaryFolder(folder);
  });

  it('say what lies under which key, seal it anew, and when the old one may go', async () => {
    const ring = `${NEW_KEY},${TEST_MASTER_KEYS}`;
    const before = await keys(['status'], ring);
    expect(before.out.split('\n')).toEqual([
      'key k2 seals and digests',
      'key  column                    kind    values',
      'k1   declared_objects.secrets  sealed  1',
      'k1   tokens.secret_sealed      sealed  2',
      'key k1: 3 sealed values lie under it; keep it, and run: latchkey keys rotate',
    ]);
    const early = await keys(['rotate'], NEW_KEY);
    expect(early.code).toBe(1);
    expect(early.err).toContain('3 rows have values that no key of LATCHKEY_MASTER_KEYS opens');

    const rotated = { code: 0, err: '', out: 'key k1: nothing lies under it; it may be taken out' };
    expect(await keys(['rotate'], ring)).toEqual({ ...rotated, out: `3 rows sealed with key k2\n${rotated.out}` });
    expect(await keys(['rotate'], ring)).toEqual({ ...rotated, out: `0 rows sealed with key k2\n${rotated.out}` });
    const json = JSON.parse((await keys(['status', '--json'], NEW_KEY)).out) as object;
    expect(json).toEqual({
      current: 'k2',
      ring: ['k2'],
      uses: [
        { keyId: 'k2', column: 'declared_objects.secrets', kind: 'sealed', count: 1 },
        { keyId: 'k2', column: 'tokens.secret_sealed', kind: 'sealed', count: 2 },
      ],
    });
    const doctor = await latchkey(['doctor'], { ...variables, LATCHKEY_MASTER_KEYS: NEW_KEY });
    expect(doctor.out).toContain('✓ keys: Key k2 seals; all 1 declared secrets open.');
  });
});
