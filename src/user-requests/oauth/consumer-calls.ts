import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Configuration, type ConfigurationSnapshot } from '../../core/domains/configuration.js';
import { Clock } from '../../core/time/clock.js';
import { type Client, Clients } from '../../core/web/clients.js';
import { baseString } from '../../surfaces/oauth1/base-string.js';
import type { FormParameters } from '../../surfaces/oauth1/form-parameters.js';
import { type OAuthCall, readOAuthCall } from '../../surfaces/oauth1/oauth-call.js';
import { OAuthProblem } from '../../surfaces/oauth1/oauth-problem.js';
import { isSignatureMethod, isSignedWith, type SignatureMethod } from '../../surfaces/oauth1/signatures.js';
import { CallFailures } from './call-failures.js';
import { type Consumer, consumers } from './consumers.js';
import type { ShownToken } from './issued-token.js';
import { Nonces } from './nonces.js';
import { requireSignature, timestampWindow } from './oauth-settings.js';
import { Transport } from './transport.js';

/** A call that names a consumer. Nothing of it is proved yet. */
export interface ConsumerCall extends OAuthCall {
  readonly request: FastifyRequest;
  readonly consumer: Consumer;
  readonly snapshot: ConfigurationSnapshot;
  readonly client: Client;
}

const VERSION = '1.0';
const TIMESTAMP = /^[0-9]{1,12}$/;
/** Characters of a nonce; the longest of the vendor's have twenty. */
const LONGEST_NONCE = 255;

/** Reads which consumer calls, and has it prove that (RFC 5849 section 3.2; user-requests section 2). */
@Injectable()
export class ConsumerCalls {
  constructor(
    private readonly configuration: Configuration,
    private readonly clients: Clients,
    private readonly transport: Transport,
    private readonly nonces: Nonces,
    private readonly failures: CallFailures,
    private readonly clock: Clock,
  ) {}

  /**
   * The consumer that a request names; undefined when it carries no OAuth parameter at all.
   *
   * @throws OAuthProblem `missing_consumer`, `invalid_consumer`, `parameter_rejected`, `version_rejected`
   * @throws DomainError `too-many-attempts`, `client-address-unreadable`
   */
  async read(request: FastifyRequest, body: FormParameters): Promise<ConsumerCall | undefined> {
    const call = readOAuthCall(request, body);
    if (!call) return undefined;
    const client = this.clients.of(request);
    await this.failures.requireRoom(client);
    const version = call.oauth.get('oauth_version');
    if (version !== undefined && version !== VERSION) {
      throw new OAuthProblem('version_rejected', { oauth_acceptable_versions: `${VERSION}-${VERSION}` });
    }
    const key = call.oauth.get('oauth_consumer_key') ?? '';
    if (key === '') throw new OAuthProblem('missing_consumer');
    const snapshot = await this.configuration.snapshot();
    const consumer = consumers(snapshot).get(key);
    if (!consumer) return this.failures.refuse(client, new OAuthProblem('invalid_consumer'));
    return { ...call, request, consumer, snapshot, client };
  }

  /** Refuses a call that shows something that its consumer does not have. @throws OAuthProblem the one given, always */
  fail({ client, consumer }: ConsumerCall, problem: OAuthProblem): Promise<never> {
    return this.failures.refuse(client, problem, consumer);
  }

  /**
   * Holds a call to its signature; whether it has one. Without one it must come by a protected way, and then its token
   * alone is the proof.
   *
   * @throws OAuthProblem `signature_invalid`, `signature_method_rejected`, `parameter_absent`, `parameter_rejected`,
   *   `timestamp_refused`, `nonce_used`
   */
  async prove(call: ConsumerCall, token: ShownToken | undefined): Promise<boolean> {
    const signature = call.oauth.get('oauth_signature');
    if (signature === undefined) {
      const allowed = !call.snapshot.setting(requireSignature) && this.transport.protects(call.request, call.snapshot);
      if (!allowed) throw OAuthProblem.absent('oauth_signature');
      return false;
    }
    const method = this.methodOf(call);
    const { publicUrl } = call.snapshot;
    const secrets = { consumer: call.consumer.secret, token: token?.secret };
    const right = publicUrl !== undefined && isSignedWith(secrets, method, baseString(call, publicUrl), signature);
    if (!right) await this.fail(call, new OAuthProblem('signature_invalid'));
    await this.requireFresh(call, method, token);
    return true;
  }

  private methodOf({ oauth, request, snapshot }: ConsumerCall): SignatureMethod {
    const method = oauth.get('oauth_signature_method');
    if (method === undefined) throw OAuthProblem.absent('oauth_signature_method');
    if (!isSignatureMethod(method)) throw new OAuthProblem('signature_method_rejected');
    // PLAINTEXT shows the secrets themselves (RFC 5849 section 3.4.4).
    const bare = method === 'PLAINTEXT' && !this.transport.protects(request, snapshot);
    if (bare) throw new OAuthProblem('signature_method_rejected');
    return method;
  }

  /** Only PLAINTEXT, which vouches for neither, may do without timestamp and nonce (RFC 5849 section 3.1). */
  private async requireFresh(
    call: ConsumerCall,
    method: SignatureMethod,
    token: ShownToken | undefined,
  ): Promise<void> {
    const [timestamp, nonce] = [call.oauth.get('oauth_timestamp'), call.oauth.get('oauth_nonce')];
    if (method === 'PLAINTEXT' && timestamp === undefined && nonce === undefined) return;
    if (timestamp === undefined || timestamp === '') throw OAuthProblem.absent('oauth_timestamp');
    if (nonce === undefined || nonce === '') throw OAuthProblem.absent('oauth_nonce');
    if (!TIMESTAMP.test(timestamp)) throw OAuthProblem.rejected('oauth_timestamp');
    if (nonce.length > LONGEST_NONCE) throw OAuthProblem.rejected('oauth_nonce');
    const window = call.snapshot.setting(timestampWindow);
    const now = Math.floor(this.clock.now().getTime() / 1_000);
    if (Math.abs(Number(timestamp) - now) > window) {
      const acceptable = `${now - window}-${now + window}`;
      throw new OAuthProblem('timestamp_refused', { oauth_acceptable_timestamps: acceptable });
    }
    const unused = await this.nonces.take({
      consumer: call.consumer.key,
      tokenId: token?.id ?? '',
      nonce,
      // One second more, because the clock's fraction counts for the whole second.
      staleAt: new Date((Number(timestamp) + window + 1) * 1_000),
    });
    if (!unused) throw new OAuthProblem('nonce_used');
  }
}
