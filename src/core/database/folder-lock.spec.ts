import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FolderLock } from './folder-lock.js';

describe('the lock of the embedded database', () => {
  let folder: string;
  const lockFile = () => join(folder, 'lock');

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'latchkey-lock-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('keeps a second holder out until it is released', () => {
    const lock = FolderLock.take(folder);
    expect(() => FolderLock.take(folder)).toThrow(`in use by process ${process.pid}`);
    lock.release();
    FolderLock.take(folder).release();
  });

  it('respects a process that is alive', () => {
    writeFileSync(lockFile(), String(process.ppid));
    expect(() => FolderLock.take(folder)).toThrow(
      `LATCHKEY_DATA_DIR: the embedded database is in use by process ${process.ppid}`,
    );
  });

  it('takes over from a process that is gone', () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    writeFileSync(lockFile(), String(pid));
    FolderLock.take(folder);
    expect(readFileSync(lockFile(), 'utf8')).toBe(String(process.pid));
  });

  it.each([
    ['an earlier process with the same number', () => String(process.pid)],
    ['a file without a number', () => 'nonsense'],
  ])('takes over from %s', (_, content) => {
    writeFileSync(lockFile(), content());
    expect(() => FolderLock.take(folder).release()).not.toThrow();
  });

  it('takes over what was written before the machine was started', () => {
    writeFileSync(lockFile(), String(process.ppid));
    utimesSync(lockFile(), 0, 0);
    expect(() => FolderLock.take(folder).release()).not.toThrow();
  });
});
