import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { rows, type Tx } from '../../core/database/database.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { Clock } from '../../core/time/clock.js';
import { SiteStamp } from './site-stamp.entity.js';

/** What a person has chosen. */
export interface ChosenStamp {
  readonly name: string;
  readonly text: string | undefined;
  /** PNG. */
  readonly image: Uint8Array | undefined;
  /** Identifier of the application that shows it; all when absent. */
  readonly applicationId: string | undefined;
}

/** Bytes of an image (authentication methods, section 4.16). */
const LARGEST_IMAGE = 65_536;
/** Stamps of a person. */
const MOST_STAMPS = 20;
/** First bytes of every PNG (RFC 2083 section 3.1). */
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** The marks of people. */
@Injectable()
export class SiteStamps {
  constructor(private readonly clock: Clock) {}

  /** By name. */
  of(tx: Tx, accountId: string): Promise<SiteStamp[]> {
    return tx.find(SiteStamp, { where: { accountId }, order: { name: 'ASC' } });
  }

  /**
   * Writes a stamp down, in place of the one with the same name, which keeps its identifier.
   *
   * @throws DomainError `value-out-of-range` with `parameter`: `image` for what is no PNG or too large, `text` for a stamp
   *   without anything to show, `name` for one too many
   */
  async set(tx: Tx, accountId: string, { name, text, image, applicationId }: ChosenStamp): Promise<void> {
    if (text === undefined && image === undefined) throw outOfRange('text');
    if (image && (image.length > LARGEST_IMAGE || !PNG.equals(image.subarray(0, PNG.length))))
      throw outOfRange('image');
    const written = await rows(
      tx,
      `INSERT INTO site_stamps (id, account_id, name, text, image, application_id, created_at)
       SELECT $1, $2, $3, $4, $5, $6, $7
       WHERE (SELECT count(*) FROM site_stamps WHERE account_id = $2 AND name <> $3) < $8
       ON CONFLICT (account_id, name) DO UPDATE SET
         text = excluded.text, image = excluded.image, application_id = excluded.application_id,
         created_at = excluded.created_at
       RETURNING id`,
      [
        randomUUID(),
        accountId,
        name,
        text ?? null,
        image ? Buffer.from(image) : null,
        applicationId ?? null,
        this.clock.now(),
        MOST_STAMPS,
      ],
    );
    if (written.length === 0) throw outOfRange('name');
  }

  /** @returns false when there is none with this name */
  async remove(tx: Tx, accountId: string, name: string): Promise<boolean> {
    const removed = await rows(tx, 'DELETE FROM site_stamps WHERE account_id = $1 AND name = $2 RETURNING id', [
      accountId,
      name,
    ]);
    return removed.length > 0;
  }
}

function outOfRange(parameter: string): DomainError {
  return new DomainError('value-out-of-range', { params: { parameter } });
}
