import { execFileSync } from 'node:child_process';
import { closeSync, fdatasyncSync, openSync, readFileSync, statfsSync, writeSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, release, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { postgresBinaries } from '../../test/support/real-parts.js';
import { removeTemporaryFolder, temporaryFolder } from '../../test/support/temporary-folder.js';
import { spreadOf } from './statistics.js';

/** What figures must be read together with. */
export interface Circumstances {
  readonly at: string;
  readonly commit: string;
  /** Whether the sources differed from that commit. */
  readonly changed: boolean;
  readonly cores: number;
  readonly processor: string;
  readonly memoryGiB: number;
  readonly system: string;
  readonly node: string;
  readonly postgresql: string;
  readonly autocannon: string;
  /** Processes that wanted to run in the last minute, before anything was measured. */
  readonly loadAverage: number;
  /** Milliseconds in which the disk confirms one page, where the database lies. */
  readonly diskSyncMs: number;
}

const TMPFS = 0x01021994;
const PAGE = Buffer.alloc(8_192, 1);

export function readCircumstances(): Circumstances {
  return {
    at: new Date().toISOString(),
    commit: git('rev-parse', 'HEAD'),
    changed: git('status', '--porcelain', '--', 'src', 'migrations', 'package-lock.json') !== '',
    cores: availableParallelism(),
    processor: cpus()[0]?.model ?? 'unknown',
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${release()}`,
    node: process.versions.node,
    postgresql: output(join(postgresBinaries() ?? '', 'postgres'), ['--version']).replace(
      /^postgres \(PostgreSQL\) /,
      '',
    ),
    autocannon: versionOf('autocannon'),
    loadAverage: loadavg()[0] ?? 0,
    diskSyncMs: diskSync(),
  };
}

/** Why the figures would not mean what they seem to; nothing when all is well. */
export function reservations({ cores, loadAverage }: Circumstances): string[] {
  return [
    ...(liesInMemory() ? [`${tmpdir()} lies in memory, so a durable commit costs nothing; set TMPDIR to a disk`] : []),
    ...(loadAverage > cores / 2 ? [`this machine is busy with other things (load ${loadAverage.toFixed(1)})`] : []),
  ];
}

function liesInMemory(): boolean {
  return process.platform === 'linux' && statfsSync(tmpdir()).type === TMPFS;
}

function diskSync(): number {
  const folder = temporaryFolder('disk');
  const file = openSync(join(folder, 'page'), 'w');
  try {
    const times = Array.from({ length: 50 }, () => {
      const begun = performance.now();
      writeSync(file, PAGE);
      fdatasyncSync(file);
      return performance.now() - begun;
    });
    return spreadOf(times)?.median ?? 0;
  } finally {
    closeSync(file);
    removeTemporaryFolder(folder);
  }
}

function versionOf(name: string): string {
  const { version } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')) as { version: string };
  return version;
}

function git(...args: string[]): string {
  return output('git', args);
}

function output(program: string, args: readonly string[]): string {
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return 'unknown';
  }
}
