import { readdirSync, readFileSync } from 'node:fs';

/** Processor seconds, of all cores together. */
export interface CpuSeconds {
  readonly server: number;
  readonly database: number;
  /** This process: the load generator. */
  readonly client: number;
}

/** `sysconf(_SC_CLK_TCK)`, which is 100 on every Linux that Node.js runs on. */
const TICKS_PER_SECOND = 100;

interface ProcessTimes {
  readonly parent: number;
  /** Own and those of ended children. */
  readonly seconds: number;
}

/**
 * Processor time spent so far by server processes and by PostgreSQL with its backends. Undefined where there is no
 * `/proc`.
 */
export function cpuSeconds(serverPids: readonly number[], databasePid: number | undefined): CpuSeconds | undefined {
  if (process.platform !== 'linux' || databasePid === undefined) return undefined;
  const { user, system } = process.cpuUsage();
  const all = readAll();
  const sum = (wanted: (pid: number, times: ProcessTimes) => boolean) =>
    all.reduce((total, [pid, times]) => (wanted(pid, times) ? total + times.seconds : total), 0);
  return {
    server: sum((pid) => serverPids.includes(pid)),
    database: sum((pid, { parent }) => pid === databasePid || parent === databasePid),
    client: (user + system) / 1_000_000,
  };
}

export function cpuBetween(before: CpuSeconds | undefined, after: CpuSeconds | undefined): CpuSeconds | undefined {
  if (!before || !after) return undefined;
  return {
    server: after.server - before.server,
    database: after.database - before.database,
    client: after.client - before.client,
  };
}

function readAll(): [number, ProcessTimes][] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0)
    .flatMap((pid): [number, ProcessTimes][] => {
      const times = readOne(pid);
      return times ? [[pid, times]] : [];
    });
}

/** proc(5), `/proc/pid/stat`: fields 4 (ppid) and 14 to 17 (utime, stime, cutime, cstime). */
function readOne(pid: number): ProcessTimes | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, in parentheses, may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = fields.slice(11, 15).reduce((total, field) => total + Number(field), 0);
    return { parent: Number(fields[1]), seconds: ticks / TICKS_PER_SECOND };
  } catch {
    return undefined;
  }
}
