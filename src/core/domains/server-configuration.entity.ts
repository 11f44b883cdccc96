import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What `latchkey apply` set for the whole server: one row. */
@Entity('server_configuration')
export class ServerConfiguration {
  @PrimaryColumn('integer', { name: 'id' })
  id!: number;

  /** Base of every link, e.g. `https://id.example.test`; null until a configuration was applied. */
  @Column('text', { name: 'public_url', nullable: true })
  publicUrl!: string | null;

  /** Name of the domain used when a call names none. */
  @Column('text', { name: 'default_domain', nullable: true })
  defaultDomain!: string | null;

  /** Raised by each change of the configuration, so that every process notices. */
  @Column('bigint', { name: 'revision', default: 0 })
  revision!: string;
}
