import { parseSetCookie } from 'cookie';
import type { IamWorld } from '../iam/iam-world.js';

/** An answer of a page. */
export interface PageAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
  /** Where it leads on to. */
  readonly location: string | null;
}

export interface Sending {
  readonly headers?: Readonly<Record<string, string>>;
}

/** Credentials as the log-in form has them. */
export interface TypedCredentials {
  readonly domain: string;
  readonly login: string;
  readonly password: string;
}

/** A browser without scripts at an address of its own: it keeps cookies, sends forms, and follows nothing by itself. */
export class AccountVisitor {
  readonly cookies = new Map<string, string>();
  readonly address: string;

  constructor(
    private readonly world: IamWorld,
    /** The process that it talks to. */
    private readonly url = world.app.url,
    address?: string,
  ) {
    this.address = address ?? world.stranger();
  }

  get(path: string, sending: Sending = {}): Promise<PageAnswer> {
    return this.send('GET', path, undefined, sending);
  }

  head(path: string): Promise<PageAnswer> {
    return this.send('HEAD', path, undefined, {});
  }

  post(path: string, fields: Readonly<Record<string, string>>, sending: Sending = {}): Promise<PageAnswer> {
    return this.send('POST', path, new URLSearchParams(fields).toString(), sending);
  }

  /** Begins to send a form and holds its last byte back. @returns what sends that, too, and gives the answer */
  holdBack(path: string, fields: Readonly<Record<string, string>>): () => Promise<PageAnswer> {
    const text = new TextEncoder().encode(new URLSearchParams(fields).toString());
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const writer = writable.getWriter();
    const begun = writer.write(text.subarray(0, -1));
    const answer = this.send('POST', path, readable, {});
    return async () => {
      await begun;
      await writer.write(text.subarray(-1));
      await writer.close();
      return answer;
    };
  }

  logIn(credentials: TypedCredentials, to = '/account', sending: Sending = {}): Promise<PageAnswer> {
    return this.post('/account/login', { ...credentials, to }, sending);
  }

  /** Sends the form of this address on a page, as somebody who presses its button. */
  async press(
    page: string,
    action: string,
    fields: Readonly<Record<string, string>> = {},
    sending: Sending = {},
  ): Promise<PageAnswer> {
    const { body } = await this.get(page);
    const csrf = csrfOf(body, action);
    return this.post(action, { csrf, ...fields }, sending);
  }

  /** Types the password where it is asked for. */
  confirm(password: string, to: string): Promise<PageAnswer> {
    const page = `/account/confirm?to=${encodeURIComponent(to)}`;
    return this.press(page, '/account/confirm', { to, password });
  }

  /** Types a code on the page of the second factor. */
  showCode(code: string): Promise<PageAnswer> {
    return this.press('/account/second-factor', '/account/second-factor/code', { factor: 'OTP', code });
  }

  /** The same browser, in front of another process. */
  at(url: string): AccountVisitor {
    const there = new AccountVisitor(this.world, url, this.address);
    for (const [name, value] of this.cookies) there.cookies.set(name, value);
    return there;
  }

  private async send(
    method: string,
    path: string,
    body: string | ReadableStream | undefined,
    { headers }: Sending,
  ): Promise<PageAnswer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(`${this.url}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        'x-forwarded-for': this.address,
        ...(cookie !== '' && { cookie }),
        ...(body !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
        ...headers,
      },
      ...(body !== undefined && { body, duplex: 'half' as const }),
    });
    for (const header of response.headers.getSetCookie()) this.keep(header);
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text,
      location: response.headers.get('location'),
    };
  }

  private keep(header: string): void {
    const { name, value, maxAge } = parseSetCookie(header);
    if (maxAge === 0 || value === undefined) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}

/** The CSRF value of the form that is sent to `action`. */
export function csrfOf(body: string, action: string): string {
  const form = body.split('<form').find((text) => text.includes(`action="${action}"`));
  const value = form && /name="csrf" value="([^"]+)"/.exec(form)?.[1];
  if (value === undefined) throw new Error(`no form for ${action}: ${body.replaceAll(/\s+/g, ' ').slice(-900)}`);
  return value;
}
