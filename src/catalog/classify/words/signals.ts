/** Words of names and first sentences that bring a signal with them. */

/** What is given to these leaves the server. */
export const SENDING =
  'send post publish share email tweet broadcast reply notify forward message dm sms whatsapp mail ' +
  'invite submit upload';
export const BULK_NAMES = 'batch bulk mass multiple multi all many everything every entire';
/** Making one of these starts a meter. */
export const METERED =
  'computer vm instance cluster machine droplet gpu domain video audio music voiceover speech ' +
  'subscription number database';
export const METERED_VERBS =
  'create clone provision launch allocate order generate resize synthesize synthesise reserve book';
