import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { parseSetCookie } from 'cookie';
import { GOOD_LINK } from './fake-password-reset-pages.js';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>;
  readonly body: string;
  /** The `Set-Cookie` headers. */
  readonly cookies: readonly string[];
}

interface Sending {
  readonly headers?: Readonly<Record<string, string>>;
  readonly address?: string;
}

const FORM_TYPE = 'application/x-www-form-urlencoded';

/** A browser as far as the pages need one: it keeps cookies and sends forms. It does not follow redirects by itself. */
export class PageVisitor {
  readonly cookies = new Map<string, string>();

  constructor(private readonly app: NestFastifyApplication) {}

  get(url: string, sending: Sending = {}): Promise<Answer> {
    return this.send('GET', url, undefined, sending);
  }

  head(url: string, sending: Sending = {}): Promise<Answer> {
    return this.send('HEAD', url, undefined, sending);
  }

  /** Sends a form; `fields` as text is sent as it is. */
  post(url: string, fields: Record<string, string> | string | Buffer, sending: Sending = {}): Promise<Answer> {
    const payload =
      typeof fields === 'string' || Buffer.isBuffer(fields) ? fields : new URLSearchParams(fields).toString();
    return this.send('POST', url, payload, { ...sending, headers: { 'content-type': FORM_TYPE, ...sending.headers } });
  }

  /** Opens the good link and reads the form behind it. */
  async openForm(suffix = ''): Promise<Answer> {
    await this.post(`/webapps/pwreset/${suffix}`, { req: GOOD_LINK });
    return this.get(`/webapps/pwreset/password${suffix}`);
  }

  /** Opens the good link and returns the CSRF value of the form. */
  async csrf(): Promise<string> {
    return csrfOf(await this.openForm());
  }

  private async send(
    method: 'GET' | 'HEAD' | 'POST',
    url: string,
    payload: string | Buffer | undefined,
    { headers, address }: Sending,
  ): Promise<Answer> {
    const answer = await this.app.inject({
      method,
      url,
      headers: {
        ...(this.cookies.size > 0 && {
          cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        }),
        ...headers,
      },
      ...(payload !== undefined && { payload }),
      ...(address && { remoteAddress: address }),
    });
    const cookies = [answer.headers['set-cookie'] ?? []].flat();
    for (const cookie of cookies) this.keep(cookie);
    return { status: answer.statusCode, headers: answer.headers, body: answer.body, cookies };
  }

  private keep(header: string): void {
    const { name, value, maxAge } = parseSetCookie(header);
    if (maxAge === 0 || value === undefined) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}

export function csrfOf({ body }: Answer): string {
  const value = /name="csrf" value="([^"]+)"/.exec(body)?.[1];
  if (value === undefined) throw new Error(`no form in the answer: ${body.slice(0, 500)}`);
  return value;
}
