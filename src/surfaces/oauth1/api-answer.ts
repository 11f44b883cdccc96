import type { FastifyReply } from 'fastify';

/** What an answer of this surface is made of. */
export interface ApiAnswer {
  readonly status: number;
  readonly type: 'text' | 'form' | 'json';
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const TYPES: Readonly<Record<ApiAnswer['type'], string>> = {
  text: 'text/plain; charset=utf-8',
  form: 'application/x-www-form-urlencoded; charset=utf-8',
  json: 'application/json; charset=utf-8',
};

/** Sends an answer as this surface sends all of them: kept by nobody, taken for nothing but what it is. */
export function sendApi(reply: FastifyReply, { status, type, body, headers = {} }: ApiAnswer): void {
  void reply
    .status(status)
    .headers({
      ...headers,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'content-type': TYPES[type],
    })
    .send(Buffer.from(body));
}

/** Plain text with status 200: what user requests answer (user-requests section 1). */
export function sendText(reply: FastifyReply, body: string): void {
  sendApi(reply, { status: 200, type: 'text', body });
}

/** JSON with status 200: what the other calls answer. */
export function sendJson(reply: FastifyReply, body: object): void {
  sendApi(reply, { status: 200, type: 'json', body: JSON.stringify(body) });
}

/** Form-encoded, as OAuth answers. */
export function formEncoded(values: Readonly<Record<string, string>>): string {
  return new URLSearchParams(values).toString();
}
