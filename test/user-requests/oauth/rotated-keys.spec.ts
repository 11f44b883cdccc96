import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeOnPostgres } from '../../support/test-database.js';
import { CONSUMER, OAuthWorld } from './oauth-world.js';

const key = (id: string, text: string): { id: string; key: Uint8Array } => ({
  id,
  key: createHash('sha256').update(text).digest(),
});
const OLD = key('k1', 'latchkey test');
const NEW = key('k2', 'another key');

describeOnPostgres('after a rotation of the key ring', (database) => {
  let before: OAuthWorld;
  let after: OAuthWorld | undefined;

  beforeAll(async () => {
    before = await OAuthWorld.start(database());
    await before.begin();
  });
  afterAll(async () => {
    await after?.stop();
    await before.stop();
  });

  it('tokens without end work on, and lie under the new key once they were used', async () => {
    const token = await before.tokenFor('manager1', 'correct horse 4');
    const unsigned = { consumer: CONSUMER, token, signature: 'none' } as const;
    const digests = async (): Promise<string> =>
      JSON.stringify(await before.query('SELECT token_digest, consumer_secret_digest FROM oauth_access_tokens'));
    expect(await digests()).not.toContain('k2.');
    after = await OAuthWorld.start(database(), { environment: { masterKeys: [NEW, OLD] } });
    for (let call = 0; call < 2; call++) {
      expect((await after.probe(unsigned)).status).toBe(200);
      expect(await digests()).not.toContain('k1.');
    }
  });
});
