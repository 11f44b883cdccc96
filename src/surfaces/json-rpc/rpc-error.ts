/** The error codes of this surface with their messages (JSON-RPC 2.0 section 5.1; manager-json-rpc section 3). */
export const RPC_MESSAGES = {
  [-32700]: 'Parse error',
  [-32600]: 'Invalid Request',
  [-32601]: 'Method not found',
  [-32602]: 'Invalid params',
  [-32603]: 'Internal error',
  [-32000]: 'Server error',
} as const;

export type RpcErrorCode = keyof typeof RPC_MESSAGES;

/** The `error` member of an answer. Its `data` is the reason in words; clients read `code` and `data`. */
export interface RpcErrorObject {
  readonly code: RpcErrorCode;
  readonly message: string;
  readonly data: string | null;
}

export function rpcErrorObject(code: RpcErrorCode, data: string | null): RpcErrorObject {
  return { code, message: RPC_MESSAGES[code], data };
}

/** A refusal by the protocol itself, before a method has run. Everything in it may be answered. */
export class RpcError extends Error {
  override readonly name = 'RpcError';

  constructor(
    readonly code: RpcErrorCode,
    readonly data: string | null,
  ) {
    super(`${code} ${data ?? RPC_MESSAGES[code]}`);
  }
}
