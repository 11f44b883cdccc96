import type { Client, ClientBase } from 'pg';

/** Milliseconds that an answer may take on its way, beyond the time in which PostgreSQL itself ends a statement. */
const GRACE_MS = 2_000;

/**
 * Closes a connection to PostgreSQL on which a statement is not answered for longer than it may take. A network that falls
 * silent says nothing by itself, and TCP waits for a quarter of an hour; meanwhile every call that got hold of such a
 * connection would hang, however many times the database has been reached anew since.
 *
 * @param statementTimeout milliseconds
 */
export function endWhenSilent(client: ClientBase, statementTimeout: number): void {
  const query = client.query.bind(client) as (...args: unknown[]) => unknown;
  const attentive = (...args: unknown[]): unknown => {
    const answer = query(...args);
    if (!(answer instanceof Promise)) return answer;
    const timer = setTimeout(() => void (client as Client).end(), statementTimeout + GRACE_MS);
    return answer.finally(() => {
      clearTimeout(timer);
    });
  };
  Object.assign(client, { query: attentive });
}
