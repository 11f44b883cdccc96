import { Query } from 'pg';
import { vi } from 'vitest';

/** The texts of the statements that PostgreSQL is sent during `work`, in their order, those that go by a name included. */
export async function statementsDuring(work: () => Promise<unknown>): Promise<string[]> {
  const submit = vi.spyOn(Query.prototype, 'submit');
  try {
    await work();
    return submit.mock.contexts.map((query) => (query as { readonly text?: string }).text ?? '');
  } finally {
    submit.mockRestore();
  }
}
