import { spawn } from 'node:child_process';

/** Waits for our end: a line means that all was tidied up, the end of the input without one that we were killed. */
const SCRIPT = 'read -r _ && exit 0; [ -n "$2" ] && kill "-$1" "$2" 2>/dev/null; sleep 1; rm -rf -- "$3"';

/**
 * Ends `pid`, if given, and removes `folder` should this process die without doing so itself, so that a killed test run
 * leaves neither servers nor files behind.
 *
 * @returns calls the watch off
 */
export function watchOver(pid: number | undefined, folder: string, signal: 'INT' | 'TERM' = 'TERM'): () => void {
  const watchdog = spawn('sh', ['-c', SCRIPT, 'watchdog', signal, String(pid ?? ''), folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watchdog.unref();
  watchdog.stdin.on('error', () => undefined);
  (watchdog.stdin as typeof watchdog.stdin & { unref?: () => void }).unref?.();
  return () => watchdog.stdin.end('done\n');
}
