import { describe, expect, it } from 'vitest';
import { TokenStore } from '../../../src/tokens/token-store.js';
import { worldFile } from '../auth-world.js';
import { Authenticators } from '../authenticators.js';
import { change } from '../tokens-of-people/tokens-world.js';
import { worldOfSuite } from '../world-of-suite.js';

const USER = { loginName: 'jane' };

interface WrittenFile {
  domains: { users: object[] }[];
  realms: { domains: string[] }[];
  agents: { applications: string[] }[];
}

describe('section 4.5: listTokenAssignments', () => {
  const world = worldOfSuite();
  const list = async (body: object = {}): Promise<unknown> => {
    const { error, result } = await world().call('listTokenAssignments', { user: USER, ...body });
    return error === 0 ? result?.['rows'] : error;
  };

  async function applying(edit: (file: WrittenFile) => void): Promise<void> {
    const file = JSON.parse(worldFile()) as WrittenFile;
    edit(file);
    await world().apply({ file: JSON.stringify(file) });
  }

  it('has assignments of every status, and not those that have ended', async () => {
    const give = new Authenticators(world());
    for (const status of ['ACTIVE', 'INACTIVE', 'LOCKED', 'DISABLED']) {
      await change(world(), await give.totp({ serial: status }), 'token_assignments', 'status', status);
    }
    const ended = await give.totp({ serial: 'ENDED' });
    await world().database.transaction((tx) => world().get(TokenStore).end(tx, ended.assignment.id, 'removed'));
    expect(await list({ return: ['token.serial', 'status'] })).toEqual(
      ['ACTIVE', 'DISABLED', 'INACTIVE', 'LOCKED'].map((status) => ({ 'token.serial': status, status })),
    );
  });

  it('has null for the device of a token that is none', async () => {
    await new Authenticators(world()).totp();
    const oobDevice = { oobDeviceModel: null, oobDeviceType: null };
    expect(await list({ return: [{ token: Object.keys(oobDevice) }] })).toEqual([{ token: oobDevice }]);
  });

  it('looks for people in the realm of the application that is named', async () => {
    await applying(({ realms, domains }) => {
      realms.push({ ...realms[0], domains: ['ELSEWHERE'] });
      Object.assign(realms[1] ?? {}, { name: 'elsewhere' });
      domains[1]?.users.push({ login: 'jane', name: 'jane' });
    });
    await world().database.query(
      `UPDATE declared_objects SET spec = jsonb_set(spec, '{realm}', '"elsewhere"') WHERE kind = 'application' AND name = 'files'`,
    );
    await world().reread();
    expect(await list()).toBe(201);
    await new Authenticators(world()).totp({ serial: 'JANES' });
    expect(await list({ application: { name: 'mail' }, return: ['token.serial'] })).toEqual([
      { 'token.serial': 'JANES' },
    ]);
    expect(await list({ application: { name: 'files' } })).toEqual([]);
    const { account } = await world().person();
    expect(await list({ application: { name: 'files' }, user: { id: account.id } })).toBe(242);
  });

  it('221 for an application that the agent is not published on', async () => {
    await applying(({ agents: [vpn] }) => vpn && (vpn.applications = ['mail']));
    expect(await list({ application: { name: 'door' } })).toBe(221);
  });
});
