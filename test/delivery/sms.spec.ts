import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AuditEvent } from '../../src/core/audit/audit-event.entity.js';
import type { NewMessage } from '../../src/delivery/outbox.js';
import { TestSmsGateway } from '../support/sms-gateway.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { configuration, type DeliveryHarness, LINK, startDelivery } from './delivery-harness.js';

describe('SMS', () => {
  let database: TestDatabase;
  let delivery: DeliveryHarness;
  let gateway: TestSmsGateway;

  beforeAll(async () => {
    database = await createTestDatabase('embedded');
  });

  afterAll(() => database.stop());

  beforeEach(async () => {
    await database.clear();
    gateway = await TestSmsGateway.start();
    delivery = await startDelivery(database);
    await delivery.apply(configuration({ gateway: gateway.url }));
  });

  afterEach(async () => {
    await delivery.close();
    await gateway.stop();
  });

  const send = async (message: Partial<NewMessage> = {}) => {
    const ids = await delivery.enqueue({ channel: 'SMS', ...message });
    const [outcome] = await delivery.outbox.deliverNow(ids);
    return { id: ids[0] ?? '', outcome };
  };

  it('posts number and text to the gateway, with its headers and one key for all attempts', async () => {
    const { id, outcome } = await send();
    expect(outcome).toEqual({ messageId: id, channel: 'SMS', state: 'sent', reason: undefined });
    const request = await gateway.accepted.untilCount(1);
    expect(request).toMatchObject({ method: 'POST', path: '/send', to: '+35226000001' });
    expect(request.headers).toMatchObject({
      authorization: 'Bearer hidden',
      'content-type': 'application/json; charset=utf-8',
      'idempotency-key': id,
    });
    expect(request.text).toContain(LINK);
    expect(await delivery.row(id)).toMatchObject({ state: 'sent', sender: 'main', providerId: 'sms-1', content: null });
  });

  it('holds the link and at most the first 60 characters of the comments', async () => {
    await send({ variables: { COMMENTS: `${'x'.repeat(60)}~` } });
    const { text } = await gateway.accepted.untilCount(1);
    expect(text).toContain(LINK);
    expect(text).toContain('x'.repeat(60));
    expect(text).not.toContain('~');
  });

  it.each([
    [400, 'failed'],
    [401, 'failed'],
    [404, 'failed'],
    [422, 'failed'],
    [408, 'queued'],
    [425, 'queued'],
    [429, 'queued'],
    [500, 'queued'],
    [503, 'queued'],
  ])('takes status %i as %s', async (status, state) => {
    gateway.refuse(status);
    const { outcome } = await send();
    expect(outcome).toMatchObject({ state, reason: `the SMS gateway answered with status ${status}` });
  });

  it('succeeds on a later attempt', async () => {
    gateway.refuse(503);
    const { id } = await send();
    gateway.accept();
    delivery.clock.advance(60);
    await delivery.delivery.attempt(id);
    expect(gateway.accepted.all).toHaveLength(1);
    expect((await delivery.row(id)).state).toBe('sent');
  });

  it('does not follow a redirect with number, text and credentials', async () => {
    const redirecting = createServer((_, response) => response.writeHead(307, { location: gateway.url }).end());
    await new Promise<void>((resolve) => redirecting.listen(0, '127.0.0.1', resolve));
    const { port } = redirecting.address() as AddressInfo;
    await delivery.apply(configuration({ gateway: `http://127.0.0.1:${port}/` }));
    const { outcome } = await send();
    expect(outcome).toMatchObject({ state: 'queued', reason: 'the SMS gateway answered with status 307' });
    expect(gateway.requests.all).toHaveLength(0);
    redirecting.close();
  });

  it('answers in time when the gateway stalls, and a late yes still counts', async () => {
    await delivery.apply(configuration({ gateway: gateway.url, settings: 'delivery_first_try_seconds: 1' }));
    gateway.stall();
    const { id, outcome } = await send();
    expect(outcome).toMatchObject({ state: 'queued' });
    gateway.answerLate();
    expect(await delivery.delivery.attempt(id)).toMatchObject({ state: 'sent', attempts: 1 });
  });

  it('lets an attempt under way end when the process is told to stop', async () => {
    gateway.stall();
    const [id = ''] = await delivery.enqueue({ channel: 'SMS' });
    const attempt = delivery.delivery.attempt(id);
    await gateway.requests.untilCount(1);
    const closed = delivery.close();
    gateway.answerLate();
    await closed;
    expect(await delivery.row(id)).toMatchObject({ state: 'sent' });
    await attempt;
  });

  it('tries again when nobody listens', async () => {
    await gateway.stop();
    const { outcome } = await send();
    expect(outcome).toMatchObject({ state: 'queued', reason: 'the SMS gateway cannot be reached (ECONNREFUSED)' });
    gateway = await TestSmsGateway.start();
  });

  it('gives up at once when no gateway is declared, or the number is none', async () => {
    expect((await send({ to: '26 000 001' })).outcome).toMatchObject({
      state: 'failed',
      reason: 'the number in the directory is not an international number',
    });
    await database.clear();
    await delivery.apply(configuration({}));
    expect((await send()).outcome).toMatchObject({ state: 'failed', reason: 'no SMS gateway is declared' });
  });

  describe('attack 67', () => {
    const budget = (settings: string) => delivery.apply(configuration({ gateway: gateway.url, settings }));
    const outcomes = async (numbers: readonly string[]) => {
      const ids = await delivery.enqueue(...numbers.map((to) => ({ channel: 'SMS' as const, to })));
      const messages = await Promise.all(ids.map((id) => delivery.delivery.attempt(id)));
      return messages.map((message) => message?.state);
    };

    it('attack 67: one number gets no more than its budget, however it is written', async () => {
      await budget('sms_per_recipient_per_hour: 3');
      const spellings = ['+35226000001', '0035226000001', '+352 26 000 001', '+352-26-000-001', '+352(26)000001'];
      const states = await outcomes(spellings);
      expect(states.filter((state) => state === 'sent')).toHaveLength(3);
      expect(gateway.requests.all).toHaveLength(3);
      delivery.clock.advance(3_600);
      expect(await outcomes(['+35226000001'])).toEqual(['sent']);
    });

    it('attack 67: a flood over many numbers stops at the budget of the day', async () => {
      await budget('sms_per_day: 5');
      const states = await outcomes(Array.from({ length: 30 }, (_, index) => `+3522600${1000 + index}`));
      expect(states.filter((state) => state === 'sent')).toHaveLength(5);
      expect(gateway.requests.all).toHaveLength(5);
    });

    it('attack 67: premium numbers are outside the allowed prefixes, and the alarm is raised', async () => {
      await budget('sms_allowed_prefixes: ["+352", "+49"]');
      expect(await outcomes(['+35226000001', '+8821234567', '+491701234567'])).toEqual(['sent', 'failed', 'sent']);
      const events = await database.dataSource.manager.findBy(AuditEvent, { event: 'sms-budget.reached' });
      expect(events).toMatchObject([
        { outcome: 'refused', code: 'send-limit-reached', actor: 'system', detail: { budget: 'prefix' } },
      ]);
      expect(JSON.stringify(events)).not.toContain('8821234567');
      expect(await delivery.metrics.metrics()).toContain('latchkey_sms_budget_reached_total{budget="prefix"} 1');
    });

    it('attack 67: prefixes that were taken away hold for what is still waiting', async () => {
      gateway.refuse(503);
      const { id } = await send();
      await budget('sms_allowed_prefixes: ["+49"]');
      gateway.accept();
      delivery.clock.advance(300);
      expect(await delivery.delivery.attempt(id)).toMatchObject({ state: 'failed', reasonCategory: 'budget' });
      expect(gateway.accepted.all).toHaveLength(0);
    });

    it('attack 67: a gateway that is down does not use the budget up', async () => {
      await budget('sms_per_recipient_per_hour: 1');
      gateway.refuse(503);
      const { id } = await send();
      for (let attempt = 0; attempt < 3; attempt++) {
        delivery.clock.advance(300);
        await delivery.delivery.attempt(id);
      }
      gateway.accept();
      delivery.clock.advance(1_000);
      expect(await delivery.delivery.attempt(id)).toMatchObject({ state: 'sent' });
    });
  });
});
