import type { JsonObject } from '../../core/web/strict-json.js';
import type { AuthMethodDeclaration, Returns } from './auth-method.js';
import { compileReader, own, parametersOf } from './auth-parameter.js';
import type { AuthResult, WireList, WireObject } from './auth-result.js';
import { foldRequest } from './folded-request.js';
import { compileListQuery, type ListQuery, pageOf } from './list-query.js';
import { type PlainValue, project, type Projection } from './projection.js';
import { compileReturn, type WantedResult } from './read-return.js';
import { remoteIpOf } from './remote-ip.js';

/** A request as a method gets it. */
export interface MethodRequest {
  readonly parameters: object;
  readonly remoteIp: string | undefined;
  readonly wanted: WantedResult;
  readonly query: ListQuery | undefined;
}

/** What the surface makes of a declaration once, so that nothing is looked up while requests come. */
export interface CompiledMethod {
  /** @throws AuthRefusal 101, 102, 106 */
  read(sent: JsonObject): MethodRequest;
  /** What is answered; undefined for a success without a result. */
  answer(result: AuthResult, request: MethodRequest): Promise<PlainValue | undefined>;
}

const NOTHING: WantedResult = { projection: new Map(), asked: false, has: () => false };

export function compileMethod(declaration: AuthMethodDeclaration<object>): CompiledMethod {
  const { parameters: type, returns, result: kind } = declaration;
  const readParameters = compileReader(type);
  const readWanted = returns ? compileReturn(returns) : () => NOTHING;
  const readQuery = returns && kind === 'list' ? compileListQuery(returns) : () => undefined;
  const objects = new Set(parametersOf(type).flatMap(({ name, schema }) => (schema.type === 'object' ? [name] : [])));
  return {
    read(sent) {
      const request = foldRequest(sent, objects);
      return {
        parameters: readParameters(request),
        remoteIp: remoteIpOf(own(request, 'remoteIp')),
        wanted: readWanted(own(request, 'return')),
        query: readQuery(request),
      };
    },

    async answer(result, { wanted: { projection, asked }, query }) {
      if (result === undefined || kind === 'none' || (projection.size === 0 && !asked)) return undefined;
      if (!query) return project(result as WireObject, withAlways(projection, returns, result as WireObject));
      const { total, rows } = await pageOf((result as WireList).rows, query);
      return { total, rows: await Promise.all(rows.map((row) => project(row, projection))) };
    },
  };
}

function withAlways(projection: Projection, returns: Returns | undefined, object: WireObject): Projection {
  const always = returns?.always?.(object) ?? [];
  if (always.length === 0) return projection;
  return new Map([...projection, ...always.map((name) => [name, { key: name, segments: [name] }] as const)]);
}
