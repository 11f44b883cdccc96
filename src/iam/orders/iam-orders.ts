import { randomUUID } from 'node:crypto';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { KeyRing } from '../../core/crypto/key-ring.js';
import { plainSecret } from '../../core/crypto/secret-types.js';
import { Database, rows } from '../../core/database/database.js';
import { hydrate } from '../../core/database/guarded-update.js';
import { describeError } from '../../core/logging/describe-error.js';
import { RecurringJob } from '../../core/schedule/recurring-job.js';
import { Clock } from '../../core/time/clock.js';
import { IamOrder, ORDER_CONTENT } from './iam-order.entity.js';

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
 * (iam-rest section 9, attack class 46). A call leaves an order and is answered; any process carries it out, at once if
 * it can.
 */
@Injectable()
export class IamOrders implements OnApplicationShutdown {
  private readonly logger = new Logger(IamOrders.name);
  private readonly handlers = new Map<string, OrderHandler>();
  private readonly lanes = new Set<Promise<void>>();
  private readonly job = new RecurringJob('orders of the IAM surface', () => this.run());
  private closed = false;

  constructor(
    private readonly database: Database,
    private readonly keyRing: KeyRing,
    private readonly clock: Clock,
  ) {}

  @Interval('iam-orders', EVERY_MS)
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
    const now = this.clock.now();
    const sealed = this.keyRing.seal(plainSecret(JSON.stringify(content)), ORDER_CONTENT);
    await this.database.query(
      'INSERT INTO iam_orders (id, kind, content, created_at, due_at) VALUES ($1, $2, $3, $4, $4)',
      [randomUUID(), kind, sealed, now],
    );
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
  private async next(): Promise<IamOrder | undefined> {
    if (this.closed) return undefined;
    const [row] = await rows<Record<string, unknown>>(
      this.database.manager,
      `UPDATE iam_orders SET attempts = attempts + 1,
         due_at = CAST($1 AS timestamptz) + make_interval(secs => $2 * power(2, attempts))
       WHERE id = (SELECT id FROM iam_orders WHERE due_at <= $1 AND kind = ANY($3)
                   ORDER BY due_at, created_at LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING *`,
      [this.clock.now(), FIRST_WAIT, [...this.handlers.keys()]],
    );
    return row && hydrate(this.database.manager, IamOrder, row);
  }

  private async carryOut(order: IamOrder): Promise<void> {
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
    await this.database.query('DELETE FROM iam_orders WHERE id = $1', [order.id]);
  }
}
