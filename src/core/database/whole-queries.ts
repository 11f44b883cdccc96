import type { PGlite } from '@electric-sql/pglite';

/** Messages of an extended query, by their first byte: Parse, Bind, Describe, Execute, Close, Flush. Sync ends it. */
const PARTS = new Set(Array.from('PBDECH', (letter) => letter.charCodeAt(0)));

/**
 * Keeps the messages of one query together on the one backend session that all connections share.
 *
 * The socket server lets connections take turns message by message, and holds a turn only for an open transaction. A
 * query with parameters is five messages around the session's unnamed statement and portal, so two connections that
 * waited for the same transaction would run into each other's halves. While a query is under way we therefore report a
 * transaction, which makes the server wait for the rest of it.
 */
export function inWholeQueries(database: PGlite): PGlite {
  let underWay = false;
  const own = {
    isInTransaction: () => underWay || database.isInTransaction(),
    execProtocolRawStream: (...[message, options]: Parameters<PGlite['execProtocolRawStream']>) => {
      underWay = PARTS.has(message[0] ?? 0);
      return database.execProtocolRawStream(message, options);
    },
    // The server rolls back what a lost connection had begun.
    exec: (...[query, options]: Parameters<PGlite['exec']>) => {
      underWay = false;
      return database.exec(query, options);
    },
  };
  return new Proxy(database, {
    get: (target, name) => {
      if (Object.hasOwn(own, name)) return own[name as keyof typeof own];
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
