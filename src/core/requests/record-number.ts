/** A record number: what a `bigint` can hold, written without a leading zero. */
const NUMBER = /^[1-9][0-9]{0,17}$/;

/** Whether a request may have this number. */
export function isRecordNumber(text: string): boolean {
  return NUMBER.test(text);
}
