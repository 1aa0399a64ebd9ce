import { expect, test } from './presence.ts';

/** Every page of coordinators. */
const reserved = [
  ...['/jour', '/alertes', '/planning', '/inscriptions', '/equipe', '/session', '/acces'],
  ...['/personnes/nouvelle', '/personnes/importer', '/personnes/doublons'],
  ...['/themes', '/themes/nouveau', '/themes/vus'],
];

test('a volunteer has none of the coordinator’s pages, and no way to them', async ({ phone }) => {
  const { page, origin, signIn } = await phone();
  await signIn('maia');
  for (const path of reserved) {
    await page.goto(origin + path);
    await expect(page.getByText('Réservé à la coordination'), path).toBeVisible();
    await expect(page.locator(`a[href="${path}"]`), path).toHaveCount(0);
  }
});
