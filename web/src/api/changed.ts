/** What is no longer true after the configuration changed. */
export const CONFIGURATION = [['inventory'], ['servers'], ['policies'], ['grants'], ['tools']] as const;
