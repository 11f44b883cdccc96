import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** How often something happened in the running window; shared by all processes and kept over restarts. */
@Entity('throttle_counters')
@Index('throttle_counters_ends_at', ['endsAt'])
export class ThrottleCounter {
  /** Rule and subject, e.g. `manager-login:192.0.2.1`; long subjects are digested. */
  @PrimaryColumn('text', { name: 'key' })
  key!: string;

  @Column('integer', { name: 'count' })
  count!: number;

  /** When the window is over and the count starts again. */
  @Column('timestamptz', { name: 'ends_at' })
  endsAt!: Date;
}
