/** An envelope as a file of text: phones share text files with any app. */
import { checksum, type Bytes } from './bytes.ts';

const line = /PRESENCE-APPEL:(\d+):([0-9A-F]{8}):([A-Za-z0-9+/=]*)/;
const largestLetter = 4_000_000;

/** @param greeting what the file says to somebody who opens it by itself */
export function letterOf(envelope: Bytes, greeting: string): string {
  let binary = '';
  for (const byte of envelope) binary += String.fromCharCode(byte);
  return `${greeting}\n\nPRESENCE-APPEL:1:${checksum(envelope)}:${btoa(binary)}\n`;
}

export type Letter = { ok: true; envelope: Bytes } | { ok: false; why: 'not-ours' | 'newer' | 'damaged' };

/** Reads a letter; spaces and line ends that a mail program put into it do no harm. */
export async function readLetter(file: Blob): Promise<Letter> {
  if (file.size > largestLetter) return { ok: false, why: 'not-ours' };
  let text: string;
  try {
    text = (await file.text()).replace(/[\s>]+/g, '');
  } catch {
    return { ok: false, why: 'damaged' };
  }
  if (!text.includes('PRESENCE-APPEL')) return { ok: false, why: 'not-ours' };
  const found = line.exec(text);
  if (!found) return { ok: false, why: 'damaged' };
  const [, version, sum, encoded = ''] = found;
  if (version !== '1') return { ok: false, why: 'newer' };
  try {
    const envelope = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
    return checksum(envelope) === sum ? { ok: true, envelope } : { ok: false, why: 'damaged' };
  } catch {
    return { ok: false, why: 'damaged' };
  }
}
