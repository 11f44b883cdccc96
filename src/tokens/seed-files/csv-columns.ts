/** What a column holds. `moving` is the time step or the counter or the suite, after the kind of token. */
export type CsvColumn =
  | 'serial'
  | 'seed'
  | 'kind'
  | 'digits'
  | 'moving'
  | 'period'
  | 'counter'
  | 'hash'
  | 'suite'
  | 'drift'
  | 'manufacturer'
  | 'model'
  | 'owner'
  | 'notBefore'
  | 'notAfter';

export type SeedEncoding = 'hex' | 'base32' | 'either';

/** Where each column stands, from 0, and how the seeds are written. */
export interface CsvLayout {
  readonly columns: ReadonlyMap<CsvColumn, number>;
  readonly encoding: SeedEncoding;
}

/** Names as headers spell them, without blanks and signs. */
const NAMES: Readonly<Record<string, CsvColumn>> = {
  serial: 'serial',
  serialnumber: 'serial',
  serialno: 'serial',
  seed: 'seed',
  seedhex: 'seed',
  seedbase32: 'seed',
  secret: 'seed',
  secrethex: 'seed',
  secretbase32: 'seed',
  secretkey: 'seed',
  key: 'seed',
  type: 'kind',
  kind: 'kind',
  tokentype: 'kind',
  digits: 'digits',
  otplength: 'digits',
  length: 'digits',
  intervalcounter: 'moving',
  interval: 'period',
  timeinterval: 'period',
  period: 'period',
  timestep: 'period',
  counter: 'counter',
  hash: 'hash',
  algorithm: 'hash',
  suite: 'suite',
  ocrasuite: 'suite',
  drift: 'drift',
  timedrift: 'drift',
  manufacturer: 'manufacturer',
  model: 'model',
  owner: 'owner',
  user: 'owner',
  username: 'owner',
  login: 'owner',
  assignedto: 'owner',
  notbefore: 'notBefore',
  startdate: 'notBefore',
  notafter: 'notAfter',
  expirydate: 'notAfter',
};

/** OATH CSV without a header: serial, seed, type, digits, interval or counter, hash. */
export const HEADERLESS: CsvLayout = {
  columns: new Map([
    ['serial', 0],
    ['seed', 1],
    ['kind', 2],
    ['digits', 3],
    ['moving', 4],
    ['hash', 5],
  ]),
  encoding: 'either',
};

/** Reads a first record as header; undefined when it does not name a serial number and a seed. */
export function readCsvHeader(fields: readonly string[]): CsvLayout | undefined {
  const columns = new Map<CsvColumn, number>();
  let encoding: SeedEncoding = 'either';
  fields.forEach((field, index) => {
    const name = field.toLowerCase().replace(/[^a-z0-9]/g, '');
    const column = Object.hasOwn(NAMES, name) ? NAMES[name] : undefined;
    if (column === undefined || columns.has(column)) return;
    columns.set(column, index);
    if (column !== 'seed') return;
    if (name.endsWith('hex')) encoding = 'hex';
    if (name.endsWith('base32')) encoding = 'base32';
  });
  return columns.has('serial') && columns.has('seed') ? { columns, encoding } : undefined;
}
