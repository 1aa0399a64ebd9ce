/** Columns mapped by hand are remembered for the same headers: on this device, never replicated. */
import { headersKey } from '$lib/domain/import/header-key.ts';
import { importFields, type ColumnFields, type ImportField } from '$lib/domain/import/fields.ts';
import type { Store } from '$lib/store/store.ts';

const noteKey = 'import-columns';
const most = 20;

type Remembered = Record<string, (ImportField | null)[]>;

async function read(registry: Store): Promise<Map<string, (ImportField | null)[]>> {
  const note = (await registry.note(noteKey))?.mappings as Remembered | undefined;
  return new Map(Object.entries(note ?? {}));
}

export async function rememberedColumns(
  registry: Store,
  headers: readonly string[],
): Promise<ColumnFields | undefined> {
  const found = (await read(registry)).get(headersKey(headers));
  if (found?.length !== headers.length) return undefined;
  return found.map((field) => importFields.find((one) => one === field));
}

export async function rememberColumns(
  registry: Store,
  headers: readonly string[],
  fields: ColumnFields,
): Promise<void> {
  if (headers.every((header) => header === '')) return;
  const mappings = await read(registry);
  const key = headersKey(headers);
  mappings.delete(key);
  mappings.set(
    key,
    fields.map((field) => field ?? null),
  );
  await registry.setNote(noteKey, { mappings: Object.fromEntries([...mappings].slice(-most)) });
}
