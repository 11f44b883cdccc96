import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AuditEvent } from '../../../src/core/audit/audit-event.entity.js';
import { Audit } from '../../../src/core/audit/audit.js';
import { TestClock } from '../../support/test-clock.js';
import { eachDatabase } from '../../support/test-database.js';

const ODD = [
  'NUL \0 inside',
  '\0',
  'lone \ud800 surrogate',
  '\udc00\ud800',
  'bell \u0007 and escape \u001b[31m',
  'line\r\nbreak',
  '\u202egnirts',
  '\ufffe\uffff',
  '🔑'.repeat(2_000),
  'x'.repeat(1_000_000),
  '',
  `' OR 1=1; DROP TABLE audit_events --`,
  '{"a":"\\u0000"}',
];

describe('the audit', () => {
  eachDatabase((database) => {
    let audit: Audit;
    const clock = new TestClock();

    beforeEach(() => {
      audit = new Audit(clock);
    });

    afterEach(() => database().clear());

    const stored = () => database().dataSource.manager.find(AuditEvent, { order: { id: 'ASC' } });

    it('records what it is told, and null for what it is not', async () => {
      const ids = ['5f6b3c1e-0000-4000-8000-000000000001', '5f6b3c1e-0000-4000-8000-000000000002'];
      await audit.record(database().database.manager, {
        event: 'password-reset.sent',
        outcome: 'refused',
        code: 'no-address',
        actor: 'ACME\\desk',
        clientAddress: '192.0.2.1',
        domain: 'ACME',
        accountId: ids[0],
        target: 'cn=jane,dc=ACME',
        requestId: ids[1],
        correlationId: 'r-1',
        detail: { method: 'MAIL', tries: 2, again: false, none: null },
      });
      await audit.record(database().database.manager, { event: 'x.y', outcome: 'success', actor: 'system' });
      expect(await stored()).toEqual([
        {
          id: '1',
          at: clock.now(),
          event: 'password-reset.sent',
          outcome: 'refused',
          code: 'no-address',
          actor: 'ACME\\desk',
          clientAddress: '192.0.2.1',
          domain: 'ACME',
          accountId: ids[0],
          target: 'cn=jane,dc=ACME',
          requestId: ids[1],
          correlationId: 'r-1',
          detail: { method: 'MAIL', tries: 2, again: false, none: null },
        },
        {
          id: '2',
          at: clock.now(),
          event: 'x.y',
          outcome: 'success',
          code: null,
          actor: 'system',
          clientAddress: null,
          domain: null,
          accountId: null,
          target: null,
          requestId: null,
          correlationId: null,
          detail: null,
        },
      ]);
    });

    it('attack 63: takes any text in any field', async () => {
      for (const text of ODD) {
        await audit.record(database().database.manager, {
          event: 'odd.seen',
          outcome: 'refused',
          actor: text,
          domain: text,
          target: text,
          correlationId: text,
          detail: { user: text, reason: text },
        });
      }
      const rows = await stored();
      expect(rows).toHaveLength(ODD.length);
      expect(rows.every(({ actor, detail }) => actor.length <= 1_000 && JSON.stringify(detail).length < 10_000)).toBe(
        true,
      );
    });

    it('attack 63: takes any text that can be typed', async () => {
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: 'binary' }), (text) =>
          audit.record(database().database.manager, {
            event: 'odd.seen',
            outcome: 'refused',
            actor: text,
            target: text,
            detail: { text },
          }),
        ),
        { numRuns: 50 },
      );
      expect((await stored()).length).toBeGreaterThanOrEqual(50);
    });

    it('exists only together with the act that it records', async () => {
      const failing = database().database.transaction(async (tx) => {
        await audit.record(tx, { event: 'x.y', outcome: 'success', actor: 'system' });
        throw new Error('the act failed');
      });
      await expect(failing).rejects.toThrow('the act failed');
      expect(await stored()).toEqual([]);
    });
  });
});
