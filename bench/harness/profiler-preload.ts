/**
 * Loaded into the server by `--profile` (node --import): begins and ends a processor profile when the harness says so,
 * because one made by --cpu-prof would hold the start of the server too, and is lost when a signal ends the process.
 */
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';

/** Microseconds between two samples. */
const INTERVAL = 250;

const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.setSamplingInterval', { interval: INTERVAL });

process.on('message', (message) => {
  void carryOut(message as string[])
    .then(() => '')
    .catch(String)
    .then((problem) => process.send?.(problem));
});
// The connection to the harness must not keep the server alive.
process.channel?.unref();

async function carryOut([command, file]: string[]): Promise<void> {
  if (command === 'profile-start') await session.post('Profiler.start');
  if (command === 'profile-stop' && file) {
    const { profile } = await session.post('Profiler.stop');
    writeFileSync(file, JSON.stringify(profile));
  }
}
