import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeOnPostgres } from '../../support/test-database.js';
import { OAuthWorld, problemOf, WORLD } from './oauth-world.js';

/** The demo's passwords, which everybody knows, are refused here. */
const QUIET = WORLD.replaceAll('correct horse', 'quiet river').replace(
  /password: password\b/,
  'password: quiet river 0',
);

describeOnPostgres('outside of the embedded mode', (database) => {
  let world: OAuthWorld;

  beforeAll(async () => {
    world = await OAuthWorld.start(database(), { delivery: 'relays', configuration: QUIET });
  });
  beforeEach(() => world.begin(QUIET));
  afterAll(() => world?.stop());

  it('what must stay secret is not taken without TLS, unless the setting says so', async () => {
    const path = '/oauth/requestToken';
    const unsigned = await world.call(path, { token: undefined, signature: 'none' });
    expect(problemOf(unsigned)).toEqual([400, 'parameter_absent']);
    expect(new URLSearchParams(unsigned.text).get('oauth_parameters_absent')).toBe('oauth_signature');
    const plain = await world.call(path, { token: undefined, signature: 'PLAINTEXT' });
    expect(problemOf(plain)).toEqual([400, 'signature_method_rejected']);
    expect((await world.call(path, { token: undefined })).status).toBe(200);
    await world.house.set('allow_unsigned_over_http', true);
    for (const signature of ['none', 'PLAINTEXT'] as const) {
      expect((await world.call(path, { token: undefined, signature })).status).toBe(200);
    }
  });
});
