import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AuditEvent } from '../../src/core/audit/audit-event.entity.js';
import { OneTimeRequest } from '../../src/core/requests/one-time-request.entity.js';
import { MessageHousekeeping } from '../../src/delivery/message-housekeeping.js';
import { CLAIM_SECONDS } from '../../src/delivery/message.repository.js';
import type { DeliveryOutcome } from '../../src/delivery/outbox.js';
import { TestClock } from '../support/test-clock.js';
import { TestSmtpServer } from '../support/smtp-server.js';
import { describeOnPostgres, eachDatabase, type TestDatabase } from '../support/test-database.js';
import {
  configuration,
  type DeliveryHarness,
  type DeliveryOptions,
  LINK,
  resetLink,
  startDelivery,
} from './delivery-harness.js';

/** What every test here needs: a relay, and any number of processes over one database that share a clock. */
function stage(database: () => TestDatabase) {
  const processes: DeliveryHarness[] = [];
  const here = {
    relay: undefined as unknown as TestSmtpServer,
    clock: new TestClock(),
    start: async (options: DeliveryOptions = {}) => {
      const process = await startDelivery(database(), { clock: here.clock, ...options });
      processes.push(process);
      return process;
    },
    configure: (process: DeliveryHarness, settings?: string) =>
      process.apply(configuration({ relay: `url: "${here.relay.url}"`, ...(settings ? { settings } : {}) })),
  };
  beforeEach(async () => {
    await database().clear();
    here.clock = new TestClock();
    here.relay = await TestSmtpServer.start();
  });
  afterEach(async () => {
    await Promise.all(processes.splice(0).map((process) => process.close()));
    await here.relay.stop();
  });
  return here;
}

eachDatabase((database) => {
  const here = stage(database);

  it('sends nothing of a transaction that is rolled back', async () => {
    const process = await here.start();
    const { outbox, delivery } = process;
    await here.configure(process);
    const rolledBack = database().database.transaction(async (tx) => {
      await outbox.enqueue(tx, resetLink());
      throw new Error('the cause failed');
    });
    await expect(rolledBack).rejects.toThrow('the cause failed');
    expect(await delivery.attemptDue()).toBe(0);
    expect(await database().dataSource.query('SELECT 1 FROM pgboss.job')).toEqual([]);
    expect(here.relay.connections).toBe(0);
  });

  it('keeps neither link nor address readable while it waits, and nothing of them afterwards', async () => {
    const process = await here.start();
    await here.configure(process);
    here.relay.refuse(451);
    const [id = ''] = await process.enqueue({});
    await process.outbox.deliverNow([id]);
    const waiting = JSON.stringify(await database().dataSource.query('SELECT * FROM messages'));
    expect(waiting).not.toContain(LINK);
    expect(waiting).not.toContain('jane.doe@');
    expect(waiting).toContain('j…e@example.test');
    here.relay.accept();
    here.clock.advance(60);
    await process.delivery.attemptDue();
    expect(await process.row(id)).toMatchObject({ state: 'sent', content: null });
  });

  it('takes up in a new process what was committed before the old one died', async () => {
    const before = await here.start();
    await here.configure(before);
    await before.enqueue({});
    await before.close();
    await here.start({ worker: true });
    expect((await here.relay.mails.untilCount(1)).parsed.text).toContain(LINK);
  });

  it('sends in the background what nobody asked to be sent at once', async () => {
    const process = await here.start({ worker: true });
    await here.configure(process);
    const [id = ''] = await process.enqueue({});
    await here.relay.mails.untilCount(1);
    await vi.waitFor(async () => expect((await process.row(id)).state).toBe('sent'));
  });

  it('keeps a job until the message has ended', async () => {
    const process = await here.start({ worker: true });
    await here.configure(process, 'delivery_retry_first_seconds: 1');
    here.relay.refuse(451);
    const [id = ''] = await process.enqueue({});
    await vi.waitFor(async () => expect((await process.row(id)).attempts).toBe(1), { timeout: 10_000 });
    here.relay.accept();
    here.clock.advance(60);
    await here.relay.mails.untilCount(1);
  });

  it.each(['registration-link', 'recovery-link', 'invitation-link'] as const)(
    'section 6: tries a %s again after 1, 5 and 15 minutes, and then no more',
    async (purpose) => {
      const process = await here.start();
      await here.configure(process);
      here.relay.refuse(451);
      const [id = ''] = await process.enqueue({ purpose });
      const waits: (number | undefined)[] = [];
      for (let attempt = 1; attempt <= 4; attempt++) {
        const due = (await process.delivery.attempt(id))?.nextAttemptAt?.getTime();
        const wait = due === undefined ? undefined : (due - here.clock.now().getTime()) / 1_000;
        waits.push(wait);
        here.clock.advance(wait ?? 0);
      }
      expect(waits).toEqual([60, 300, 900, undefined]);
      expect(await process.row(id)).toMatchObject({ state: 'failed', attempts: 4 });
    },
  );

  it('waits longer after each refusal, and keeps what it gives up as a dead letter with its reason', async () => {
    const process = await here.start();
    await here.configure(process, 'delivery_attempts: 4, delivery_retry_first_seconds: 100');
    here.relay.refuse(451);
    const [id = ''] = await process.enqueue({});
    const waits: number[] = [];
    for (let attempt = 1; attempt < 4; attempt++) {
      const message = await process.delivery.attempt(id);
      const wait = ((message?.nextAttemptAt?.getTime() ?? 0) - here.clock.now().getTime()) / 1000;
      waits.push(wait);
      here.clock.advance(wait);
    }
    expect(waits[0]).toBeGreaterThanOrEqual(75);
    expect(waits[0]).toBeLessThanOrEqual(125);
    expect(waits[1]).toBeGreaterThanOrEqual(150);
    expect(waits[2]).toBeGreaterThanOrEqual(300);
    expect(await process.delivery.attempt(id)).toMatchObject({ state: 'failed', attempts: 4, content: null });
    expect(await process.ledger.deadLetters(10)).toMatchObject([
      { id, reasonCategory: 'deferred', reason: 'the mail relay refused the recipient (451)', nextAttemptAt: null },
    ]);
    const [event] = await database().dataSource.manager.findBy(AuditEvent, { event: 'message.failed' });
    expect(event).toMatchObject({
      outcome: 'failed',
      actor: 'system',
      detail: { message: id, channel: 'MAIL', purpose: 'password-reset-link', attempts: 4 },
    });
  });

  it('takes a message over when its sender has vanished, but not before its claim runs out', async () => {
    const process = await here.start();
    await here.configure(process);
    const [id = ''] = await process.enqueue({});
    await database().dataSource.query(
      `UPDATE messages SET state = 'sending', attempts = 1, next_attempt_at = $1 WHERE id = $2`,
      [here.clock.in(CLAIM_SECONDS), id],
    );
    here.clock.advance(CLAIM_SECONDS - 1);
    expect(await process.delivery.attempt(id)).toMatchObject({ state: 'sending', attempts: 1 });
    here.clock.advance(1);
    expect(await process.delivery.attempt(id)).toMatchObject({ state: 'sent', attempts: 2 });
  });

  it('does not send a link that was superseded while its message waited', async () => {
    const process = await here.start();
    await here.configure(process);
    here.relay.refuse(451);
    const requestId = randomUUID();
    const [id = ''] = await process.enqueue({ requestId });
    await process.outbox.deliverNow([id]);
    await addCancelledRequest(database(), requestId, here.clock);
    here.relay.accept();
    here.clock.advance(60);
    expect(await process.delivery.attempt(id)).toMatchObject({ state: 'failed', reasonCategory: 'withdrawn' });
    expect(here.relay.mails.all).toHaveLength(0);
  });

  it('says how the messages of a request stand, without their text', async () => {
    const process = await here.start();
    await here.configure(process);
    const requestId = randomUUID();
    const ids = await process.enqueue({ requestId }, { requestId, channel: 'SMS' });
    await process.outbox.deliverNow(ids);
    const statuses = await process.ledger.forRequests([requestId]);
    expect(statuses.map(({ channel, state, recipient }) => ({ channel, state, recipient }))).toEqual(
      expect.arrayContaining([
        { channel: 'MAIL', state: 'sent', recipient: 'j…e@example.test' },
        { channel: 'SMS', state: 'failed', recipient: '+352…001' },
      ]),
    );
    expect(JSON.stringify(statuses)).not.toContain(LINK);
  });

  it('attempts what has lost its job, and deletes the record when it was kept long enough', async () => {
    const process = await here.start();
    await here.configure(process);
    const housekeeping = process.module.get(MessageHousekeeping);
    const [id = ''] = await process.enqueue({});
    await database().dataSource.query('DELETE FROM pgboss.job');
    expect(await housekeeping.run()).toEqual({ attempted: 1, deleted: 0 });
    expect((await process.row(id)).state).toBe('sent');
    here.clock.advance(90 * 86_400 - 1);
    expect(await housekeeping.run()).toEqual({ attempted: 0, deleted: 0 });
    here.clock.advance(2);
    expect(await housekeeping.run()).toEqual({ attempted: 0, deleted: 1 });
  });

  it('counts attempts by outcome, and shows depth and age of the queue', async () => {
    const process = await here.start();
    await here.configure(process);
    here.relay.refuse(451);
    await process.outbox.deliverNow(await process.enqueue({}));
    here.clock.advance(30);
    const metrics = await process.metrics.metrics();
    expect(metrics).toContain('latchkey_message_attempts_total{channel="MAIL",outcome="queued",reason="deferred"} 1');
    expect(metrics).toContain('latchkey_messages_waiting{channel="MAIL"} 1');
    expect(metrics).toContain('latchkey_messages_waiting{channel="SMS"} 0');
    expect(metrics).toContain('latchkey_messages_oldest_waiting_seconds{channel="MAIL"} 30');
  });
});

describeOnPostgres('on PostgreSQL with many connections', (database) => {
  const here = stage(database);

  it('one message, twenty senders in two processes: sent once', async () => {
    const [one, two] = [await here.start(), await here.start()];
    await here.configure(one);
    for (let round = 0; round < 5; round++) {
      const [id = ''] = await one.enqueue({});
      await Promise.all(
        Array.from({ length: 20 }, (_, index) => {
          const { delivery, outbox } = index % 2 ? one : two;
          return index % 4 < 2 ? delivery.attempt(id) : outbox.deliverNow([id]);
        }),
      );
      expect(await one.row(id)).toMatchObject({ state: 'sent', attempts: 1 });
      expect(here.relay.mails.all).toHaveLength(round + 1);
    }
  });

  it('the first try learns the outcome from another process that was faster', async () => {
    const [one, two] = [await here.start(), await here.start()];
    await here.configure(one);
    const [id = ''] = await one.enqueue({});
    here.relay.stall('recipient');
    const elsewhere = two.delivery.attempt(id);
    await vi.waitFor(async () => expect((await one.row(id)).state).toBe('sending'));
    const outcome = one.outbox.deliverNow([id]);
    await vi.waitFor(() => expect(here.relay.connections).toBe(1));
    await here.relay.stop();
    expect(await elsewhere).toMatchObject({ state: 'queued' });
    const [{ state, reason } = {}] = (await outcome) as Partial<DeliveryOutcome>[];
    expect(state).toBe('queued');
    expect(reason).toContain('cannot be reached');
  });

  it('two workers share twenty messages and send each once', async () => {
    const [one, two] = [await here.start({ worker: true }), await here.start({ worker: true })];
    await here.configure(one);
    await Promise.all(Array.from({ length: 20 }, () => one.enqueue({})));
    await here.relay.mails.untilCount(20);
    await Promise.all([one.close(), two.close()]);
    const sent = here.relay.mails.all.map(({ parsed }) => parsed.messageId);
    expect(new Set(sent).size).toBe(20);
    expect(sent).toHaveLength(20);
  });
});

describe('attack 69: with a pool of one connection', () => {
  eachDatabase(
    (database) => {
      const here = stage(database);

      it('enqueues inside transactions, sends, retries and serves metrics', async () => {
        const process = await here.start({ worker: true });
        await here.configure(process);
        const batches = await Promise.all(
          Array.from({ length: 10 }, () => process.enqueue({}, {}).then((ids) => process.outbox.deliverNow(ids))),
        );
        expect(batches.flat().map(({ state }) => state)).toEqual(Array.from({ length: 20 }, () => 'sent'));
        expect(here.relay.mails.all).toHaveLength(20);
        expect(await process.metrics.metrics()).toContain('latchkey_messages_waiting{channel="MAIL"} 0');
      });
    },
    { poolSize: 1 },
  );
});

async function addCancelledRequest({ dataSource }: TestDatabase, id: string, clock: TestClock): Promise<void> {
  await dataSource.manager.insert(OneTimeRequest, {
    id,
    purpose: 'password-reset',
    state: 'cancelled',
    domainId: id,
    login: 'Jane Doe',
    attemptLimit: 5,
    deliveryMethod: 'MAIL',
    createdBy: 'RCDEVSDOCS\\administrator',
    createdAt: clock.now(),
    expiresAt: clock.in(3_600),
  });
}
