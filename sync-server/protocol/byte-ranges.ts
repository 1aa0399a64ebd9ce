/** Parts of a content (RFC 9110, 14): `Range: bytes=0-99,-5`. */
import { randomUUID } from 'node:crypto';
import type { Answer } from '../http/endpoint.ts';
import { HttpError } from '../http/http-error.ts';

interface Whole {
  readonly type: string;
  readonly content: Buffer;
}

/** More parts than anybody has a use for: the whole is sent. */
const mostRanges = 9;

/** The parts that are asked for, or the whole. Throws a 416. */
export function byteRanges(range: string | string[] | undefined, whole: Whole): Answer {
  const length = whole.content.length;
  const ranges = rangesIn(String(range ?? ''), length);
  const common = { 'accept-ranges': 'bytes' };
  const [first, ...others] = ranges;
  if (!first || ranges.length > mostRanges) return { headers: common, bytes: whole };
  if (others.length > 0) return { status: 206, headers: common, bytes: several(ranges, whole) };
  return {
    status: 206,
    headers: { ...common, 'content-range': shown(first, length) },
    bytes: { type: whole.type, content: whole.content.subarray(first.from, first.to + 1) },
  };
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/** None where nothing, or nothing that is understood, is asked for. */
function rangesIn(text: string, length: number): readonly Range[] {
  const list = /^bytes=(.+)$/.exec(text.replaceAll(' ', ''))?.[1]?.split(',') ?? [];
  const parsed = list.map((one) => /^(\d{1,15})?-(\d{1,15})?$/.exec(one));
  if (!parsed.every((match) => match && (match[1] ?? match[2]) !== undefined)) return [];
  return parsed.map((match) => rangeOf(match?.[1], match?.[2], length));
}

function rangeOf(first: string | undefined, last: string | undefined, length: number): Range {
  // Without a first one, so many from the end.
  const from = first === undefined ? Math.max(0, length - Number(last)) : Number(first);
  const to = first === undefined || last === undefined ? length - 1 : Math.min(Number(last), length - 1);
  if (from > to)
    throw new HttpError(416, 'requested_range_not_satisfiable', 'Requested range not satisfiable');
  return { from, to };
}

const shown = ({ from, to }: Range, length: number) => `bytes ${from}-${to}/${length}`;

function several(ranges: readonly Range[], { type, content }: Whole): Whole {
  const boundary = randomUUID().replaceAll('-', '');
  const parts = ranges.flatMap((range) => [
    Buffer.from(
      `\r\n--${boundary}\r\nContent-Type: ${type}\r\nContent-Range: ${shown(range, content.length)}\r\n\r\n`,
    ),
    content.subarray(range.from, range.to + 1),
  ]);
  return {
    type: `multipart/byteranges; boundary="${boundary}"`,
    content: Buffer.concat([...parts, Buffer.from(`\r\n--${boundary}--`)]),
  };
}
