/** From the names of countries and languages, in several languages, to their codes: what the browser knows, turned round. */
import { normaliseName } from '../names.ts';

interface Source {
  readonly type: 'region' | 'language';
  readonly codes: () => readonly string[];
  /** Whether a code is in use, and no older name of another. */
  readonly isCurrent: (code: string) => boolean;
  /** Names that people use besides, by code, apart by a comma; they win. */
  readonly others: Readonly<Record<string, string>>;
  readonly locales: readonly string[];
}

/** What a name is looked up by; a script that is not stripped stands as it is. */
export const nameKey = (name: string) =>
  normaliseName(name.replace(/['’]/g, ' ')) || name.toLowerCase().trim();

/** Built when first asked for: it costs some milliseconds. */
export function namesOfCodes({ type, codes, isCurrent, others, locales }: Source) {
  let byName: Map<string, string> | undefined;
  const current = new Set<string>();
  const build = () => {
    const names = new Map<string, string>();
    for (const [code, list] of Object.entries(others))
      for (const name of list.split(',')) names.set(nameKey(name), code);
    const candidates = codes().filter(isCurrent);
    for (const locale of locales) {
      const display = new Intl.DisplayNames([locale], { type, fallback: 'none' });
      for (const code of candidates) {
        const name = display.of(code);
        if (name === undefined) continue;
        current.add(code);
        // The first language that has a name wins.
        for (const key of [nameKey(name), name.toLowerCase()]) if (!names.has(key)) names.set(key, code);
      }
    }
    return names;
  };
  const lookUp = () => (byName ??= build());
  return Object.assign(lookUp, { isCode: (code: string) => lookUp().size > 0 && current.has(code) });
}
