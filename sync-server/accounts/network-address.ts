/** From where a request comes, as the limits on sign-in count it. */
import { isIP } from 'node:net';

const mappedIpv4 = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i;

/**
 * One name for each network, however its address is written: IPv4 as it stands (within IPv6 or with a port as well),
 * IPv6 by its first 64 bits, of which one customer has all the rest. What is no address stays as it is.
 */
export function networkOf(address: string): string {
  const plain = withoutPort(address.trim().replace(/%.*$/, ''));
  if (isIP(plain) !== 6) return plain;
  const canonical = new URL(`http://[${plain}]`).hostname.slice(1, -1);
  const groups = groupsOf(canonical);
  const ipv4 = mappedIpv4.exec(plain)?.[1] ?? embeddedIpv4(groups);
  return ipv4 ?? `${groups.slice(0, 4).join(':')}::/64`;
}

function withoutPort(address: string): string {
  const bracketed = /^\[([^\]]*)\](?::\d+)?$/.exec(address)?.[1];
  return bracketed ?? /^(\d{1,3}(?:\.\d{1,3}){3}):\d+$/.exec(address)?.[1] ?? address;
}

/** The eight groups of a canonical address. */
function groupsOf(canonical: string): string[] {
  const [head = '', tail] = canonical.split('::');
  const before = head === '' ? [] : head.split(':');
  if (tail === undefined) return before;
  const after = tail === '' ? [] : tail.split(':');
  return [...before, ...Array<string>(8 - before.length - after.length).fill('0'), ...after];
}

/** `::ffff:c000:201` is 192.0.2.1. */
function embeddedIpv4(groups: readonly string[]): string | undefined {
  if (groups.slice(0, 5).some((group) => group !== '0') || groups[5] !== 'ffff') return undefined;
  const bytes = groups.slice(6).flatMap((group) => [parseInt(group, 16) >> 8, parseInt(group, 16) & 255]);
  return bytes.join('.');
}
