import { Injectable } from '@nestjs/common';
import { readConfiguration } from '../core/config/file/read-configuration-file.js';
import { Environment } from '../core/config/environment.js';
import { ApplyConfiguration } from '../core/domains/apply/apply-configuration.js';
import { Configuration } from '../core/domains/configuration.js';
import { DemoTokens } from './demo-tokens.js';
import { DEMO_WORLD } from './demo-world.js';

/** The public URL that the demo world sets. */
const DEMO_URL = /^http:\/\/127\.0\.0\.1:\d+$/;

/** Puts the demo world into the embedded database. */
@Injectable()
export class DemoSeeder {
  constructor(
    private readonly environment: Environment,
    private readonly configuration: Configuration,
    private readonly apply: ApplyConfiguration,
    private readonly tokens: DemoTokens,
  ) {}

  /**
   * Seeds what is missing of the demo world; a second time costs a few reads. Nothing is deleted and people are never
   * overwritten, so what was tried out stays. An operator's own configuration is left alone.
   *
   * @param port where this server listens; links of the demo world lead there
   * @returns whether the demo world is in force
   * @throws Error outside the embedded mode
   */
  async seed(port: number): Promise<boolean> {
    if (!this.environment.embedded) throw new Error('the demo world belongs into the embedded database only');
    // Its administrator and password are public, and would rule over the operator's own domains too.
    if (this.environment.configPath) return false;
    const { publicUrl } = await this.configuration.snapshot();
    if (publicUrl !== undefined && !DEMO_URL.test(publicUrl)) return false;
    const file = readConfiguration(DEMO_WORLD, 'demo world', { PORT: String(port) });
    await this.apply.apply({ file, folder: this.environment.dataDir });
    await this.tokens.seed();
    return true;
  }
}
