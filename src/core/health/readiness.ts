import { Injectable, Logger } from '@nestjs/common';
import { Database } from '../database/database.js';
import { Directories } from '../directory/directories.js';
import { Configuration } from '../domains/configuration.js';
import { Clock } from '../time/clock.js';
import { within } from '../time/within.js';

export type Health = 'ok' | 'failing';

/** What a load balancer and an operator want to know; holds no names and no versions, because anybody may ask. */
export interface Readiness {
  /** `degraded`: this process serves, but a directory does not answer; another process would see the same. */
  readonly status: 'ready' | 'degraded' | 'not-ready';
  readonly database: Health;
  readonly migrations: Health;
  /** How many domains' directories answer and how many do not; the log names those that do not. */
  readonly directories: { readonly ok: number; readonly failing: number };
}

const NONE_ASKED = { ok: 0, failing: 0 };

/** Milliseconds for which an answer is given again, so that probing costs nothing. */
const KEEP_MS = 2_000;
/** Milliseconds after which a part that does not answer counts as failing. */
const PATIENCE_MS = 3_000;

/** Whether this process can do its work. */
@Injectable()
export class ReadinessCheck {
  private readonly logger = new Logger('Readiness');
  private held: { at: number; readiness: Promise<Readiness> } | undefined;

  constructor(
    private readonly database: Database,
    private readonly configuration: Configuration,
    private readonly directories: Directories,
    private readonly clock: Clock,
  ) {}

  check(): Promise<Readiness> {
    const now = this.clock.now().getTime();
    if (!this.held || now - this.held.at >= KEEP_MS || now < this.held.at) {
      this.held = { at: now, readiness: this.examine() };
    }
    return this.held.readiness;
  }

  private async examine(): Promise<Readiness> {
    const database = await health(async () => void (await this.database.query('SELECT 1')));
    if (database === 'failing')
      return { status: 'not-ready', database, migrations: 'failing', directories: NONE_ASKED };
    const migrations = await health(async () => {
      if (await this.database.dataSource.showMigrations()) throw new Error('migrations are pending');
    });
    const directories = await this.examineDirectories();
    const status = migrations === 'failing' ? 'not-ready' : directories.failing === 0 ? 'ready' : 'degraded';
    return { status, database, migrations, directories };
  }

  private async examineDirectories(): Promise<Readiness['directories']> {
    const { domains } = await this.configuration.snapshot();
    const states = domains.map(async (domain) => {
      const state = await health(async () => (await this.directories.for(domain)).probe());
      if (state === 'failing') this.logger.warn({ domain: domain.name, msg: 'the directory does not answer' });
      return state;
    });
    const failing = (await Promise.all(states)).filter((state) => state === 'failing').length;
    return { ok: domains.length - failing, failing };
  }
}

async function health(look: () => Promise<void>): Promise<Health> {
  const looked = look().then(
    (): Health => 'ok',
    (): Health => 'failing',
  );
  return (await within(looked, PATIENCE_MS)) ?? 'failing';
}
