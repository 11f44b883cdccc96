import { execFile } from 'node:child_process';
import { join } from 'node:path';

/** How a client ended. */
export interface SampleRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Path of one of the samples. */
export function sample(name: string): string {
  return join(import.meta.dirname, 'samples', name);
}

/** Runs a client as a process of its own, on nothing of this process's environment but the search path. */
export function run(program: string, ...args: string[]): Promise<SampleRun> {
  const env = { PATH: process.env['PATH'], TMPDIR: process.env['TMPDIR'], LANG: 'C.UTF-8' };
  return new Promise((resolve) => {
    execFile(program, args, { env, timeout: 60_000, encoding: 'utf8' }, (error, stdout, stderr) => {
      const code = typeof error?.code === 'number' ? error.code : error ? -1 : 0;
      resolve({ code, stdout, stderr });
    });
  });
}
