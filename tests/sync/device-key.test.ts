import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { forgetDeviceKey, isSignatureOf, sha256Of, signText } from '../../src/lib/sync/device-key.ts';

afterEach(async () => {
  vi.unstubAllGlobals();
  await forgetDeviceKey();
});

async function signed(text: string) {
  const done = await signText(text);
  if (!done.ok) throw new Error(done.why);
  return done;
}

describe('the signing key of a device', () => {
  it('signs what it can verify to the letter', async () => {
    const { signature, signedWith } = await signed('76 inscrits');
    expect(await isSignatureOf('76 inscrits', { signature, signedWith })).toBe(true);
    expect(await isSignatureOf('77 inscrits', { signature, signedWith })).toBe(false);
    expect(await isSignatureOf('76 inscrits', { signature: 'nothing', signedWith })).toBe(false);
    expect(await isSignatureOf('76 inscrits', { signature, signedWith: {} })).toBe(false);
  });

  it('stays the same, and its private half cannot be had', async () => {
    const [one, other] = await Promise.all([signed('a'), signed('b')]);
    expect(one.signedWith).toEqual(other.signedWith);
    expect((await signed('a')).signedWith).toEqual(one.signedWith);
    expect(Object.keys(one.signedWith).sort()).toEqual(['crv', 'kty', 'x', 'y']);
    const opened = indexedDB.open('presence-device');
    const database = await new Promise<IDBDatabase>((tell) => {
      opened.onsuccess = () => tell(opened.result);
    });
    const asked = database.transaction('keys').objectStore('keys').get('signing');
    const row = await new Promise<{ pair: CryptoKeyPair }>((tell) => {
      asked.onsuccess = () => tell(asked.result as { pair: CryptoKeyPair });
    });
    database.close();
    expect(row.pair.privateKey.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('jwk', row.pair.privateKey)).rejects.toThrow();
  });

  it('is another one after it was taken away, and what the first one signed still verifies', async () => {
    const first = await signed('a');
    await forgetDeviceKey();
    const second = await signed('a');
    expect(second.signedWith).not.toEqual(first.signedWith);
    expect(await isSignatureOf('a', first)).toBe(true);
  });

  it('says so where the browser has no WebCrypto', async () => {
    vi.stubGlobal('crypto', {});
    expect(await signText('a')).toEqual({ ok: false, why: 'no-crypto' });
    expect(await isSignatureOf('a', { signature: '', signedWith: {} })).toBeUndefined();
    expect(await sha256Of('a')).toBeUndefined();
  });

  it('hashes as everyone does', async () => {
    expect(await sha256Of('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });
});
