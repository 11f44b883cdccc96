import { vi } from 'vitest';
import { Configuration } from '../../../src/core/domains/configuration.js';
import type { EnrolmentHolder } from '../../../src/tokens/enrolment/enrolment-holder.js';
import type { PushDecision } from '../../../src/tokens/kinds/push/signed-texts.js';
import type { PushAnswer } from '../../../src/tokens/push-requests/push-answer.js';
import { PushAnswers } from '../../../src/tokens/push-requests/push-answers.js';
import type { PushOrder } from '../../../src/tokens/push-requests/push-order.js';
import { PushRequestBook } from '../../../src/tokens/push-requests/push-request-book.js';
import type { PushRequest } from '../../../src/tokens/push-requests/push-request.entity.js';
import type { PushOutcome } from '../../../src/tokens/push-requests/push-request-states.js';
import { PushRequests } from '../../../src/tokens/push-requests/push-requests.js';
import { PushWaiting } from '../../../src/tokens/push-requests/push-waiting.js';
import { tokenRules } from '../../../src/tokens/token-rules.js';
import type { HeldToken } from '../../../src/tokens/token-store.js';
import type { Services } from '../../support/services.js';
import type { SoftwarePushDevice } from '../../support/software-push-device.js';

export const APPLICATION = 'Harbour VPN';

/** A request that was put, and what whoever asked will be told. */
export interface Asked {
  readonly request: PushRequest;
  readonly outcome: Promise<PushOutcome>;
}

/** Asks, and answers, in one process; the clock stands, and nobody looks unless told to. */
export class PushDesk {
  private readonly put = new Map<string, (request: PushRequest) => void>();

  constructor(readonly services: Services) {
    const book = services.get(PushRequestBook);
    const put = book.put.bind(book);
    vi.spyOn(book, 'put').mockImplementation(async (order) => {
      const request = await put(order);
      // Whoever asks goes on first.
      setImmediate(() => this.put.get(request.accountId)?.(request));
      return request;
    });
  }

  /** Returns once the request is put; fails as `PushRequests.ask` does before. */
  async ask({ found }: EnrolmentHolder, order: Partial<PushOrder> = {}): Promise<Asked> {
    const put = new Promise<PushRequest>((resolve) => this.put.set(found.account.id, resolve));
    const outcome = this.services
      .get(PushRequests)
      .ask(found, { applicationName: APPLICATION, remoteIp: '203.0.113.20', ...order });
    // A request that is open when the test ends is refused when the services stop.
    outcome.catch(() => undefined);
    const request = await Promise.race([put, outcome]);
    if (typeof request === 'string') throw new Error('answered before it was put');
    return { request, outcome };
  }

  /** `ok`, or why not. */
  async answer(
    { id, application, accountId }: PushRequest,
    { token }: HeldToken,
    device: SoftwarePushDevice,
    fields: Partial<PushAnswer> & { readonly decision?: PushDecision; readonly number?: string } = {},
  ): Promise<string> {
    const { decision = 'approve', number } = fields;
    const snapshot = await this.services.get(Configuration).snapshot();
    const verdict = await this.services.get(PushAnswers).verify({
      accountId,
      requestId: id,
      tokenId: token.id,
      number,
      signature: device.answer({ requestId: id, decision, number, application }),
      rules: tokenRules(snapshot, snapshot.domains[0]?.id ?? ''),
      context: { actor: 'person' },
      ...fields,
      decision,
    });
    return verdict.ok ? 'ok' : verdict.code;
  }

  /** What the process does now and then. */
  look(): Promise<void> {
    return this.services.get(PushWaiting).look();
  }

  /** Looks, and tells what came of it. */
  async told({ outcome }: Asked): Promise<PushOutcome> {
    await this.look();
    return outcome;
  }
}
