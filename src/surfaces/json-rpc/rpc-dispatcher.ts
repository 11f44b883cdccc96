import { Injectable } from '@nestjs/common';
import { DomainError } from '../../core/errors/domain-error.js';
import { JsonError, readJson, type JsonValue } from '../../core/web/strict-json.js';
import { CallJournal } from './call-journal.js';
import { ManagerGate, type RpcCaller } from './caller.js';
import { readParameters } from './read-parameters.js';
import { errorAnswer, resultAnswer, type RpcAnswerText } from './rpc-answer.js';
import { NULL_ID, readEnvelope, type RpcEnvelope } from './rpc-envelope.js';
import { RpcError } from './rpc-error.js';
import { RpcExit } from './rpc-exit.js';
import { RpcMethodRegistry } from './rpc-method-registry.js';

/** Calls in one batch (manager-json-rpc section 3). */
const LARGEST_BATCH = 50;
/** Characters of an unknown method's name that are given back. */
const LONGEST_NAME = 200;

/** Carries out what a body asks for (manager-json-rpc section 3, and section 4 from step 3 on). */
@Injectable()
export class RpcDispatcher {
  constructor(
    private readonly registry: RpcMethodRegistry,
    private readonly gate: ManagerGate,
    private readonly journal: CallJournal,
    private readonly exit: RpcExit,
  ) {}

  /**
   * Runs the call or the batch of calls in `body`, a batch one after the other, so that each counts for itself wherever
   * attempts are counted (attack class 34).
   *
   * @returns the answer, or undefined when none is asked for
   */
  async answer(body: Uint8Array, caller: RpcCaller): Promise<RpcAnswerText | undefined> {
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

  private async one(sent: JsonValue, caller: RpcCaller): Promise<RpcAnswerText | undefined> {
    const envelope = readEnvelope(sent);
    if ('refusal' in envelope) return this.refuse(caller, envelope.refusal, envelope.id);
    const answer = await this.run(envelope, caller);
    return envelope.id === undefined ? undefined : answer;
  }

  private async run(envelope: RpcEnvelope, caller: RpcCaller): Promise<RpcAnswerText> {
    const id = envelope.id ?? NULL_ID;
    try {
      const call = await this.prepare(envelope, caller);
      return resultAnswer(id, await call());
    } catch (error) {
      const failure = this.exit.ofCall(error, { correlationId: caller.correlationId, method: envelope.method });
      return failure ? errorAnswer(id, failure) : resultAnswer(id, false);
    }
  }

  /** Steps 5 to 8: the method exists, the caller may use it, its parameters are there and of their types. */
  private async prepare({ method: name, params: sent }: RpcEnvelope, caller: RpcCaller) {
    try {
      const method = this.registry.get(name);
      if (!method) throw new RpcError(-32601, name.slice(0, LONGEST_NAME));
      if (!(await this.gate.may(caller, method.right))) throw new DomainError('access-denied');
      const params = readParameters(method.params, sent);
      return () => method.call(params, caller);
    } catch (error) {
      if (error instanceof RpcError || DomainError.is(error, 'access-denied')) {
        await this.journal.refused(caller, name, error);
      }
      throw error;
    }
  }

  private async refuse(caller: RpcCaller, refusal: RpcError, id = NULL_ID): Promise<RpcAnswerText> {
    await this.journal.refused(caller, undefined, refusal);
    const failure = this.exit.ofCall(refusal, { correlationId: caller.correlationId, method: undefined });
    return failure ? errorAnswer(id, failure) : resultAnswer(id, false);
  }
}
