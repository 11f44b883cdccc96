import { Socket } from 'node:net';

/** Milliseconds that an answer may take on its way, beyond the time in which PostgreSQL itself ends a statement. */
const GRACE_MS = 2_000;

/**
 * Sockets for connections to PostgreSQL that are closed when nothing comes for longer than a statement may take. A
 * network that falls silent says nothing by itself, and TCP waits for a quarter of an hour; meanwhile every call that
 * got hold of such a connection would hang, however many times the database has been reached anew since.
 *
 * @param statementTimeout milliseconds; a connection must not be idle for as long as that
 */
export function attentiveSockets(statementTimeout: number): () => Socket {
  return () => {
    const socket = new Socket();
    return socket.setTimeout(statementTimeout + GRACE_MS, () => {
      socket.destroy(Object.assign(new Error('PostgreSQL did not answer in time'), { code: 'ETIMEDOUT' }));
    });
  };
}
