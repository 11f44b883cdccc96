import { Controller, Get, Module, Post, Req, UseFilters } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Guarded } from '../../../src/core/web/access.js';
import { ApiFilter } from '../../../src/surfaces/oauth1/api.filter.js';
import { ApiRefusal } from '../../../src/surfaces/oauth1/api-refusal.js';
import { formOf } from '../../../src/surfaces/oauth1/form-parameters.js';
import { oauthCallerOf, OAuthGuard } from '../../../src/surfaces/oauth1/oauth.guard.js';
import { eachDatabase } from '../../support/test-database.js';
import { ProcessingWorld } from './processing-world.js';

/** What the endpoint was called with, in the order of calls. */
const calls: Record<string, unknown>[] = [];

/** An endpoint that shows whom it is called as. */
@Controller('api/reports')
@Guarded(OAuthGuard)
@UseFilters(ApiFilter)
class ReportsController {
  @Post('run')
  async run(@Req() request: FastifyRequest): Promise<string> {
    const { found, role, client } = oauthCallerOf(request);
    const { pairs } = await formOf(request);
    calls.push({ login: found.person.login, state: found.account.state, role, address: client.address, pairs });
    if (pairs.some(([name]) => name === 'fail')) throw new ApiRefusal(400, 'asked for');
    return 'done';
  }

  @Get('run')
  look(@Req() request: FastifyRequest): string {
    calls.push({ login: oauthCallerOf(request).found.person.login, verb: 'GET' });
    return 'done';
  }

  @Post('crash')
  crash(): never {
    calls.push({ crashed: true });
    throw new Error('crashed');
  }
}

@Module({ controllers: [ReportsController] })
class ReportsModule {}

const NEWCOMER = 'new.person@example.test';

eachDatabase((database) => {
  let world: ProcessingWorld;

  beforeAll(async () => {
    world = await ProcessingWorld.start(database(), { modules: [ReportsModule] });
  });
  beforeEach(async () => {
    calls.length = 0;
    await world.begin();
    await world.requests.house.set('custom_request_endpoints', ['/api/reports/run', '/api/reports/crash']);
  });
  afterAll(() => world?.stop());

  const custom = (login: string, parameters = 'a=1&b=x+y', endpoint = '/api/reports/run') =>
    world.path('CUSTOM', login, { form: { endpoint, parameters } });

  describe('CUSTOM', () => {
    it('makes a new person active with the PIN and runs the endpoint as them, once', async () => {
      const path = await custom(NEWCOMER);
      expect((await world.requests.person(NEWCOMER)).account.state).toBe('deactivated');
      expect(await world.word(path)).toBe('NOT_VALID;PIN_REQUIRED');
      const pin = await world.requests.pinTo(NEWCOMER);
      const run = await world.process(`${path}?pin=${pin}`, { from: '198.51.100.3' });
      expect([run.status, run.text, run.cookies]).toEqual([200, 'OK', []]);
      expect(calls).toEqual([
        {
          login: NEWCOMER,
          state: 'active',
          role: undefined,
          address: '198.51.100.3',
          pairs: [
            ['a', '1'],
            ['b', 'x y'],
          ],
        },
      ]);
      expect((await world.requests.person(NEWCOMER)).account.state).toBe('active');
      expect(await world.word(`${path}?pin=${pin}`)).toBe('NOT_VALID;NOT_FOUND');
      expect(calls).toHaveLength(1);
    });

    it('answers ERROR for what is not 2xx, and does not try again', async () => {
      for (const [parameters, endpoint] of [
        ['fail=1', '/api/reports/run'],
        ['a=1', '/api/reports/crash'],
      ] as const) {
        const path = await custom('username1', parameters, endpoint);
        const pin = await world.requests.pinTo('username1@example.test');
        expect(await world.word(`${path}?pin=${pin}`)).toBe('ERROR');
        expect(await world.word(`${path}?pin=${pin}`)).toBe('NOT_VALID;NOT_FOUND');
      }
      expect(calls).toHaveLength(2);
    });

    it('asks with GET where there are no parameters', async () => {
      const path = await custom('username1', '');
      expect(await world.word(`${path}?pin=${await world.requests.pinTo('username1@example.test')}`)).toBe('OK');
      expect(calls).toEqual([{ login: 'username1', verb: 'GET' }]);
    });

    it('runs nothing that was taken off the list meanwhile', async () => {
      const path = await custom('username1');
      const pin = await world.requests.pinTo('username1@example.test');
      await world.requests.house.set('custom_request_endpoints', []);
      expect(await world.word(`${path}?pin=${pin}`)).toBe('ERROR');
      expect(calls).toEqual([]);
    });

    it('does not switch on who was switched off by an administrator', async () => {
      const path = await custom('username1');
      const pin = await world.requests.pinTo('username1@example.test');
      await world.requests.deactivate('username1');
      expect(await world.word(`${path}?pin=${pin}`)).toBe('NOT_VALID;USER_INACTIVE');
      expect(calls).toEqual([]);
    });

    it('attack 11: runs once of 50 parallel calls', async () => {
      await world.requests.house.set('process_requests_per_minute', 1_000);
      await world.requests.house.set('pin_tries', 10);
      const path = await custom('username1');
      const pin = await world.requests.pinTo('username1@example.test');
      const words = await Promise.all(Array.from({ length: 50 }, () => world.word(`${path}?pin=${pin}`)));
      expect(words.filter((word) => word === 'OK')).toHaveLength(1);
      expect(calls).toHaveLength(1);
    });

    it('lends its identity to no call from outside, while it runs and afterwards', async () => {
      await world.requests.house.set('process_requests_per_minute', 1_000);
      const path = await custom('username1');
      const pin = await world.requests.pinTo('username1@example.test');
      const outside = () =>
        fetch(`${world.url}/api/reports/run`, {
          method: 'POST',
          headers: {
            'content-type': 'application/x-www-form-urlencoded',
            'x-forwarded-for': '198.51.100.4',
            authorization: 'OAuth oauth_consumer_key="latchkey", oauth_token="request"',
          },
          body: 'a=1',
        });
      const [run, ...others] = await Promise.all([
        world.word(`${path}?pin=${pin}`),
        ...Array.from({ length: 20 }, outside),
      ]);
      expect(run).toBe('OK');
      expect(others.every(({ status }) => status >= 400)).toBe(true);
      expect(calls).toHaveLength(1);
    });
  });
});
