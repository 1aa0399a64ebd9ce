/**
 * Keeps the screen on until it is told to stop. The phone takes the lock away whenever the page is hidden: it is asked
 * for again. Where there is no such thing, or the battery is low, the screen goes off as it always does.
 */
export function stayAwake(): () => void {
  let lock: WakeLockSentinel | undefined;
  let isOver = false;
  const ask = async () => {
    if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
    const given = await navigator.wakeLock.request('screen').catch(() => undefined);
    if (isOver) await given?.release();
    else lock = given;
  };
  void ask();
  document.addEventListener('visibilitychange', ask);
  return () => {
    isOver = true;
    document.removeEventListener('visibilitychange', ask);
    void lock?.release();
  };
}
