import { fetch, type Response } from 'undici';
import { Injectable } from '@nestjs/common';
import { Configuration } from '../../core/domains/configuration.js';
import { DeliveryRefusal, type OutgoingSms, type Receipt, SmsTransport } from '../transport/transport.js';
import { type SmsGateway, usableGateway } from './sms-gateway.js';

/** Refusals that mean "later" although they are 4xx: timeout, too early, too many (RFC 9110, RFC 8470, RFC 6585). */
const LATER = new Set([408, 425, 429]);
const LONGEST_ANSWER = 4_096;

/** Sends SMS through the first declared HTTP gateway: `POST {"to": "+352…", "text": "…"}`, with `from` where one is asked for. */
@Injectable()
export class HttpSmsGateway extends SmsTransport {
  constructor(private readonly configuration: Configuration) {
    super();
  }

  async send(sms: OutgoingSms): Promise<Receipt> {
    const gateway = usableGateway(await this.configuration.snapshot());
    if (!gateway) throw DeliveryRefusal.forGood('not-configured', 'no SMS gateway is declared');
    const response = await post(gateway, sms);
    const providerId = await providerIdOf(response);
    if (response.ok) return { sender: gateway.name, providerId };
    const options = { sender: gateway.name };
    const reason = `the SMS gateway answered with status ${response.status}`;
    if (response.status >= 400 && response.status < 500 && !LATER.has(response.status)) {
      throw DeliveryRefusal.forGood('refused', reason, options);
    }
    throw DeliveryRefusal.forNow('deferred', reason, options);
  }
}

async function post(gateway: SmsGateway, sms: OutgoingSms): Promise<Response> {
  try {
    return await fetch(gateway.url, {
      method: 'POST',
      headers: {
        accept: 'application/json',
        // The same for every attempt, so that a gateway that looks at it sends an SMS once.
        'idempotency-key': sms.id,
        ...gateway.headers,
        'content-type': 'application/json; charset=utf-8',
      },
      body: JSON.stringify({ to: sms.to, text: sms.text, ...(sms.from !== undefined && { from: sms.from }) }),
      // A redirect would hand number, text and credentials to an address nobody configured.
      redirect: 'manual',
      signal: AbortSignal.timeout(gateway.timeoutMs),
    });
  } catch (error) {
    throw connectionRefusal(error, gateway.name);
  }
}

function connectionRefusal(error: unknown, sender: string): DeliveryRefusal {
  const options = { sender, cause: error };
  if (error instanceof Error && error.name === 'TimeoutError') {
    return DeliveryRefusal.forNow('timeout', 'the SMS gateway did not answer in time', options);
  }
  const code = codeOf(error);
  if (/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO/.test(code)) {
    return DeliveryRefusal.forNow('tls', `no trustworthy connection to the SMS gateway (${code})`, options);
  }
  return DeliveryRefusal.forNow('unreachable', `the SMS gateway cannot be reached (${code || 'no answer'})`, options);
}

/** fetch wraps the socket's error; its code says what went wrong without naming addresses. */
function codeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = (cause as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : '';
}

/** The gateway's name for the SMS, when it gives one as `id` or `messageId`. Never a reason to fail. */
async function providerIdOf(response: Response): Promise<string | undefined> {
  try {
    const text = await beginningOf(response);
    const { id, messageId } = JSON.parse(text) as { id?: unknown; messageId?: unknown };
    const name = id ?? messageId;
    return typeof name === 'string' || typeof name === 'number' ? String(name) : undefined;
  } catch {
    return undefined;
  }
}

async function beginningOf(response: Response): Promise<string> {
  if (!response.body) return '';
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body) {
    chunks.push(chunk as Uint8Array);
    length += (chunk as Uint8Array).length;
    // Leaving the loop cancels the rest.
    if (length >= LONGEST_ANSWER) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}
