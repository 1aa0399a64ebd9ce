/** Made when the app is built: `.config/sign-font.ts`. */
declare module 'virtual:sign-font' {
  /** A font in the OpenType format. */
  export const bytes: Uint8Array<ArrayBuffer>;
  /** The letter of each icon that it draws. */
  export const letters: Readonly<Record<'check' | 'warning' | 'person-plus' | 'dash' | 'talk', string>>;
}
