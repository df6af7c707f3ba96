/** Strings with a check that says itself what it expected. */
import * as z from 'zod';

export function refinedText(trouble: (text: string) => string | undefined, text: z.ZodString = z.string()): z.ZodType<string> {
  return text.superRefine((value, context) => {
    const message = trouble(value);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });
}
