import { SaxesParser, type SaxesAttributeNS } from 'saxes';
import { SeedFileError } from './problems.js';
import type { SeedFileSource } from './seed-record.js';
import { decodeUtf8 } from './utf8.js';
import { XmlFields } from './xml-fields.js';

/** Limits within which every honest seed file stays by far; beyond them nothing is kept (attack class 55). */
const MAX_DEPTH = 24;
const MAX_ATTRIBUTES = 32;
const MAX_VALUE_CHARACTERS = 16_384;
/** Characters in which the parser must come to the end of something, be it a comment. */
const MAX_SILENT_CHARACTERS = 4 * MAX_VALUE_CHARACTERS;

/** One repeated element of a file. */
export interface XmlRecord {
  /** Its path, one of those asked for. */
  readonly path: string;
  /** Where it begins, from 1. */
  readonly line: number;
  readonly fields: XmlFields;
  /** Everything before the first record. */
  readonly header: XmlFields;
}

/**
 * Reads a large XML file record by record and keeps no more than one. Document type declarations are refused outright,
 * so that there are no entities but the five of XML itself.
 *
 * @param paths of the repeated elements, from the root, local names joined by `/`
 * @throws SeedFileError
 */
export async function* readXmlRecords(source: SeedFileSource, paths: readonly string[]): AsyncGenerator<XmlRecord> {
  const reader = new RecordReader(paths);
  for await (const text of decodeUtf8(source, () => reader.line)) {
    reader.write(text);
    yield* reader.take();
  }
  reader.end();
  yield* reader.take();
  if (reader.records === 0) throw new SeedFileError('no-tokens', reader.line);
}

class RecordReader {
  /** Records that were found. */
  records = 0;
  private readonly parser = new SaxesParser({ xmlns: true });
  private readonly header = new XmlFields();
  private readonly path: string[] = [];
  private finished: XmlRecord[] = [];
  private record: { readonly depth: number; readonly line: number; readonly fields: XmlFields } | undefined;
  private headerOpen = true;
  private text = '';
  private tagLine = 1;
  private silent = 0;
  private failure: SeedFileError | undefined;

  constructor(private readonly paths: readonly string[]) {
    const { parser } = this;
    parser.on('error', (error) => this.fail(new SeedFileError('not-xml', parser.line, { cause: error })));
    parser.on('doctype', () => this.fail(new SeedFileError('doctype-refused', parser.line)));
    parser.on('xmldecl', ({ encoding = 'UTF-8' }) => {
      if (!/^(utf-8|us-ascii)$/i.test(encoding)) this.fail(new SeedFileError('not-utf8', parser.line));
    });
    parser.on('opentagstart', () => {
      this.heard();
      // Told with the character behind the name, which may end the line.
      this.tagLine = parser.column === 0 ? parser.line - 1 : parser.line;
    });
    parser.on('attribute', () => this.heard());
    parser.on('opentag', ({ local, attributes }) => this.open(local, Object.values(attributes)));
    parser.on('text', (text) => this.characters(text));
    parser.on('cdata', (text) => this.characters(text));
    parser.on('closetag', () => this.close());
    parser.on('comment', () => this.heard());
    parser.on('processinginstruction', () => this.heard());
  }

  get line(): number {
    return this.parser.line;
  }

  write(text: string): void {
    this.silent += text.length;
    this.parser.write(text);
    if (this.silent > MAX_SILENT_CHARACTERS) this.fail(new SeedFileError('too-large', this.line));
    if (this.failure) throw this.failure;
  }

  end(): void {
    this.parser.close();
    if (this.failure) throw this.failure;
  }

  take(): XmlRecord[] {
    const records = this.finished;
    this.finished = [];
    return records;
  }

  private open(local: string, attributes: readonly SaxesAttributeNS[]): void {
    this.heard();
    this.text = '';
    this.path.push(local);
    if (this.path.length === 1 && !this.paths.some((path) => path.startsWith(`${local}/`))) {
      this.fail(new SeedFileError('root-unknown', this.tagLine));
    }
    if (this.path.length > MAX_DEPTH) this.fail(new SeedFileError('too-deep', this.tagLine));
    if (attributes.length > MAX_ATTRIBUTES) this.fail(new SeedFileError('too-large', this.tagLine));
    if (!this.record && this.paths.includes(this.path.join('/'))) {
      this.record = { depth: this.path.length, line: this.tagLine, fields: new XmlFields() };
      this.headerOpen = false;
    }
    for (const { prefix, name, local: attribute, value } of attributes) {
      if (prefix !== 'xmlns' && name !== 'xmlns') this.keep(`${this.place()}@${attribute}`, value);
    }
  }

  private characters(text: string): void {
    this.heard();
    this.text += text;
    if (this.text.length > MAX_VALUE_CHARACTERS) this.fail(new SeedFileError('too-large', this.line));
  }

  private close(): void {
    this.heard();
    if (this.text.trim() !== '') this.keep(this.place(), this.text);
    this.text = '';
    if (this.record?.depth === this.path.length) {
      const { line, fields } = this.record;
      this.records += 1;
      this.finished.push({ path: this.path.join('/'), line, fields, header: this.header });
      this.record = undefined;
    }
    this.path.pop();
  }

  /** Path below the record, or below the root. */
  private place(): string {
    return this.path.slice(this.record?.depth ?? 0).join('/');
  }

  private keep(path: string, value: string): void {
    const fields = this.record?.fields ?? (this.headerOpen ? this.header : undefined);
    if (value.length > MAX_VALUE_CHARACTERS || fields?.add(path, value) === false) {
      this.fail(new SeedFileError('too-large', this.line));
    }
  }

  private heard(): void {
    this.silent = 0;
  }

  /** Keeps the first failure. Thrown from a handler, so that the parser does not go on with the rest of the chunk. */
  private fail(failure: SeedFileError): never {
    this.failure ??= failure;
    throw this.failure;
  }
}
