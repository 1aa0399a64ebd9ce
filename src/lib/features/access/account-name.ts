/** A sign-in name made from what a person is called: « Noor Al-Sabah » is `noor.al-sabah`. */
export const accountNameFrom = (displayName: string) =>
  displayName
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, '.')
    .replaceAll(/^[^a-z]+|[.-]+$/g, '')
    .slice(0, 60);

/** What the server takes as a sign-in name. */
export const isAccountName = (name: string) => /^[a-z][a-z0-9._-]{0,60}$/.test(name);
