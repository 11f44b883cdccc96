import { rows, type Tx } from '../../core/database/database.js';

/**
 * The number of the next request that a stranger makes. Nothing else takes from this sequence: with the one for all
 * requests, the number of the next call would tell whether a letter was written, or what else went on for people (attack
 * class 45).
 */
export async function nextStrangerNumber(tx: Tx): Promise<string> {
  const [row] = await rows<{ number: string }>(tx, `SELECT nextval('stranger_request_numbers') AS number`);
  if (!row) throw new Error('a sequence without a next number');
  return row.number;
}
