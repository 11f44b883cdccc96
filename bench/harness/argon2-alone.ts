/**
 * Run as a process of its own: verifies passwords with the built product's hasher, as many at once as a server does, and
 * prints how many there were in how many seconds. Arguments: folder of the build, seconds.
 *
 * With the pool of threads that a server gets, which must be decided before anything uses it.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as HasherModule from '../../src/core/crypto/password-hasher.js';
import type { PlainSecret } from '../../src/core/crypto/secret-types.js';
import type * as ThreadsModule from '../../src/core/crypto/hashing-threads.js';

const [dist = '', seconds = '1'] = process.argv.slice(2);
const load = createRequire(import.meta.url);
const { provideThreads, hashesAtOnceHere } = load(
  join(dist, 'src/core/crypto/hashing-threads.js'),
) as typeof ThreadsModule;
provideThreads(process.env);
const { PasswordHasher } = load(join(dist, 'src/core/crypto/password-hasher.js')) as typeof HasherModule;

const hasher = new PasswordHasher();
const stored = await hasher.hash('bench' as PlainSecret);
let verified = 0;
const begun = performance.now();
const goesOn = (): boolean => performance.now() - begun < Number(seconds) * 1_000;
await Promise.all(
  Array.from({ length: hashesAtOnceHere() }, async () => {
    // A wrong password costs what a right one costs, and is never recognised again.
    for (; goesOn(); verified += 1) await hasher.verify(stored, 'another' as PlainSecret);
  }),
);
process.stdout.write(JSON.stringify({ verified, seconds: (performance.now() - begun) / 1_000 }));
