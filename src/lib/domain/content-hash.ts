/**
 * A hash of 128 bits, the same on every device, computed at once (a transaction cannot wait for `crypto.subtle`). It
 * names revisions, it protects nothing.
 */
export function contentHash(text: string): string {
  const state = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 0xdeadbeef];
  const factors = [0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f, 0x165667b1];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    for (let lane = 0; lane < 4; lane++) {
      const mixed = Math.imul((state[lane] ?? 0) ^ code ^ (state[(lane + 3) & 3] ?? 0), factors[lane] ?? 1);
      state[lane] = (mixed << 13) | (mixed >>> 19);
    }
  }
  for (let round = 0; round < 8; round++) {
    const lane = round & 3;
    const mixed = (state[lane] ?? 0) ^ ((state[(lane + 1) & 3] ?? 0) >>> 15) ^ text.length;
    state[lane] = Math.imul(mixed, factors[(lane + round) & 3] ?? 1) ^ (mixed >>> 13);
  }
  return state.map((lane) => (lane >>> 0).toString(16).padStart(8, '0')).join('');
}
