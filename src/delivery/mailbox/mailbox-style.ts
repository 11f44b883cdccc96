/** Style of the mailbox page, on top of the house's own style sheet and its colours. */
export const MAILBOX_STYLE = `
main { max-width: 760px; }
main > .card form { margin: 0; }
.letters { display: grid; gap: 16px; margin: 24px 0 0; padding: 0; list-style: none; }
.letter { padding: clamp(16px, 4vw, 28px); border: 1px solid var(--line); border-radius: var(--radius); background: var(--card); }
.letter summary { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: baseline; cursor: pointer; min-height: 32px; }
.letter summary::before { content: '▸'; flex: none; width: 0.75rem; color: var(--quiet); }
.letter details[open] > summary::before { content: '▾'; }
.letter summary h2 { flex: 1 1 14rem; margin: 0; font-size: 1.0625rem; overflow-wrap: anywhere; }
.letter .channel { padding: 2px 10px; border-radius: 99px; background: var(--accent-faint); color: var(--accent); font-size: 0.8125rem; font-weight: 650; }
.letter .when { color: var(--quiet); font-size: 0.875rem; }
.letter .to { margin: 8px 0 16px; color: var(--quiet); font-size: 0.9375rem; overflow-wrap: anywhere; }
.letter iframe { display: block; width: 100%; height: 800px; border: 1px solid var(--line); border-radius: var(--radius-small); background: var(--sunken); }
.letter pre { margin: 0; padding: 16px; border-radius: var(--radius-small); background: var(--sunken); white-space: pre-wrap; overflow-wrap: anywhere; }
.letter details details { margin-top: 12px; }
.letter details details summary { color: var(--quiet); font-size: 0.9375rem; }
`;
