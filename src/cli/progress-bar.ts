const WIDTH = 24;

/** `[########----------------]  33 %  text`; the bar alone grows, so that the line does not jump. */
export function progressBar(done: number, total: number, text: string): string {
  const share = total > 0 ? Math.min(done / total, 1) : 1;
  const filled = Math.floor(share * WIDTH);
  const percent = String(Math.floor(share * 100)).padStart(3);
  return `[${'#'.repeat(filled)}${'-'.repeat(WIDTH - filled)}] ${percent} %  ${text}`;
}
