import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { CONFIGURATION_STALENESS_MS } from '../../../src/core/domains/configuration.js';
import { DomainError } from '../../../src/core/errors/domain-error.js';
import { AgentTokenRepository } from '../../../src/auth/agents/agent-token.repository.js';
import { TOKEN_STALENESS_MS } from '../../../src/auth/agents/recent-tokens.js';
import { describeOnPostgres } from '../../support/test-database.js';
import { AgentWorld, VPN, world } from './agent-world.js';

const OTHER = 'name: mail, applications: [], clientId: mail-1, clientSecret: "another secret of an agent"';

describeOnPostgres('agents in two processes', (database) => {
  let first: AgentWorld;
  let second: AgentWorld;

  beforeAll(async () => {
    first = await AgentWorld.start({ database: database(), configuration: world([VPN, OTHER]) });
    second = await AgentWorld.start({ database: database(), configuration: world([VPN, OTHER]) });
  });
  afterAll(async () => {
    vi.restoreAllMocks();
    await first.stop();
    await second.stop();
  });

  it('take each other’s tokens', async () => {
    const token = await first.token();
    expect(await second.invoke(token)).toMatchObject({ status: 200, result: { agent: 'vpn' } });
  });

  it('attack 68: tell many parallel calls apart, each by its own token', async () => {
    const tokens = { vpn: await first.token(), mail: await second.token('mail-1', 'another secret of an agent') };
    const calls = Array.from({ length: 200 }, async (_, index) => {
      const agent = index % 2 === 0 ? 'vpn' : 'mail';
      const process = index % 3 === 0 ? first : second;
      return { agent, seen: (await process.invoke(tokens[agent])).result?.['agent'] };
    });
    for (const { agent, seen } of await Promise.all(calls)) expect(seen).toBe(agent);
  });

  it('ask the database once for a token of many parallel calls', async () => {
    const token = await first.token();
    const find = vi.spyOn(first.app.get(AgentTokenRepository), 'find');
    const answers = await Promise.all(Array.from({ length: 50 }, () => first.invoke(token)));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    // The calls may take longer than what was read is believed.
    expect(find.mock.calls.length).toBeLessThan(10);
    find.mockRestore();
  });

  it('refuse an agent that was disabled in the other one, within the time that a configuration is believed', async () => {
    const token = await first.token();
    expect(await second.invoke(token)).toMatchObject({ status: 200 });
    await first.configure(world([`${VPN}, enabled: false`, OTHER]));
    const now = performance.now.bind(performance);
    vi.spyOn(performance, 'now').mockImplementation(() => now() + CONFIGURATION_STALENESS_MS);
    expect(await second.invoke(token)).toMatchObject({ status: 401, error: 120 });
    vi.restoreAllMocks();
    for (const process of [first, second]) await process.configure(world([VPN, OTHER]));
  });

  it('refuse a token whose row is gone, within the time that it is believed', async () => {
    const token = await first.token();
    expect(await second.invoke(token)).toMatchObject({ status: 200 });
    await database().dataSource.query('DELETE FROM agent_tokens');
    const now = performance.now.bind(performance);
    vi.spyOn(performance, 'now').mockImplementation(() => now() + Math.max(TOKEN_STALENESS_MS, 2_000));
    expect(await second.invoke(token)).toMatchObject({ status: 401, error: 120 });
    vi.restoreAllMocks();
  });

  it('say that they cannot serve, and not that the agent is unknown, when a token cannot be looked up', async () => {
    const token = await first.token();
    const lost = new DomainError('database-unavailable');
    const query = vi.spyOn(second.app.get(AgentTokenRepository), 'find').mockRejectedValueOnce(lost);
    expect(await second.invoke(token)).toMatchObject({ status: 503, error: 2 });
    query.mockRestore();
    expect(await second.invoke(token)).toMatchObject({ status: 200 });
  });
});
