import { LdapConnectionError } from './ldap-connection-error.js';
import type { LdapEntry } from './ldap-entry.js';
import type { LdapReply, ServerMessage } from './ldap-reply.js';

interface Pending {
  readonly entries: LdapEntry[];
  readonly settle: (outcome: LdapReply | LdapConnectionError) => void;
}

const LAST_ID = 2 ** 31 - 1;
/** A server that does not heed the size limit is not listened to for ever. */
const MAX_ENTRIES = 10_000;

/** The requests of one connection that wait for their answers, by message id (RFC 4511 section 4.1.1.1). */
export class PendingRequests {
  private readonly waiting = new Map<number, Pending>();
  private lastId = 0;

  nextId(): number {
    this.lastId = (this.lastId % LAST_ID) + 1;
    return this.lastId;
  }

  /** The end of the request `id`; `expire` is called when it does not come in time, and must fail what waits. */
  async replyTo(id: number, timeoutMs: number, expire: () => void): Promise<LdapReply> {
    const { promise, resolve, reject } = Promise.withResolvers<LdapReply>();
    const deadline = setTimeout(expire, timeoutMs);
    const settle = (outcome: LdapReply | LdapConnectionError) => {
      clearTimeout(deadline);
      this.waiting.delete(id);
      if (outcome instanceof LdapConnectionError) reject(outcome);
      else resolve(outcome);
    };
    this.waiting.set(id, { entries: [], settle });
    return promise;
  }

  /**
   * Takes what the server sent; what answers no request is ignored.
   *
   * @throws Error when it is more than anybody asked for
   */
  accept(message: ServerMessage): void {
    const request = this.waiting.get(message.id);
    if (!request) return;
    if (message.kind === 'end') request.settle({ ...message.reply, entries: request.entries });
    if (message.kind === 'entry' && request.entries.push(message.entry) > MAX_ENTRIES) {
      throw new Error(`more than ${MAX_ENTRIES} entries`);
    }
  }

  fail(fault: LdapConnectionError): void {
    for (const { settle } of this.waiting.values()) settle(fault);
  }
}
