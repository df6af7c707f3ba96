import { z } from 'zod';

export const connectInput = z
  .strictObject({
    returnTo: z
      .string()
      .max(1000)
      .regex(/^\/(?![/\\])[!-[\]-~]*$/)
      .optional()
      .meta({ description: 'A path of this gateway, where the browser goes after the sign-in' }),
  })
  .optional();

export const connectShape = z.strictObject({
  authorizationUrl: z
    .string()
    .nullable()
    .meta({ description: 'To be opened in a browser; null when the gateway signed in by itself' }),
  connected: z.boolean(),
});

export const disconnectShape = z.strictObject({
  revoked: z.boolean().meta({ description: 'Whether the authorization server confirmed it' }),
});
