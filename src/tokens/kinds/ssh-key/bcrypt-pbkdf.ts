import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { PlainSecret } from '../../../core/crypto/secret-types.js';

const MODULE = createRequire(import.meta.url).resolve('bcrypt-pbkdf');

/** Runs in the other thread. */
const WORK = `
  const { parentPort, workerData: { module, pass, salt, length, rounds } } = require('node:worker_threads');
  const key = new Uint8Array(length);
  require(module).pbkdf(pass, pass.length, salt, salt.length, key, length, rounds);
  parentPort.postMessage(key);
`;

/**
 * The key derivation of openssh-key-v1 (bcrypt_pbkdf of OpenBSD): a second of one core, spent in a thread of its own, so
 * that the server goes on answering.
 */
export function bcryptPbkdf(pass: PlainSecret, salt: Uint8Array, length: number, rounds: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const workerData = { module: MODULE, pass: new Uint8Array(Buffer.from(pass)), salt, length, rounds };
    const worker = new Worker(WORK, { eval: true, workerData });
    worker.once('message', (key: Uint8Array) => resolve(Buffer.from(key)));
    worker.once('error', reject);
  });
}
