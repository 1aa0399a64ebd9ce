/** Which characters the bytes of a text file stand for: by their mark, by being UTF-8 or not, by French accents. */

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' | 'macintosh';

export interface DecodedText {
  readonly text: string;
  readonly encoding: Encoding;
}

const startsWith = (bytes: Uint8Array, ...mark: number[]) =>
  mark.every((byte, index) => bytes[index] === byte);

/** Text in two bytes a character has a zero in every other byte, as long as it is Latin. */
function wideWithoutMark(bytes: Uint8Array): Encoding | undefined {
  const sample = bytes.subarray(0, 2000);
  if (sample.length < 8) return undefined;
  const zeros = [0, 0];
  sample.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  const half = sample.length / 2;
  if (odd > half * 0.7 && even < half * 0.1) return 'utf-16le';
  if (even > half * 0.7 && odd < half * 0.1) return 'utf-16be';
  return undefined;
}

/** é è à ê ë î ï ô û ç É À of an old Macintosh. */
const macAccents = new Set([0x8e, 0x8f, 0x88, 0x90, 0x91, 0x94, 0x95, 0x99, 0x9e, 0x8d, 0x83, 0xcb]);

const isLetter = (byte: number | undefined) => byte !== undefined && (byte | 32) >= 97 && (byte | 32) <= 122;

/** Between letters, an old Macintosh has its accents where Windows has curly quotes and dashes. */
function singleByte(bytes: Uint8Array): Encoding {
  let mac = 0;
  let windows = 0;
  bytes.subarray(0, 100_000).forEach((byte, index) => {
    if (byte < 0x80 || (!isLetter(bytes[index - 1]) && !isLetter(bytes[index + 1]))) return;
    if (macAccents.has(byte)) mac += 1;
    else if (byte >= 0xc0) windows += 1;
  });
  return mac > windows ? 'macintosh' : 'windows-1252';
}

/** Never throws: any bytes are some text in the end. */
export function decodeText(bytes: Uint8Array): DecodedText {
  const decode = (encoding: Encoding) => ({ text: new TextDecoder(encoding).decode(bytes), encoding });
  if (startsWith(bytes, 0xef, 0xbb, 0xbf)) return decode('utf-8');
  if (startsWith(bytes, 0xff, 0xfe)) return decode('utf-16le');
  if (startsWith(bytes, 0xfe, 0xff)) return decode('utf-16be');
  const wide = wideWithoutMark(bytes);
  if (wide) return decode(wide);
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' };
  } catch {
    return decode(singleByte(bytes));
  }
}
