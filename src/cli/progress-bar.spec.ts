import { expect, it } from 'vitest';
import { progressBar } from './progress-bar.js';

it.each([
  [0, 3, '[------------------------]   0 %  x'],
  [1, 3, '[########----------------]  33 %  x'],
  [3, 3, '[########################] 100 %  x'],
  [4, 3, '[########################] 100 %  x'],
  [0, 0, '[########################] 100 %  x'],
])('a progress bar at %i of %i', (done, total, line) => expect(progressBar(done, total, 'x')).toBe(line));
