/** A moment as `yyyy-MM-dd'T'HH:mm:ss'Z'`, in UTC (authentication methods, section 2.4). */
export function wireDate(moment: Date): string {
  return `${moment.toISOString().slice(0, 19)}Z`;
}
