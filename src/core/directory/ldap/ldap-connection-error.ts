/** What became of a connection, as opposed to what a server answered. */
export type ConnectionFault =
  /** No TCP connection: refused, no route, unknown name. */
  | 'unreachable'
  /** TLS failed: certificate not trusted, wrong name, expired, or no TLS at all. */
  | 'tls'
  /** No answer in time. */
  | 'timeout'
  /** Ended by the server or the network. */
  | 'closed'
  /** What came back is not LDAP. */
  | 'protocol';

/** A connection that cannot be used (any more). The message is for logs and `latchkey doctor`; it holds no secret. */
export class LdapConnectionError extends Error {
  override readonly name = 'LdapConnectionError';

  constructor(
    readonly fault: ConnectionFault,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}
