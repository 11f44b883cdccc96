/** Joins the data types of RFC 4251, section 5. */
export class SshWriter {
  private readonly parts: Buffer[] = [];

  uint32(value: number): this {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return this.raw(bytes);
  }

  string(value: Uint8Array | string): this {
    const bytes = Buffer.from(value as string);
    return this.uint32(bytes.length).raw(bytes);
  }

  /** A number that is not negative, from its unsigned big-endian bytes. */
  mpint(value: Uint8Array): this {
    const start = value.findIndex((byte) => byte !== 0);
    const digits = Buffer.from(start < 0 ? [] : value.subarray(start));
    return this.string((digits[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.alloc(1), digits]) : digits);
  }

  raw(bytes: Uint8Array): this {
    this.parts.push(Buffer.from(bytes));
    return this;
  }

  bytes(): Buffer<ArrayBuffer> {
    return Buffer.concat(this.parts);
  }
}

/** Takes the data types of RFC 4251, section 5, apart; undefined wherever the bytes are not what is read. */
export class SshReader {
  private at = 0;

  constructor(private readonly data: Uint8Array) {}

  uint32(): number | undefined {
    const bytes = this.raw(4);
    return bytes && bytes.readUInt32BE();
  }

  string(): Buffer | undefined {
    const length = this.uint32();
    return length === undefined ? undefined : this.raw(length);
  }

  /** A number that is not negative, in the one way to write it; without its sign byte. */
  mpint(): Buffer | undefined {
    const bytes = this.string();
    const [first, second = 0] = bytes ?? [];
    if (!bytes || first === undefined || first >= 0x80 || (first === 0 && second < 0x80)) return undefined;
    return first === 0 ? bytes.subarray(1) : bytes;
  }

  get atEnd(): boolean {
    return this.at === this.data.length;
  }

  private raw(length: number): Buffer | undefined {
    if (this.at + length > this.data.length) return undefined;
    const bytes = Buffer.from(this.data.subarray(this.at, this.at + length));
    this.at += length;
    return bytes;
  }
}
