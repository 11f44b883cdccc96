import { randomUUID } from 'node:crypto';
import { Test, type TestingModule } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { AuditModule } from '../../src/core/audit/audit.module.js';
import { ConfigModule } from '../../src/core/config/config.module.js';
import { Environment } from '../../src/core/config/environment.js';
import { CryptoModule } from '../../src/core/crypto/crypto.module.js';
import { Database } from '../../src/core/database/database.js';
import { Configuration } from '../../src/core/domains/configuration.js';
import { DomainsModule } from '../../src/core/domains/domains.module.js';
import { Metrics } from '../../src/core/metrics/metrics.js';
import { MetricsModule } from '../../src/core/metrics/metrics.module.js';
import { ThrottleModule } from '../../src/core/throttle/throttle.module.js';
import { Clock } from '../../src/core/time/clock.js';
import { TimeModule } from '../../src/core/time/time.module.js';
import { WebModule } from '../../src/core/web/web.module.js';
import { Delivery } from '../../src/delivery/delivery.js';
import { DeliveryModule } from '../../src/delivery/delivery.module.js';
import { Mailbox } from '../../src/delivery/mailbox/mailbox.js';
import { Message } from '../../src/delivery/message.entity.js';
import { MessageLedger } from '../../src/delivery/message-ledger.js';
import { MessageQueue } from '../../src/delivery/message-queue.js';
import { type NewMessage, Outbox } from '../../src/delivery/outbox.js';
import { applyHarness } from '../core/domains/apply-harness.js';
import { TestClock } from '../support/test-clock.js';
import type { TestDatabase } from '../support/test-database.js';
import { testMasterKeys } from '../support/test-keys.js';

export interface DeliveryOptions {
  /** Stands still unless moved; shared by the processes of a test. */
  readonly clock?: TestClock;
  /** With the mailbox of the embedded mode; else with relay and gateway only. */
  readonly mailbox?: boolean;
  /** With the worker in the background, as in a real process. Without it a test makes the attempts itself. */
  readonly worker?: boolean;
}

/** One process's delivery over a test database. */
export interface DeliveryHarness {
  readonly module: TestingModule;
  readonly outbox: Outbox;
  readonly delivery: Delivery;
  readonly ledger: MessageLedger;
  readonly metrics: Metrics;
  readonly mailbox: () => Mailbox;
  readonly clock: TestClock;
  /** Enqueues in a transaction of its own and commits. */
  readonly enqueue: (...messages: Partial<NewMessage>[]) => Promise<string[]>;
  readonly row: (id: string) => Promise<Message>;
  /** Applies a configuration file. */
  readonly apply: (yaml: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function startDelivery(database: TestDatabase, options: DeliveryOptions = {}): Promise<DeliveryHarness> {
  const clock = options.clock ?? new TestClock();
  const environment = new Environment({
    databaseUrl: options.mailbox ? undefined : 'postgresql://somewhere/latchkey',
    masterKeys: testMasterKeys(),
    trustedProxies: [],
  } as unknown as Environment);
  const module = await Test.createTestingModule({
    imports: [
      databaseModule(database),
      ConfigModule.forRoot(environment),
      TimeModule,
      CryptoModule,
      AuditModule,
      ThrottleModule,
      DomainsModule,
      MetricsModule,
      WebModule,
      DeliveryModule.forRoot(environment),
    ],
  })
    .overrideProvider(Clock)
    .useValue(clock)
    .compile();
  module.useLogger(false);
  if (options.worker) await module.init();
  else await module.get(MessageQueue).start();
  const outbox = module.get(Outbox);
  return {
    module,
    outbox,
    delivery: module.get(Delivery),
    ledger: module.get(MessageLedger),
    metrics: module.get(Metrics),
    mailbox: () => module.get(Mailbox),
    clock,
    enqueue: (...messages) =>
      database.database.transaction(async (tx) => {
        const ids: string[] = [];
        for (const message of messages) ids.push(await outbox.enqueue(tx, resetLink(message)));
        return ids;
      }),
    row: (id) => database.dataSource.manager.findOneByOrFail(Message, { id }),
    apply: async (yaml) => {
      await applyHarness(database).apply(yaml);
      module.get(Configuration).invalidate();
    },
    close: () => module.close(),
  };
}

/** The link that must be found nowhere but in the message itself. */
export const LINK = 'https://id.example.test/webapps/pwreset/?req=Zk3v9w0QmT6yH1b4cP8sXeLr2NdUaJfGoIhKqVtBwYs';

export function resetLink({ variables, ...message }: Partial<NewMessage> = {}): NewMessage {
  return {
    channel: 'MAIL',
    purpose: 'password-reset-link',
    to: message.channel === 'SMS' ? '+352 26 000 001' : 'jane.doe@example.test',
    language: 'en',
    variables: {
      USERNAME: 'Jane Doe',
      DOMAIN: 'RCDEVSDOCS',
      FULLNAME: 'Jane Doe',
      LINK,
      EXPIRES: '2026-08-04T12:30:00Z',
      HOURS: '24',
      COMMENTS: 'Ticket 812',
      ADMIN: 'RCDEVSDOCS\\administrator',
      ...variables,
    },
    domainId: randomUUID(),
    accountId: randomUUID(),
    requestId: randomUUID(),
    ...message,
  };
}

const PATIENCE = 'delivery_first_try_seconds';

interface Setup {
  readonly relay?: string;
  readonly gateway?: string;
  readonly settings?: string;
}

/** A configuration file with this relay and this gateway. A slow machine does not change the outcome of a first try. */
export function configuration({ relay, gateway, settings = '' }: Setup): string {
  const patience = settings.includes(PATIENCE) ? '' : `${PATIENCE}: 60, `;
  return [
    'publicUrl: https://id.example.test',
    `server: { settings: { ${patience}${settings} } }`,
    ...(relay
      ? [
          'mail:',
          `  profiles: [{ name: relay, ${relay} }]`,
          '  accounts: [{ name: system, profile: relay, address: no-reply@example.test, fromDisplayName: Example ID, isSystem: true }]',
        ]
      : []),
    ...(gateway
      ? [
          `sms: { gateways: [{ name: main, kind: http, url: "${gateway}", headers: { Authorization: Bearer hidden } }] }`,
        ]
      : []),
    '',
  ].join('\n');
}

function databaseModule({ dataSource, database }: TestDatabase) {
  class TestDatabaseModule {}
  return {
    module: TestDatabaseModule,
    global: true,
    providers: [
      { provide: DataSource, useValue: dataSource },
      { provide: Database, useValue: database },
    ],
    exports: [DataSource, Database],
  };
}
