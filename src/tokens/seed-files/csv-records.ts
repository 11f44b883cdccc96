import { SeedFileError } from './problems.js';
import type { SeedFileSource } from './seed-record.js';
import { decodeUtf8 } from './utf8.js';

const SEPARATORS = new Set([',', ';', '\t']);
const MAX_FIELD_CHARACTERS = 1024;
const MAX_FIELDS = 64;

/** One line of a CSV file, or several where a quoted field holds line ends. */
export interface CsvRecord {
  /** From 1: where it begins. */
  readonly line: number;
  readonly fields: readonly string[];
}

/**
 * Reads CSV (RFC 4180) record by record. The first comma, semicolon or tab of the file is its separator; lines that are
 * empty or begin with `#` are left out.
 *
 * @throws SeedFileError
 */
export async function* readCsvRecords(source: SeedFileSource): AsyncGenerator<CsvRecord> {
  const reader = new CsvReader();
  for await (const text of decodeUtf8(source, () => reader.line)) {
    reader.write(text);
    yield* reader.take();
  }
  reader.end();
  yield* reader.take();
}

type State = 'start' | 'plain' | 'quoted' | 'quote-in-quoted' | 'comment';

class CsvReader {
  line = 1;
  private state: State = 'start';
  private separator: string | undefined;
  private startLine = 1;
  private fields: string[] = [];
  private field = '';
  private finished: CsvRecord[] = [];

  write(text: string): void {
    for (const character of text) {
      this.read(character);
      if (character === '\n') this.line += 1;
    }
  }

  end(): void {
    if (this.state === 'quoted') throw new SeedFileError('too-large', this.startLine);
    this.endRecord();
  }

  take(): CsvRecord[] {
    const records = this.finished;
    this.finished = [];
    return records;
  }

  private read(character: string): void {
    if (this.state === 'quoted') {
      if (character === '"') this.state = 'quote-in-quoted';
      else this.append(character);
    } else if (character === '\n') {
      this.endRecord();
    } else if (this.state === 'comment' || character === '\r') {
      return;
    } else if (character === '"' && this.state !== 'plain') {
      if (this.state === 'quote-in-quoted') this.append(character);
      this.state = 'quoted';
    } else if (this.separates(character)) {
      this.endField();
    } else if (character === '#' && this.state === 'start' && this.fields.length === 0) {
      this.state = 'comment';
    } else {
      this.append(character);
      this.state = 'plain';
    }
  }

  private separates(character: string): boolean {
    if (this.separator === undefined && SEPARATORS.has(character)) this.separator = character;
    return character === this.separator;
  }

  private append(character: string): void {
    if (this.field.length >= MAX_FIELD_CHARACTERS) throw new SeedFileError('too-large', this.line);
    this.field += character;
  }

  private endField(): void {
    if (this.fields.length >= MAX_FIELDS) throw new SeedFileError('too-large', this.line);
    this.fields.push(this.field);
    this.field = '';
    this.state = 'start';
  }

  private endRecord(): void {
    const empty = this.fields.length === 0 && this.field.trim() === '';
    if (this.state !== 'comment' && !empty) {
      this.endField();
      this.finished.push({ line: this.startLine, fields: this.fields });
    }
    this.fields = [];
    this.field = '';
    this.state = 'start';
    this.startLine = this.line + 1;
  }
}
