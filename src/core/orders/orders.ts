import { randomUUID } from 'node:crypto';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { KeyRing } from '../crypto/key-ring.js';
import { plainSecret } from '../crypto/secret-types.js';
import { Database, rows, type Tx } from '../database/database.js';
import { hydrate } from '../database/guarded-update.js';
import { describeError } from '../logging/describe-error.js';
import { RecurringJob } from '../schedule/recurring-job.js';
import { Clock } from '../time/clock.js';
import { Order, ORDER_CONTENT } from './order.entity.js';

/** Texts by name. */
export type OrderContent = Readonly<Record<string, string | null>>;

/** Carries an order out. What it does twice must do no harm: a process may die before the order is taken off. */
export type OrderHandler = (content: OrderContent) => Promise<void>;

/** Milliseconds between two looks for orders that another process has left. */
const EVERY_MS = 5_000;
/** Orders that one process carries out at a time. */
const LANES = 2;
/** Seconds after the first attempt; each further wait is twice as long. */
const FIRST_WAIT = 30;
/** Attempts after which an order is dropped, some four hours after it came. */
const ATTEMPTS = 10;

/**
 * Work that strangers ask for and that must not show in the time of the answer: looking people up, and writing to them
 * (iam-rest section 9, user-requests section 3, attack class 46). A call leaves an order and is answered; any process
 * carries it out, at once if it can.
 */
@Injectable()
export class Orders implements OnApplicationShutdown {
  private readonly logger = new Logger(Orders.name);
  private readonly handlers = new Map<string, OrderHandler>();
  private readonly lanes = new Set<Promise<void>>();
  private readonly job = new RecurringJob('orders', () => this.run());
  private closed = false;

  constructor(
    private readonly database: Database,
    private readonly keyRing: KeyRing,
    private readonly clock: Clock,
  ) {}

  @Interval('orders', EVERY_MS)
  tick(): Promise<void> {
    return this.job.tick();
  }

  async onApplicationShutdown(): Promise<void> {
    this.closed = true;
    await Promise.all(this.lanes);
  }

  /** Says who carries out orders of a kind. */
  carryOutWith(kind: string, handler: OrderHandler): void {
    this.handlers.set(kind, handler);
  }

  /** Leaves an order. It is carried out after the caller has gone on. */
  async place(kind: string, content: OrderContent): Promise<void> {
    await this.write(this.database.manager, kind, content);
    this.beginSoon();
  }

  /** Leaves an order that exists only if `tx` commits; {@link beginSoon} belongs after the commit. */
  async write(tx: Tx, kind: string, content: OrderContent): Promise<void> {
    const now = this.clock.now();
    const sealed = this.keyRing.seal(plainSecret(JSON.stringify(content)), ORDER_CONTENT);
    await rows(tx, 'INSERT INTO orders (id, kind, content, created_at, due_at) VALUES ($1, $2, $3, $4, $4)', [
      randomUUID(),
      kind,
      sealed,
      now,
    ]);
  }

  /** Begins with what is due once the caller has gone on, and not only at the next {@link tick}. */
  beginSoon(): void {
    setImmediate(() => this.wake());
  }

  /** Carries out what is due, and waits for what this process has begun already. */
  async run(): Promise<void> {
    this.wake();
    while (this.lanes.size > 0) await Promise.all(this.lanes);
  }

  private wake(): void {
    if (this.closed || this.lanes.size >= LANES) return;
    const lane = this.carryOutAll().finally(() => this.lanes.delete(lane));
    this.lanes.add(lane);
  }

  /** Never fails: what could not be done is done later. */
  private async carryOutAll(): Promise<void> {
    try {
      for (let order = await this.next(); order; order = await this.next()) await this.carryOut(order);
    } catch (error) {
      this.logger.error({ msg: 'orders wait', error: describeError(error) });
    }
  }

  /** The order that is due first, reserved until its next attempt is due. */
  private async next(): Promise<Order | undefined> {
    if (this.closed) return undefined;
    const [row] = await rows<Record<string, unknown>>(
      this.database.manager,
      `UPDATE orders SET attempts = attempts + 1,
         due_at = CAST($1 AS timestamptz) + make_interval(secs => $2 * power(2, attempts))
       WHERE id = (SELECT id FROM orders WHERE due_at <= $1 AND kind = ANY($3)
                   ORDER BY due_at, created_at LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING *`,
      [this.clock.now(), FIRST_WAIT, [...this.handlers.keys()]],
    );
    return row && hydrate(this.database.manager, Order, row);
  }

  private async carryOut(order: Order): Promise<void> {
    try {
      const content = this.keyRing.open(order.content, ORDER_CONTENT);
      await this.handlers.get(order.kind)?.(JSON.parse(content) as OrderContent);
    } catch (error) {
      const { id, kind, attempts } = order;
      const last = attempts >= ATTEMPTS;
      this.logger.warn({
        msg: last ? 'an order was dropped' : 'an order waits',
        id,
        kind,
        attempts,
        error: describeError(error),
      });
      if (!last) return;
    }
    await this.database.query('DELETE FROM orders WHERE id = $1', [order.id]);
  }
}
