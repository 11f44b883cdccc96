import type { Offer, OfferedSlot } from './enrolment-sessions.js';

/** The place that is taken without a question: the first free one, else the last one used longest ago. */
export function freeFirst({ slots }: Offer): OfferedSlot {
  const free = slots.find(({ filled }) => !filled);
  const [oldest] = slots.toSorted((one, other) => lastUse(one) - lastUse(other));
  const place = free ?? oldest;
  if (!place) throw new Error('a choice without a place is not offered');
  return place;
}

function lastUse({ filled }: OfferedSlot): number {
  const { lastUsedAt, createdAt } = filled?.assignment ?? {};
  return (lastUsedAt ?? createdAt)?.getTime() ?? 0;
}
