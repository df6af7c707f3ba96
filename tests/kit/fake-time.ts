/** libfaketime for suites that bend a process's clock: `describe.skipIf(noFakeTime)`. */
export const fakeTime: string = process.env.PORTCULLIS_TEST_FAKETIME ?? '';

export const noFakeTime = fakeTime === '';
