import { readFileSync } from 'node:fs';
import type { Profiler } from 'node:inspector';

/** Where the server's main thread spent its time. */
export interface ProfileSummary {
  readonly file: string;
  /** Microseconds of work for each outcome. */
  readonly microsecondsPerOutcome: number;
  /** Share of the working time by package or folder of ours, the largest first. */
  readonly byOrigin: readonly Part[];
  /** The same by function. */
  readonly byFunction: readonly Part[];
}

export interface Part {
  readonly name: string;
  /** Of the time in which the thread worked: 0 to 1. */
  readonly share: number;
}

const IDLE = new Set(['(idle)', '(root)']);

/** Beginning and ending the profile itself. */
const PROFILER = 'node:inspector';

/** Sums a processor profile up: the time spent in each function itself, without what it called. */
export function summariseProfile(file: string, outcomes: number): ProfileSummary {
  const profile = JSON.parse(readFileSync(file, 'utf8')) as Profiler.Profile;
  const frames = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]));
  const byOrigin = new Map<string, number>();
  const byFunction = new Map<string, number>();
  let busy = 0;
  for (const [index, id] of (profile.samples ?? []).entries()) {
    const frame = frames.get(id);
    const spent = profile.timeDeltas?.[index] ?? 0;
    if (!frame || IDLE.has(frame.functionName) || frame.url === PROFILER) continue;
    busy += spent;
    const origin = originOf(frame);
    add(byOrigin, origin, spent);
    add(byFunction, `${frame.functionName || '(anonymous)'} ${origin}:${frame.lineNumber + 1}`, spent);
  }
  return {
    file,
    microsecondsPerOutcome: busy / Math.max(1, outcomes),
    byOrigin: largest(byOrigin, busy),
    byFunction: largest(byFunction, busy),
  };
}

/** The package, the folder of ours, or what else the code belongs to. */
function originOf({ url, functionName }: { url: string; functionName: string }): string {
  const [, packageName] = /.*\/node_modules\/((?:@[^/]+\/)?[^/.][^/]*)\//.exec(url) ?? [];
  if (packageName) return packageName;
  const [, own] = /\/(src\/.*)\/[^/]+$/.exec(url) ?? [];
  if (own) return own;
  if (url.startsWith('node:')) return url.split('/', 2).join('/');
  return functionName.startsWith('(') ? functionName : 'native code';
}

function add(sums: Map<string, number>, name: string, spent: number): void {
  sums.set(name, (sums.get(name) ?? 0) + spent);
}

function largest(sums: ReadonlyMap<string, number>, total: number): Part[] {
  return [...sums]
    .map(([name, spent]) => ({ name, share: spent / Math.max(1, total) }))
    .toSorted((a, b) => b.share - a.share)
    .slice(0, 40);
}
