import type { FastifyRequest } from 'fastify';
import type { FormPair } from './form-parameters.js';
import { OAuthProblem } from './oauth-problem.js';
import { percentDecode } from './percent-encoding.js';

const SCHEME = /^\s*OAuth(?:\s+|$)/i;
/** One `name="value"`, and the comma or the end behind it. */
const PARAMETER = /\s*([^\s=",]+)\s*=\s*"([^"]*)"\s*(?:,|$)/y;
const EMPTY = /\s*(?:,|$)/y;

/**
 * The decoded parameters of `Authorization: OAuth …` without `realm`, repeated names kept (RFC 5849 section 3.5.1);
 * undefined without the header.
 *
 * @throws OAuthProblem `missing_consumer` for another scheme, `parameter_rejected` for what cannot be read and for two
 *   headers
 */
export function readAuthorization(request: FastifyRequest): readonly FormPair[] | undefined {
  const header = request.headers.authorization;
  if (header === undefined) return undefined;
  // Node keeps the first of several and says nothing.
  const sent = request.raw.rawHeaders.filter((name, at) => at % 2 === 0 && /^authorization$/i.test(name));
  if (sent.length > 1) throw OAuthProblem.rejected('Authorization');
  const scheme = SCHEME.exec(header);
  if (!scheme) throw new OAuthProblem('missing_consumer');
  return parsePairs(header, scheme[0].length).filter(([name]) => name !== 'realm');
}

function parsePairs(header: string, start: number): FormPair[] {
  const pairs: FormPair[] = [];
  for (let at = start; at < header.length;) {
    EMPTY.lastIndex = at;
    PARAMETER.lastIndex = at;
    const found = PARAMETER.exec(header);
    const [whole] = found ?? EMPTY.exec(header) ?? [];
    if (whole === undefined) throw OAuthProblem.rejected('Authorization');
    if (found) pairs.push([decode(found[1]), decode(found[2])]);
    at += whole.length;
  }
  return pairs;
}

function decode(encoded = ''): string {
  const text = percentDecode(encoded);
  if (text === undefined) throw OAuthProblem.rejected('Authorization');
  return text;
}
