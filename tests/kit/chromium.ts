/** The browser for suites that need one: `describe.skipIf(noChromium)`. */
export const chromiumPath: string = process.env.PORTCULLIS_TEST_CHROMIUM ?? '';

export const noChromium = chromiumPath === '';
