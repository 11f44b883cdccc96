import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Audit } from '../../core/audit/audit.js';
import { plainSecret } from '../../core/crypto/secret-types.js';
import { Database } from '../../core/database/database.js';
import { Configuration, type ConfigurationSnapshot } from '../../core/domains/configuration.js';
import { type Client, Clients } from '../../core/web/clients.js';
import { startedElsewhere } from '../../core/web/visit.js';
import { type AdmittedAgent, AgentGate, type CallingAgent } from '../../surfaces/auth-envelope/auth-caller.js';
import { AuthRefusal } from '../../surfaces/auth-envelope/auth-refusal.js';
import { AgentCertificates } from './agent-certificates.js';
import { type Agent, agentModel, mayCallFrom } from './agent-model.js';
import { AgentRate } from './agent-rate.js';
import { AgentTokens } from './agent-tokens.js';

/** A bearer token (RFC 6750, section 2.1) as we make them: 256 bits in base64url. */
const BEARER = /^bearer +([A-Za-z0-9_-]{43})$/i;

interface Proof {
  readonly agent: Agent;
  readonly calling: CallingAgent;
}

/**
 * Lets the agents of the configuration in, by bearer token or client certificate (authentication methods, section 1.3). A
 * change of the configuration holds from the next request on, in another process within a second.
 */
@Injectable()
export class ConfiguredAgentGate extends AgentGate {
  constructor(
    private readonly clients: Clients,
    private readonly configuration: Configuration,
    private readonly tokens: AgentTokens,
    private readonly certificates: AgentCertificates,
    private readonly rate: AgentRate,
    private readonly audit: Audit,
    private readonly database: Database,
  ) {
    super();
  }

  async admit(request: FastifyRequest): Promise<AdmittedAgent> {
    const client = this.clients.of(request);
    // A browser adds the client certificate that it holds to the requests of any site's pages.
    if (startedElsewhere(request)) throw new AuthRefusal(121, {}, 'sent by another site');
    const snapshot = await this.configuration.snapshot();
    const proof = await this.prove(request, snapshot);
    if (!proof) throw new AuthRefusal(120);
    if (!mayCallFrom(proof.agent, client.address)) return this.refuseAddress(proof.agent, client);
    this.rate.count(snapshot, proof.agent.name);
    const { address: clientAddress, correlationId } = client;
    return { agent: proof.calling, snapshot, clientAddress, correlationId };
  }

  /** Of a token and a certificate that come together both must be of the same agent. */
  private async prove(request: FastifyRequest, snapshot: ConfigurationSnapshot): Promise<Proof | undefined> {
    const { authorization } = request.headers;
    const fingerprint = this.certificates.of(request, snapshot);
    const holder = fingerprint === undefined ? undefined : agentModel(snapshot).byCertificate.get(fingerprint);
    if (authorization === undefined) return holder && { agent: holder, calling: holder.byCertificate };
    const [, token] = BEARER.exec(authorization) ?? [];
    const agent = token === undefined ? undefined : await this.tokens.agentOf(snapshot, plainSecret(token));
    if (!agent || (holder && holder !== agent)) return undefined;
    return { agent, calling: holder ? agent.byCertificate : agent.byToken };
  }

  /** The credential is right and comes from elsewhere: it may have been stolen. */
  private async refuseAddress({ name }: Agent, { address, correlationId }: Client): Promise<never> {
    await this.audit.record(this.database.manager, {
      event: 'agent.refused',
      outcome: 'refused',
      code: 'client-address-not-allowed',
      actor: name,
      clientAddress: address,
      correlationId,
    });
    throw new AuthRefusal(122);
  }
}
