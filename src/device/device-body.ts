import type { FastifyRequest } from 'fastify';
import { DomainError } from '../core/errors/domain-error.js';
import { BodyError, readBody } from '../core/web/request-body.js';
import { isJsonObject, JsonError, readJson, type JsonObject } from '../core/web/strict-json.js';

/** Bytes of the largest body: a key, a signature and the address of a push service. */
const LARGEST_BODY = 8 * 1024;

/** What a device sent: members of a JSON object, each a text of bounded length. */
export class DeviceBody {
  private constructor(private readonly members: JsonObject) {}

  /** @throws DomainError `form-not-valid` */
  static async of(request: FastifyRequest): Promise<DeviceBody> {
    try {
      const value = readJson(await readBody(request.raw, LARGEST_BODY));
      if (isJsonObject(value)) return new DeviceBody(value);
    } catch (error) {
      if (!(error instanceof JsonError) && !(error instanceof BodyError)) throw error;
    }
    throw new DomainError('form-not-valid');
  }

  /** @throws DomainError `form-not-valid` when it is missing, no text, or too long */
  text(name: string, longest = 512): string {
    const value = this.optional(name, longest);
    if (value === undefined) throw new DomainError('form-not-valid');
    return value;
  }

  /** @throws DomainError `form-not-valid` when it is no text, or too long */
  optional(name: string, longest = 512): string | undefined {
    const value = this.member(name);
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'string' || value.length > longest) throw new DomainError('form-not-valid');
    return value;
  }

  /** A member of any shape; whoever takes it checks it. */
  member(name: string): unknown {
    return Object.hasOwn(this.members, name) ? this.members[name] : undefined;
  }
}
