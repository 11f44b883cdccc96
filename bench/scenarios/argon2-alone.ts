import { execFile } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Contender } from '../harness/scenario.js';

/** Compiled as this file is, or as it stands: Node.js leaves the types out by itself. */
const SCRIPT = fileURLToPath(new URL(`../harness/argon2-alone${extname(import.meta.url)}`, import.meta.url));

/** How long it is driven where others are by an amount. */
const MOMENT_SECONDS = 0.1;

/** The product's password hasher with nothing around it, in a process of its own: what the cores can do. */
export const argon2Alone: Contender = {
  name: 'argon2',
  title: 'argon2 alone',
  unit: 'passwords',
  drive: async ({ dist }, { until }) => {
    const length = 'seconds' in until ? until.seconds : MOMENT_SECONDS;
    const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT, dist, String(length)]);
    const { verified, seconds } = JSON.parse(stdout) as { verified: number; seconds: number };
    return { perSecond: verified / seconds, outcomes: verified, errors: 0 };
  },
};
