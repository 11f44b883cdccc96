import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { uptime } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError } from '../config/configuration-error.js';

const FILE = 'lock';

/** Locks of this very process. In a container every start may have the same number. */
const held = new Set<string>();

/**
 * Keeps a second process out of the embedded database's folder: PGlite has no guard of its own, and two at a time
 * would destroy the files.
 *
 * The lock is a file with the process's number. It is stale, and taken over, when that process is gone or when the
 * machine was started after it was written.
 */
export class FolderLock {
  private constructor(private readonly path: string) {}

  /** @throws ConfigurationError when another process holds the folder */
  static take(folder: string): FolderLock {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, FILE);
    for (let attempt = 0; attempt < 3; attempt++) {
      if (create(path)) {
        held.add(path);
        return new FolderLock(path);
      }
      const holder = holderOf(path);
      if (holder !== undefined) {
        const problem = `the embedded database is in use by process ${holder}; stop it first (it takes one process at a time)`;
        throw new ConfigurationError([{ where: 'LATCHKEY_DATA_DIR', problem }]);
      }
      rmSync(path, { force: true });
    }
    throw new ConfigurationError([{ where: 'LATCHKEY_DATA_DIR', problem: 'the embedded database cannot be locked' }]);
  }

  release(): void {
    held.delete(this.path);
    rmSync(this.path, { force: true });
  }
}

function create(path: string): boolean {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** The process that holds the lock; undefined when the lock is stale. */
function holderOf(path: string): number | undefined {
  try {
    const pid = Number(readFileSync(path, 'utf8'));
    const startedAt = performance.timeOrigin + performance.now() - uptime() * 1_000;
    if (!Number.isInteger(pid) || pid <= 0 || statSync(path).mtimeMs < startedAt) return undefined;
    if (pid === process.pid) return held.has(path) ? pid : undefined;
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    // EPERM: it is alive and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? Number(readFileSync(path, 'utf8')) : undefined;
  }
}
