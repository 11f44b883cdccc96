/** A page as a browser without scripts sees it. */
export interface SeenPage {
  readonly status: number;
  readonly url: string;
  readonly html: string;
  readonly headers: Headers;
}

/** A browser without scripts and pictures: keeps cookies, follows redirects, fills in forms. */
export class Browserless {
  private readonly cookies = new Map<string, string>();

  constructor(
    private readonly origin: string,
    private readonly headers: Record<string, string> = {},
    /** How it connects, for one that shows a certificate. */
    private readonly send: typeof fetch = fetch,
  ) {}

  get(url: string): Promise<SeenPage> {
    return this.request(new URL(url, this.origin), { method: 'GET' });
  }

  /** Sends the first form of a page with its hidden fields and `fields`. */
  submit(page: SeenPage, fields: Record<string, string>): Promise<SeenPage> {
    const form = /<form\b[^>]*>[\s\S]*?<\/form>/.exec(mainOf(page.html))?.[0];
    if (!form) throw new Error(`no form on ${page.url} (${page.status})`);
    const action = new URL(attribute(form, 'action') ?? page.url, page.url);
    const hidden = [...form.matchAll(/<input\b[^>]*type="hidden"[^>]*>/g)].map(
      ([input]) => [attribute(input, 'name') ?? '', attribute(input, 'value') ?? ''] as const,
    );
    return this.post(action, { ...Object.fromEntries(hidden), ...fields });
  }

  post(url: URL | string, fields: Record<string, string>): Promise<SeenPage> {
    return this.request(new URL(url, this.origin), {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    });
  }

  /** A file as it comes, without following a redirect. */
  download(url: string): Promise<Response> {
    return this.send(new URL(url, this.origin), {
      redirect: 'manual',
      headers: { ...this.headers, cookie: this.cookieHeader() },
    });
  }

  private async request(url: URL, init: RequestInit): Promise<SeenPage> {
    const response = await this.send(url, {
      ...init,
      redirect: 'manual',
      headers: {
        ...this.headers,
        ...(init.headers as Record<string, string> | undefined),
        cookie: this.cookieHeader(),
      },
    });
    this.keepCookies(response.headers);
    const location = response.headers.get('location');
    if (location && response.status >= 300 && response.status < 400) {
      await response.arrayBuffer();
      return this.get(new URL(location, url).href);
    }
    return { status: response.status, url: url.href, html: await response.text(), headers: response.headers };
  }

  private keepCookies(headers: Headers): void {
    for (const cookie of headers.getSetCookie()) {
      const [pair = '', ...attributes] = cookie.split(';');
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      const gone = attributes.some((text) => /^\s*max-age=0\s*$/i.test(text));
      if (gone) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
  }

  private cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }
}

function mainOf(html: string): string {
  return /<main\b[\s\S]*<\/main>/.exec(html)?.[0] ?? html;
}

function attribute(tag: string, name: string): string | undefined {
  return new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1]?.replaceAll('&amp;', '&').replaceAll('&quot;', '"');
}
