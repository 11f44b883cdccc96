import type { Domain } from '../../domains/domain.entity.js';
import { foldName } from '../../domains/fold-name.js';
import { type Database } from '../../database/database.js';
import { hydrate } from '../../database/guarded-update.js';
import { isUuid } from '../../database/uuid.js';
import type { PeopleList, PeoplePage, PeopleQuery, PersonField } from '../capabilities/people-list.js';
import type { Person } from '../directory.js';
import { BuiltinPerson } from './builtin-person.entity.js';

const MAX_PAGE = 1_000;
/** Columns as they are compared and put in order. */
const COLUMNS: Readonly<Record<PersonField, string>> = {
  login: 'login_key',
  displayName: 'lower(display_name)',
  firstName: 'lower(first_name)',
  lastName: 'lower(last_name)',
  mail: 'lower(mail)',
  mobile: 'lower(mobile)',
};

/** People of a built-in domain page by page. */
export class BuiltinList implements PeopleList {
  constructor(
    private readonly domain: Domain,
    private readonly database: Database,
    private readonly describe: (stored: BuiltinPerson) => Promise<Person>,
  ) {}

  async page({ where = {}, disabled, group, offset, limit, order = [] }: PeopleQuery): Promise<PeoplePage> {
    const texts = Object.entries(where).filter((entry): entry is [PersonField, string] => entry[1] !== undefined);
    const impossible = texts.some(([, text]) => text.includes('\0') || !text.isWellFormed());
    if (impossible || (group !== undefined && !isUuid(group))) return { people: [], complete: true };

    const parameters: unknown[] = [this.domain.id];
    const parameter = (value: unknown) => `$${parameters.push(value)}`;
    const conditions = ['domain_id = $1'];
    for (const [field, text] of texts) conditions.push(equality(field, text, parameter));
    if (disabled !== undefined) conditions.push(`disabled = ${parameter(disabled)}`);
    if (group !== undefined) {
      conditions.push(`id IN (SELECT person_id FROM builtin_group_members WHERE group_id = ${parameter(group)})`);
    }
    const keys = order.map(
      ({ field, descending }) => `${COLUMNS[field]} COLLATE "C" ${descending ? 'DESC' : 'ASC'} NULLS LAST`,
    );
    const found = await this.database.query<Record<string, unknown>>(
      `SELECT * FROM builtin_people WHERE ${conditions.join(' AND ')}
       ORDER BY ${[...keys, 'login_key COLLATE "C"'].join(', ')}
       OFFSET ${parameter(offset)} LIMIT ${parameter(Math.min(limit, MAX_PAGE))}`,
      parameters,
    );
    const stored = found.map((row) => hydrate(this.database.manager, BuiltinPerson, row));
    return { people: await Promise.all(stored.map((person) => this.describe(person))), complete: true };
  }
}

function equality(field: PersonField, text: string, parameter: (value: unknown) => string): string {
  return field === 'login'
    ? `login_key = ${parameter(foldName(text))}`
    : `${COLUMNS[field]} = lower(${parameter(text)})`;
}
