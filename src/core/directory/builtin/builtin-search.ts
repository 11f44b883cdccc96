import type { Domain } from '../../domains/domain.entity.js';
import { foldName } from '../../domains/fold-name.js';
import { DomainError } from '../../errors/domain-error.js';
import { pickAttributes } from '../attributes/pick-attributes.js';
import type {
  FoundObject,
  FoundObjects,
  ObjectQuery,
  ObjectSearch,
  SearchScope,
} from '../capabilities/object-search.js';
import { below } from '../distinguished-name.js';
import { parseCallerFilter } from '../filter/caller-filter.js';
import { matchesFilter } from '../filter/evaluate-filter.js';
import { builtinBase, builtinDn, loginOfBuiltinDn } from './builtin-dn.js';
import { entryAttributes, lookup, operationalAttributes } from './builtin-entry.js';
import type { BuiltinEntryRepository } from './builtin-entry.repository.js';
import type { BuiltinPerson } from './builtin-person.entity.js';
import type { BuiltinPersonRepository } from './builtin-person.repository.js';

const MAX_OBJECTS = 1_000;
const PORTION = 500;
/** People looked through for one search at most. */
const MAX_LOOKED_THROUGH = 100_000;

interface Entry {
  readonly dn: string;
  /** What comes when no attributes are named, and what may be named or asked about. */
  readonly usual: ReadonlyMap<string, readonly string[]>;
  readonly named: ReadonlyMap<string, readonly string[]>;
}

/** Free search over a domain of the built-in directory: the domain itself, and its people right below. */
export class BuiltinSearch implements ObjectSearch {
  constructor(
    private readonly domain: Domain,
    private readonly people: BuiltinPersonRepository,
    private readonly entries: BuiltinEntryRepository,
  ) {}

  async find({ baseDn, filter, scope = 'sub', attributes, limit = MAX_OBJECTS }: ObjectQuery): Promise<FoundObjects> {
    const wanted = filter === undefined ? undefined : parseCallerFilter(filter);
    const base = baseDn ?? builtinBase(this.domain.name);
    const most = Math.min(limit, MAX_OBJECTS);
    const objects: FoundObject[] = [];
    let lookedThrough = 0;
    for await (const entry of this.inScope(base, scope)) {
      if ((lookedThrough += 1) > MAX_LOOKED_THROUGH) return { objects, complete: false };
      if (wanted && !matchesFilter(wanted, lookup(entry.named))) continue;
      if (objects.length === most) return { objects, complete: false };
      objects.push({ dn: entry.dn, attributes: pickAttributes(attributes ? entry.named : entry.usual, attributes) });
    }
    return { objects, complete: true };
  }

  private async *inScope(dn: string, scope: SearchScope): AsyncGenerator<Entry> {
    const home = builtinBase(this.domain.name);
    const base = below(dn, home);
    const login = base === undefined ? undefined : loginOfBuiltinDn(base, this.domain.name);
    const person = login === undefined ? null : await this.people.byLogin(this.domain.id, foldName(login));
    if (base !== home && !person) throw new DomainError('account-not-found', { params: { dn } });
    if (scope !== 'one') yield person ? this.entryOf(person) : this.domainEntry();
    if (scope !== 'base' && !person) yield* this.everybody();
  }

  private async *everybody(): AsyncGenerator<Entry> {
    for (let after = ''; ;) {
      const portion = await this.entries.portion(this.domain.id, after, PORTION);
      for (const person of portion) yield this.entryOf(person);
      if (portion.length < PORTION) return;
      after = portion.at(-1)?.loginKey ?? '';
    }
  }

  private entryOf(person: BuiltinPerson): Entry {
    return {
      dn: builtinDn(person.login, this.domain.name),
      usual: entryAttributes(person),
      named: operationalAttributes(person, this.domain.name),
    };
  }

  private domainEntry(): Entry {
    const attributes = new Map([
      ['objectClass', ['top', 'domain']],
      ['dc', [this.domain.name]],
    ]);
    return { dn: builtinBase(this.domain.name), usual: attributes, named: attributes };
  }
}
