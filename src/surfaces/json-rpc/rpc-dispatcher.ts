import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../../core/administrators/administrator-caller.js';
import { JsonError, readJson, type JsonValue } from '../../core/web/strict-json.js';
import { CallJournal } from './call-journal.js';
import { MethodRunner } from './method-runner.js';
import { errorAnswer, resultAnswer, type RpcAnswerText } from './rpc-answer.js';
import { NULL_ID, readEnvelope, type RpcEnvelope } from './rpc-envelope.js';
import { RpcError } from './rpc-error.js';
import { RpcExit } from './rpc-exit.js';

/** Calls in one batch (manager-json-rpc section 3). */
const LARGEST_BATCH = 50;

/** Answers what a body asks for, one call or several (manager-json-rpc section 3). */
@Injectable()
export class RpcDispatcher {
  constructor(
    private readonly runner: MethodRunner,
    private readonly journal: CallJournal,
    private readonly exit: RpcExit,
  ) {}

  /**
   * Runs the call or the batch of calls in `body`, a batch one after the other, so that each counts for itself wherever
   * attempts are counted (attack class 34).
   *
   * @returns the answer, or undefined when none is asked for
   */
  async answer(body: Uint8Array, caller: AdministratorCaller): Promise<RpcAnswerText | undefined> {
    let sent: JsonValue;
    try {
      sent = readJson(body);
    } catch (error) {
      if (!(error instanceof JsonError)) throw error;
      return this.refuse(caller, new RpcError(-32700, null));
    }
    if (!Array.isArray(sent)) return this.one(sent, caller);
    if (sent.length === 0) return this.refuse(caller, new RpcError(-32600, 'Batch empty'));
    if (sent.length > LARGEST_BATCH) {
      return this.refuse(caller, new RpcError(-32600, `Batch over ${LARGEST_BATCH} requests`));
    }
    const answers: RpcAnswerText[] = [];
    for (const member of sent as readonly JsonValue[]) {
      const answer = await this.one(member, caller);
      if (answer !== undefined) answers.push(answer);
    }
    return answers.length === 0 ? undefined : `[${answers.join(',')}]`;
  }

  private async one(sent: JsonValue, caller: AdministratorCaller): Promise<RpcAnswerText | undefined> {
    const envelope = readEnvelope(sent);
    if ('refusal' in envelope) return this.refuse(caller, envelope.refusal, envelope.id);
    const answer = await this.run(envelope, caller);
    return envelope.id === undefined ? undefined : answer;
  }

  private async run(envelope: RpcEnvelope, caller: AdministratorCaller): Promise<RpcAnswerText> {
    const id = envelope.id ?? NULL_ID;
    try {
      return resultAnswer(id, await this.runner.run(envelope, caller));
    } catch (error) {
      const failure = this.exit.ofCall(error, { correlationId: caller.correlationId, method: envelope.method });
      return failure ? errorAnswer(id, failure) : resultAnswer(id, false);
    }
  }

  private async refuse(caller: AdministratorCaller, refusal: RpcError, id = NULL_ID): Promise<RpcAnswerText> {
    await this.journal.refused({ caller, name: undefined }, refusal);
    const failure = this.exit.ofCall(refusal, { correlationId: caller.correlationId, method: undefined });
    return failure ? errorAnswer(id, failure) : resultAnswer(id, false);
  }
}
