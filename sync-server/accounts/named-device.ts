import * as z from 'zod/mini';

/** How the app describes the device it runs on: its own id, and the name its user gave it. */
export const namedDevice = z.object({
  id: z.string().check(z.regex(/^[a-z0-9]{8,64}$/)),
  label: z.string().check(z.maxLength(100)),
});

export type NamedDevice = z.infer<typeof namedDevice>;
